"""Loads of whole sales, played against the service as it runs in production."""
