"""Lets the outside world in, once."""
