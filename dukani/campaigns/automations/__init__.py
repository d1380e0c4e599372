"""Automations: what happens becomes the best message, to whom it may be sent."""
