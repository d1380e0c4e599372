"""`python -m dukani` is the `dukani` command."""

from dukani.start import main

if __name__ == "__main__":
    main()
