"""Keeps how many units of a line are whose, which its row in the database does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.core.store.wearers import WornBy
from dukani.domain.pieces import Line, Share
from dukani.graph.state import State


def shares_of(lines: Sequence[Line]) -> dict[str, list[list[Any]]]:
    """Variant id → [wearer id, relation, name, units] of each person; no id: the customer."""
    return {line.variant_id: [_told(one) for one in line.shares] for line in lines if line.shares}


def with_shares(state: State, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with the shares that were kept of them and still count their units."""
    kept = state.get("shares") or {}
    return tuple(_with_kept(line, kept.get(line.variant_id) or []) for line in lines)


def _with_kept(line: Line, kept: Sequence[Sequence[Any]]) -> Line:
    shares = tuple(_share(*one) for one in kept)
    counted = sum(share.units for share in shares)
    if not line.for_several or counted != line.quantity:
        return line
    return line.model_copy(update={"shares": shares})


def _told(share: Share) -> list[Any]:
    person = share.worn_by
    whose = [person.id, person.relation, person.name] if person else [None, None, None]
    return [*whose, share.units]


def _share(id_: Any, relation: Any, name: Any, units: int) -> Share:
    return Share(worn_by=WornBy(id_, relation, name) if id_ else None, units=units)
