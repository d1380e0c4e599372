"""The shopper's phone in a terminal: words, photos, lists and the M-Pesa prompt."""
