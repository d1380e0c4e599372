"""What facts are made of."""

from __future__ import annotations

from dukani.domain.pieces import Frozen, Line, Option, Wish

__all__ = ["Fact", "Line", "Option", "Wish"]


class Fact(Frozen):
    """Something a turn found out or did; its fields are all that a reply may say of it."""

    kind: str
