"""Understands the customer and finds the words."""
