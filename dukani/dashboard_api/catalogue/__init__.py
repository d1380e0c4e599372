"""The catalogue at Meta that a boutique's pieces are kept in."""
