"""Requests payments by M-Pesa, receives and queries their results, and settles them."""
