"""From what was written to typed acts, and what is in view when they are resolved."""
