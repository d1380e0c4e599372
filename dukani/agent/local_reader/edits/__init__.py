"""Edits of the order: what is added, changed, swapped, told apart and taken out."""
