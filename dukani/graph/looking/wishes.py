"""Builds a search wish from a Search act, carrying over slots of the last search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.agent.lexicon import translate_query
from dukani.core.money import minor_per_unit, to_minor
from dukani.domain.acts import Search
from dukani.domain.pieces import Wish
from dukani.graph.context import Context
from dukani.graph.state import LastSearch

_COPIED_SLOTS = (
    "name", "category", "colour", "exclude_colour", "size", "occasion", "pattern", "embroidery",
)  # fmt: skip

# Cuts that minds report as patterns: pieces list no cut, but names and descriptions mention it.
_CUTS = ("wrap", "pleated")


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
    said: dict[str, Any] = {
        name: getattr(act, name) for name in _COPIED_SLOTS if getattr(act, name) is not None
    }
    for name in ("budget_min", "budget_max"):
        amount = getattr(act, name)
        if amount is not None:
            said[f"{name}_minor"] = to_minor(amount, context.boutique.currency)
    text = act.text
    if said.get("pattern") in _CUTS:
        text = text or said["pattern"]
        del said["pattern"]
    if text:
        # Without other slots the text is the customer's own; beside slots it is search words.
        said["words"] = text if said else " ".join(translate_query(text)) or text
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
