"""Handles payment of placed orders: prompts, results, claims of payment, stock reservations."""
