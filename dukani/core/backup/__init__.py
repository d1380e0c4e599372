"""The whole installation in a folder, and out of it again."""
