"""M-Pesa statements: read, kept once, and held against what the shop knows."""
