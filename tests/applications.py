"""Applications that tests have one after another.

FastAPI works a route out when an application is first asked for it, which takes longer than most
tests do. What an application works with is put into its state for each test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi import FastAPI


class Applications:
    """Lends applications of one kind; one is built when none is free."""

    def __init__(self, build: Callable[..., FastAPI]) -> None:
        self._build = build
        self._free: dict[str, list[FastAPI]] = {}

    @contextmanager
    def lend(self, *settings: object) -> Iterator[FastAPI]:
        """One that was built with these settings, and that nobody else has meanwhile."""
        free = self._free.setdefault(repr(settings), [])
        app = free.pop() if free else self._build(*settings)
        try:
            yield app
        finally:
            free.append(app)
