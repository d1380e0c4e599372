"""Measures the assistant on files of utterances, dialogues and photos."""
