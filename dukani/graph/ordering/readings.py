"""Asks which of several edits was meant, where the reader is in doubt between them.

"Linen dress nimeacha bado ni mbili": is it to go, or to be two? Each reading is told by what would
come of it; nothing is changed until one of them is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import AskReading
from dukani.domain.acts import Edit, Edits, Unclear
from dukani.domain.offers import still_wanted
from dukani.domain.pieces import Line
from dukani.domain.questions import Question, Reading
from dukani.domain.resolution import resolve
from dukani.domain.telling import Applied
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.hearing.in_view import lines_in_view
from dukani.graph.ordering.applying import applied_to
from dukani.graph.ordering.missing import with_words, words_heard
from dukani.graph.ordering.placed import open_order, prompt_is_out
from dukani.graph.ordering.resolving import for_the_wearer, view_for_edits
from dukani.graph.state import State, as_plain, questions_in, with_facts

_FEWEST = 2


async def ask_reading(state: State, context: Context, unclear: Unclear) -> State | None:
    """Asks which reading was meant; None where fewer than two of them can be done as they are."""
    if len(unclear.readings) < _FEWEST:
        return None
    order = await open_order(state, context)
    if order is not None and await prompt_is_out(context, order):
        return None  # edits wait until it is answered
    lines = await lines_in_view(state, context)
    open_ones = still_wanted(questions_in(state))
    readings = await _readings(state, context, unclear.readings, lines, open_ones)
    if len(readings) < _FEWEST:
        return None
    asked = Question(field="reading", readings=tuple(readings))
    told: State = {
        "facts": with_facts(state, AskReading(readings=tuple(r.changes for r in readings))),
        "questions": as_plain([*open_ones, asked]),
        "without_effect": with_words(state.get("without_effect") or (), words_heard(context)),
        "quote": None,
        "heard": False,  # with the question no total is shown: a yes has one meaning
    }
    if state.get("step") == "awaiting_confirmation" and order is None:
        told |= {"step": "cart_updated", "checking_out": True}
    return told


async def _readings(
    state: State,
    context: Context,
    said: Sequence[Edits],
    lines: Sequence[Line],
    open_ones: Sequence[Question],
) -> list[Reading]:
    """The readings that change the order, each in another way, without a further question."""
    view = await view_for_edits(state, context, lines)
    before = _amounts(lines)
    found: dict[frozenset[tuple[str, int]], Reading] = {}
    for edits in said:
        pinned = _pinned(for_the_wearer(state, edits, view), view, open_ones)
        # Chosen later, the pinned edits are resolved once more: what is told is what they do then.
        pinned = _pinned(pinned, view, open_ones)
        applied, _ = await applied_to(state, context, lines, pinned)
        after = _amounts(applied.lines)
        if pinned and _is_settled(applied) and after != before and after not in found:
            found[after] = Reading(edits=pinned, changes=tuple(applied.changes))
    return list(found.values())


def _pinned(edits: Sequence[Edit], view: View, open_ones: Sequence[Question]) -> Edits:
    """The edits with the lines and pieces they mean; none where something is to be asked."""
    resolution = resolve(edits, view, open_ones)
    asks = resolution.asked or resolution.unknown or resolution.dropped
    return () if asks else tuple(resolution.pinned)


def _is_settled(applied: Applied) -> bool:
    refused = any(change.what == "refused" for change in applied.changes)
    return not (refused or applied.questions or applied.offers)


def _amounts(lines: Sequence[Line]) -> frozenset[tuple[str, int]]:
    return frozenset((line.variant_id, line.quantity) for line in lines)
