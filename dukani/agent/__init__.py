"""Understands messages and photos (NLU and vision) and words the replies; knows no database."""
