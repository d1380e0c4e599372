"""A boutique's pieces in its catalogue at Meta: sent, asked about, read back and compared."""
