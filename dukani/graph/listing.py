"""Options of several kinds in one turn: numbered on, so that no number means two pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dukani.graph.state import State
from dukani.tools.search import Found

OF_EACH_KIND = 3


def shown_this_turn(state: State) -> list[dict[str, Any]]:
    """The options listed earlier in this turn."""
    listed = any(fact["kind"] == "options_shown" for fact in state.get("facts", []))
    return list(state.get("options", [])) if listed else []


def of_one_kind(state: State, found: Found) -> Found:
    """What is found as it is, or as one list of several, numbered behind the last one."""
    shown = shown_this_turn(state)
    searches = sum(act["kind"] == "search" for act in state.get("acts", []))
    if searches < 2 and not shown:
        return found
    kept = found.options[:OF_EACH_KIND]
    numbered = tuple(
        option.model_copy(update={"number": number})
        for number, option in enumerate(kept, start=len(shown) + 1)
    )
    return replace(found, options=numbered, more=found.more or len(kept) < len(found.options))
