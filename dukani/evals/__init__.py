"""Evaluates the assistant on files of utterances, dialogues and photos, and on simulated users."""
