"""Advises a size from what is known of a wearer. Pure; measures are centimetres."""
