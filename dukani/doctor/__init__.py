"""Looks at every setting and connection and says what is missing and how to fix it."""
