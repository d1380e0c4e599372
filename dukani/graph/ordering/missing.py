"""Asks before the total whether something is missing, where words of hers changed nothing.

Who changes what is not in the order believes that it is: "make the pink ones two", with no pink
piece in it. She is told so at once, and asked once more before a total is shown for her yes.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import AskMissing
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution
from dukani.domain.telling import Applied
from dukani.graph.context import Context
from dukani.graph.state import MOST_WITHOUT_EFFECT, State, as_plain, questions_in, with_facts
from dukani.tools import cart


def without_effect(
    state: State,
    context: Context,
    resolution: Resolution,
    applied: Applied,
) -> list[str]:
    """The customer's words that meant the order and changed nothing; none once it is changed."""
    vain = any(one.of_order for one in resolution.unknown)
    before = [] if applied.changed else state.get("without_effect") or []
    said = [" ".join(message.body.split()) for message in context.heard if message.body.strip()]
    return [*before, *said][-MOST_WITHOUT_EFFECT:] if vain else before


def ask_missing(state: State, lines: Sequence[Line]) -> State | None:
    """Asks once whether something is missing, before a total is shown; None: no reason to."""
    words = state.get("without_effect") or []
    if not words or not lines:
        return None
    fact = AskMissing(lines=tuple(lines), words=tuple(words), total_minor=cart.total_minor(lines))
    others = [q for q in questions_in(state) if q.field != "missing"]
    return {
        "facts": with_facts(state, fact),
        "questions": as_plain([*others, Question(field="missing")]),
        "without_effect": [],
        "quote": None,
        "step": "cart_updated",
        "checking_out": True,
    }
