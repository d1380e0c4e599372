"""Tells the kind of the piece an act is about where the act itself names only the piece.

A file that asks for the category of "futa blanketi" is answered as well by the line it was resolved
to, or by the one kind of all pieces of that name. What the file expects is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from dukani.domain import acts as a
from dukani.domain.naming import spells
from dukani.domain.pieces import Line


class Piece(Protocol):
    """What a shop sells, or a line of an order."""

    @property
    def name(self) -> str: ...

    @property
    def category(self) -> str | None: ...


def kind_resolved(
    act: a.Act, cart: Sequence[Line] = (), pieces: Sequence[Piece] = ()
) -> str | None:
    """The category of the line or the piece the act is about; None where that is open."""
    if isinstance(act, a.Search):
        return _kind_of(act.name, pieces)
    told = act.piece if isinstance(act, a.Substitute) else getattr(act, "target", None)
    if not isinstance(told, a.Target):
        return None
    if told.line is not None:
        return _only(line.category for line in cart if line.number == told.line)
    if told.scope == "all" and told.but is not None and told.but.name is None:
        return _only(line.category for line in cart if line.category != told.but.category)
    return _kind_of(told.name, cart) or _kind_of(told.name, pieces)


def _kind_of(name: str | None, pieces: Sequence[Piece]) -> str | None:
    if name is None:
        return None
    return _only(piece.category for piece in pieces if spells(name, piece.name))


def _only(kinds: Iterable[str | None]) -> str | None:
    """The kind, where it is one."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else None
