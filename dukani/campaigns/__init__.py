"""Campaigns: the right piece to the right customer at the right hour."""
