"""Receipts as PDF: what they say (`making.py`), and how they look on A4 and on a till's roll."""
