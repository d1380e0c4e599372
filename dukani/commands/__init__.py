"""The commands' implementation; `dukani/cli.py` parses arguments and imports these modules."""
