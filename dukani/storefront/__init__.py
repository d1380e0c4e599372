"""Pages that customers open: light, without a login, and for one boutique each."""
