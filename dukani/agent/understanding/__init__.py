"""Rules that turn a message and its context into acts."""
