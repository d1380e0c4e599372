"""What the commands do; `dukani/cli.py` says how they are called and loads them when they are."""
