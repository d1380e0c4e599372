"""Widens a wish that no piece fits, by dropping one field after another (query relaxation)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dukani.agent.facts import Wish
from dukani.core.store.search import Criteria

# The order of dropping, from the field that matters least.
_DROP_ORDER = ("occasion", "pattern", "embroidery", "size", "colour", "budget")


@dataclass(frozen=True, slots=True)
class Widened:
    """A wish without some fields, its criteria, and the names of the fields `dropped`."""

    wish: Wish
    criteria: Criteria
    dropped: tuple[str, ...]


def widenings(wish: Wish, criteria: Criteria) -> Iterator[Widened]:
    """The wish with one field dropped, with two, and so on; none if it has no such field."""
    dropped: list[str] = []
    for name in _DROP_ORDER:
        if not _asked(wish, name):
            continue
        dropped.append(name)
        criteria = _without(criteria, name)
        yield Widened(_unwished(wish, dropped), criteria, _wish_fields(dropped))


def _wish_fields(dropped: Sequence[str]) -> tuple[str, ...]:
    limits = ("budget_min_minor", "budget_max_minor")
    return tuple(f for name in dropped for f in (limits if name == "budget" else (name,)))


def _asked(wish: Wish, name: str) -> bool:
    if name == "budget":
        return wish.budget_min_minor is not None or wish.budget_max_minor is not None
    return getattr(wish, name) is not None


def _without(criteria: Criteria, name: str) -> Criteria:
    match name:
        case "colour":
            return replace(criteria, colours=())
        case "budget":
            return replace(criteria, price_min_minor=None, price_max_minor=None)
        case "size":
            return replace(criteria, size=None)
        case "occasion":
            return replace(criteria, occasions=())
        case "pattern":
            return replace(criteria, pattern=None)
        case _:
            return replace(criteria, embroidery=None)


def _unwished(wish: Wish, dropped: Sequence[str]) -> Wish:
    gone: dict[str, None] = {name: None for name in dropped if name != "budget"}
    return wish.model_copy(update=gone)
