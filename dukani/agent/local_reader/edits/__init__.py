"""Rules that read edits of the order: adding, changing, swapping, splitting, removing."""
