"""Automations of a boutique: rules, what they would do and did, and the owner's controls."""
