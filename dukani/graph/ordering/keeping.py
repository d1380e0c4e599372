"""Keeps edits made while a payment prompt is open, and applies them if the payment fails.

The order may not change before the payment result is known. Edits are resolved at once, against
the order as the customer sees it; an ambiguous edit is asked about when the edits are applied.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import EditsKept, Fact, OrderEdited
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.domain.acts import EDIT, Clear, Edit, SetAddress, Undo
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution, resolve
from dukani.graph.context import Context
from dukani.graph.happenings import ShowTotal
from dukani.graph.hearing.in_view import view_of
from dukani.graph.ordering.not_found import as_search, not_in_order
from dukani.graph.state import State, as_plain, parse_all, questions_in, with_facts
from dukani.tools import cart
from dukani.tools.lines import as_lines

NOTHING_KEPT: State = {"kept": [], "kept_questions": [], "kept_words": [], "kept_address": None}


async def keep_edits(state: State, context: Context, order: Order, edits: Sequence[Edit]) -> State:
    """Resolves the edits against the order and stores them; tells now which were not found."""
    lines = as_lines(await orders.items(context.conn, order_id=order.id))
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    others, waiting = questions_in(state), kept_questions(state)
    found = resolve(edits, view_of(state, lines, sold), [*waiting, *others])
    asked = [*(q for q in found.open if q not in others), *found.asked]
    update: State = {
        "acts": [*(as_search(one) for one in found.unknown if not one.of_order),
                 *state.get("acts", ())],
        "facts": with_facts(state, *_facts_of_kept(found, order, lines, asked != waiting)),
        "kept": [*(state.get("kept") or []), *as_plain(found.pinned)],
        "kept_questions": as_plain(asked),
        "questions": as_plain([q for q in found.open if q in others]),
        "last_variant_id": _variant_changed(found.pinned) or state.get("last_variant_id"),
    }  # fmt: skip
    return {**update, "kept_words": [*(state.get("kept_words") or []), *_customer_texts(context)]}


def keep_address(state: State, order: Order, act: SetAddress) -> State:
    """Stores an address whose delivery fee differs from the one in the prompt's sum."""
    where = {"text": act.text, "latitude": act.latitude, "longitude": act.longitude}
    fact = EditsKept(order_number=order.number, total_minor=order.total_minor)
    return {"kept_address": where, "facts": with_facts(state, fact)}


def _facts_of_kept(
    found: Resolution, order: Order, lines: tuple[Line, ...], newly_asked: bool
) -> list[Fact]:
    facts: list[Fact] = []
    missing = [not_in_order(one) for one in found.unknown if one.of_order]
    if missing:
        told = OrderEdited(
            changes=tuple(missing),
            lines=lines,
            total_minor=cart.total_minor(lines),
            pieces=cart.pieces(lines),
            listed=True,  # the prompt's sum is said instead
        )
        facts.append(told)
    if found.pinned or newly_asked:
        facts.append(EditsKept(order_number=order.number, total_minor=order.total_minor))
    return facts


def _variant_changed(pinned: Sequence[Edit]) -> str | None:
    """The variant of the line changed, if exactly one: a later "it" refers to that line."""
    if len(pinned) != 1 or isinstance(pinned[0], Clear | Undo):
        return None
    return pinned[0].target.variant_id


def _customer_texts(context: Context) -> list[str]:
    return [message.body for message in context.heard if message.body]


# ── after the payment result ────────────────────────────────────────────────


def kept_edits(state: State) -> list[Edit]:
    return parse_all(EDIT.validate_python, state.get("kept") or [], what="kept edit")


def kept_questions(state: State) -> list[Question]:
    kept = state.get("kept_questions") or []
    return parse_all(Question.model_validate, kept, what="kept question")


def changes_are_kept(state: State) -> bool:
    return bool(kept_edits(state) or kept_questions(state))


def changes_wait(state: State) -> bool:
    """Whether the open prompt is for the order as it was before changes said since."""
    return changes_are_kept(state) or state.get("kept_address") is not None


def apply_kept(state: State) -> State:
    """The state changes that apply all kept edits, after the payment failed."""
    edits = kept_edits(state)
    # An earlier version kept edits unresolved.
    unresolved = [edit for edit in edits if not _is_pinned(edit)]
    pinned = [edit for edit in edits if _is_pinned(edit)]
    update: State = {**NOTHING_KEPT, "acts": [*state.get("acts", ()), *unresolved]}
    if pinned or kept_questions(state):
        update["resolution"] = Resolution(pinned=pinned, open=kept_questions(state))
    elif not unresolved:
        update["acts"] = [*update["acts"], ShowTotal()]
    if where := state.get("kept_address"):
        update["address"] = where
    return update


def _is_pinned(edit: Edit) -> bool:
    if isinstance(edit, Clear | Undo):
        return True
    return bool(edit.target.variant_id or edit.target.product_id)
