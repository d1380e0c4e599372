"""What a customer wants to see: her words, on top of what she said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.agent.lexicon import translate_query
from dukani.core.money import to_minor
from dukani.domain.acts import Search
from dukani.domain.pieces import Wish
from dukani.graph.context import Context
from dukani.graph.state import LastSearch

_SAID_AS_IS = (
    "name", "category", "colour", "exclude_colour", "size", "occasion", "pattern", "embroidery",
)  # fmt: skip

# Cuts, not patterns: no piece is listed as having one, but names and descriptions tell it.
_CUTS = ("wrap", "pleated")


def wish_of(
    act: Search,
    *,
    last: LastSearch | None,
    goes_on: bool,
    shown_prices: Sequence[int],
    context: Context,
) -> Wish:
    """The wish in `act`; what it leaves open is taken from the last search when it goes on.

    A budget belongs to the wish it was said with: it is not carried to another kind of piece.
    """
    said: dict[str, Any] = {
        name: getattr(act, name) for name in _SAID_AS_IS if getattr(act, name) is not None
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
        # Alone they are as she wrote them; beside slots they are search words already.
        said["words"] = text if said else " ".join(translate_query(text)) or text
    before = dict(last["wish"]) if last and goes_on else {}
    if act.cheaper and shown_prices:
        said["budget_max_minor"] = min(shown_prices) - 1
    if "colour" in said:
        before.pop("exclude_colour", None)
    if before.get("colour") == said.get("exclude_colour"):
        before.pop("colour", None)
    return Wish(**(before | {k: v for k, v in said.items() if v is not None}))


def says_nothing(wish: Wish) -> bool:
    return wish == Wish()
