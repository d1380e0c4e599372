"""Understands what a customer wrote: dialogue acts, and the context that resolves references."""
