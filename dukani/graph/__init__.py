"""Decides what happens next in a conversation."""
