"""Answers product searches and questions about prices, stock and the shop."""
