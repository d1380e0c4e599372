"""Parses a text into tokens, slot values and cues."""
