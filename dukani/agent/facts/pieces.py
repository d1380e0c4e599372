"""Defines the base class of facts, and re-exports the pieces they contain."""

from __future__ import annotations

from dukani.domain.pieces import Frozen, Line, Option, Wish

__all__ = ["Fact", "Line", "Option", "Wish"]


class Fact(Frozen):
    """Something a turn found out or did; a reply may say no more than the fact's fields."""

    kind: str
