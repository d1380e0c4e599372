"""What a customer wants to see: her words, on top of what she said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.agent.facts import Wish
from dukani.agent.lexicon import translate_query
from dukani.core.money import to_minor
from dukani.graph.context import Context
from dukani.graph.state import LastSearch, QueuedAct

_SAID_AS_IS = (
    "category", "colour", "exclude_colour", "size", "occasion", "pattern", "embroidery",
)  # fmt: skip

# Cuts, not patterns: no piece is listed as having one, but names and descriptions tell it.
_CUTS = ("wrap", "pleated")


def wish_of(
    act: QueuedAct,
    *,
    last: LastSearch | None,
    goes_on: bool,
    shown_prices: Sequence[int],
    context: Context,
) -> Wish:
    """The wish in `act`; what it leaves open is taken from the last search when it goes on."""
    said: dict[str, Any] = {name: act[name] for name in _SAID_AS_IS if act.get(name) is not None}
    for name in ("budget_min", "budget_max"):
        if act.get(name) is not None:
            said[f"{name}_minor"] = to_minor(act[name], context.boutique.currency)
    if said.get("pattern") in _CUTS:
        act = {**act, "text": act.get("text") or said["pattern"]}
        del said["pattern"]
    if act.get("name") is not None:
        said["name"] = act["name"]
    words = act.get("text")
    if words:
        # Alone they are as she wrote them; beside slots they are search words already.
        said["words"] = words if said else " ".join(translate_query(words)) or words
    before = dict(last["wish"]) if last and goes_on else {}
    if act.get("manner") == "cheaper" and shown_prices:
        said["budget_max_minor"] = min(shown_prices) - 1
    if "colour" in said:
        before.pop("exclude_colour", None)
    if before.get("colour") == said.get("exclude_colour"):
        before.pop("colour", None)
    return Wish(**(before | {k: v for k, v in said.items() if v is not None}))


def says_nothing(wish: Wish) -> bool:
    return wish == Wish()
