"""Holds the operations of assistant and campaigns: search, cart, orders, payments, messaging."""
