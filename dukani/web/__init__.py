"""Shared by every package with an HTTP API of ours."""
