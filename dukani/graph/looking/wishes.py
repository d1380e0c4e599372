"""Builds a search wish from a Search act, carrying over slots of the last search."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.money import minor_per_unit
from dukani.domain.acts import Search
from dukani.domain.pieces import Wish
from dukani.graph.context import Context
from dukani.graph.state import LastSearch
from dukani.tools.wishes import said_in


def wish_of(
    act: Search,
    *,
    last: LastSearch | None,
    goes_on: bool,
    shown_prices: Sequence[int],
    context: Context,
) -> Wish:
    """The wish in `act`; with `goes_on`, slots left open are taken from the last search.

    A search for another kind of piece does not go on, so budgets are not carried over to it.
    """
    said = said_in(act, currency=context.boutique.currency)
    before = dict(last["wish"]) if last and goes_on else {}
    if act.cheaper and shown_prices:
        one_less = min(shown_prices) - minor_per_unit(context.boutique.currency)
        said["budget_max_minor"] = one_less
    if "colour" in said:
        before.pop("exclude_colour", None)
    if before.get("colour") == said.get("exclude_colour"):
        before.pop("colour", None)
    return Wish(**(before | {k: v for k, v in said.items() if v is not None}))


def says_nothing(wish: Wish) -> bool:
    return wish == Wish()
