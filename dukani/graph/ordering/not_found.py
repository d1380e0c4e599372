"""Turns an edit whose target was not found into a search, or into a refusal."""

from __future__ import annotations

from dukani.domain.acts import Add, Clear, Search, Substitute, Target, Undo, Values
from dukani.domain.changes import Change
from dukani.domain.resolution import NotFound


def as_search(unknown: NotFound) -> Search:
    """A search for the piece an edit wants to add, by the edit's words."""
    edit = unknown.edit
    target, values = Target(), Values()
    if isinstance(edit, Substitute):
        target, values = edit.piece, edit.values
    elif not isinstance(edit, Clear) and hasattr(edit, "target"):
        target = edit.target
        values = edit.values if isinstance(edit, Add) else getattr(edit, "values", Values())
    return Search(
        evidence=edit.evidence,
        name=target.name,
        category=target.category,
        colour=values.colour or target.colour,
        size=values.size or target.size,
        quantity=values.quantity,
        age=values.age,
        pattern=target.pattern,
    )


def not_in_order(unknown: NotFound) -> Change:
    """A refusal: no line of the order fits the customer's words."""
    target = unknown.edit.target if not isinstance(unknown.edit, Clear | Undo) else None
    told = [target.colour, target.name or target.category, target.size] if target else []
    name = " ".join(word for word in told if word)
    return Change(what="refused", reason="not_in_order", name=name)
