"""Reads what a Search act asks for as slots of a wish."""

from __future__ import annotations

from typing import Any

from dukani.agent.lexicon import translate_query
from dukani.core.money import to_minor
from dukani.domain.acts import Search

_COPIED_SLOTS = (
    "name", "category", "colour", "exclude_colour", "size", "occasion", "pattern", "embroidery",
)  # fmt: skip

# Cuts that minds report as patterns: pieces list no cut, but names and descriptions mention it.
_CUTS = ("wrap", "pleated")


def said_in(act: Search, *, currency: str) -> dict[str, Any]:
    """The fields of a `Wish` that the act names; budgets in minor units of `currency`."""
    said: dict[str, Any] = {
        name: getattr(act, name) for name in _COPIED_SLOTS if getattr(act, name) is not None
    }
    for name in ("budget_min", "budget_max"):
        amount = getattr(act, name)
        if amount is not None:
            said[f"{name}_minor"] = to_minor(amount, currency)
    text = act.text
    if said.get("pattern") in _CUTS:
        text = text or said["pattern"]
        del said["pattern"]
    if text:
        # Without other slots the text is the customer's own; beside slots it is search words.
        said["words"] = text if said else " ".join(translate_query(text)) or text
    return said
