"""Applies resolved edits to the cart and tells the result; shows the cart; starts over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    CartCleared,
    CartEmpty,
    CartShown,
    Fact,
    OfferNearest,
    OrderEdited,
    StartedOver,
)
from dukani.agent.lexicon.tokens import words_of
from dukani.core.store import carts, orders
from dukani.domain.acts import Clear, Edit, StartOver, Substitute, Undo, ViewOrder
from dukani.domain.acts import OrderStatus as AskStatus
from dukani.domain.editing import Applied
from dukani.domain.following import followed
from dukani.domain.moot_wishes import without_moot, without_picked
from dukani.domain.offers import still_wanted, withdrawn_offer
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution
from dukani.domain.steps import Step
from dukani.domain.whose import WHOSE, Whose
from dukani.graph.context import Context
from dukani.graph.happenings import ShowTotal
from dukani.graph.hearing.in_view import lines_in_view
from dukani.graph.looking.size_looked_for import without_left_sizes
from dukani.graph.nodes.order_status import RECENT
from dukani.graph.ordering.applying import applied_to
from dukani.graph.ordering.asking import ask
from dukani.graph.ordering.beside import goes_with
from dukani.graph.ordering.giving_up import (
    facts_of_given_up,
    is_asked_in_vain,
    is_vague_yes_again,
    left_out,
    with_attempts,
)
from dukani.graph.ordering.left_out import left_out_of
from dukani.graph.ordering.missing import (
    wishes_left,
    with_words_said,
    without_effect,
    words_heard,
)
from dukani.graph.ordering.not_found import not_in_order
from dukani.graph.ordering.shares import shares_of, with_shares
from dukani.graph.ordering.sizes import with_converted, with_proposal
from dukani.graph.state import (
    MOST_QUESTIONS,
    State,
    Task,
    as_plain,
    questions_in,
    tasks_of,
    with_facts,
)
from dukani.tools import cart
from dukani.tools.lines import as_lines

_FORGOTTEN: State = {
    "lists": [],
    "search": None,
    "focus": None,
    "questions": [],
    "address": None,
    "note": None,
    "payment_phone": None,
    "last_variant_id": None,
    "last_product_id": None,
    "undo": None,
    "left_out": [],
    "shares": {},
    "checking_out": False,
    "replaces": None,
    "wearer": None,
    "children": {},
    "sizes_worn": [],
    "without_effect": [],
    "wishes_left": [],
}


# Who asks for the cart by its name does not mean what is paid.
_CART_WORDS = frozenset(("cart", "basket", "kikapu", "kapu"))


async def manage_cart(state: State, runtime: Runtime[Context]) -> State:
    context = runtime.context
    resolution = state.get("resolution")
    if resolution is not None:
        return await _edit(state, context, resolution)
    if tasks := tasks_of(state, StartOver):
        await carts.abandon_open(context.conn, customer_id=context.customer.id)
        others = [t for t in state.get("acts", ()) if t is not tasks[0]]
        return {
            **_FORGOTTEN,
            "acts": others,
            "step": "start",
            "facts": with_facts(state, StartedOver()),
        }
    return await _show(state, context)


async def _show(state: State, context: Context) -> State:
    others: list[Task] = [t for t in state.get("acts", ()) if not isinstance(t, ViewOrder)]
    lines = await lines_in_view(state, context)
    if not lines and await _has_bought(context):
        return {"acts": [*others, AskStatus()]}  # "show me my orders", when they are paid
    if not lines:
        return {"acts": others, "facts": with_facts(state, CartEmpty())}
    if state.get("step") in ("awaiting_confirmation", "payment_failed"):
        return {"acts": [*others, ShowTotal()]}  # shown with delivery, for a yes
    shown = CartShown(lines=lines, total_minor=cart.total_minor(lines))
    # Of several lines shown, "make it two" refers to none.
    return {"acts": others, "facts": with_facts(state, shown), "last_variant_id": None}


async def _has_bought(context: Context) -> bool:
    """Whether there are orders still on their way, which she may mean: no cart is spoken of."""
    if _CART_WORDS & {word for message in context.heard for word in words_of(message.body)}:
        return False
    customer = context.customer.id
    return bool(await orders.on_their_way(context.conn, customer_id=customer, within=RECENT))


async def _edit(state: State, context: Context, resolution: Resolution) -> State:
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    lines = with_shares(state, as_lines(items))
    applied, variants = await applied_to(state, context, lines, resolution.pinned)
    converted = await with_converted(context, applied, variants)
    if applied.changed:
        await _write(context, applied, cleared=_only_clears(resolution.pinned))
    heard = " ".join(words_heard(context))
    questions, given_up = _questions(state, resolution, applied, heard=heard)
    questions, why = await with_proposal(context, questions)
    asked, asking = await _ask_last({**state}, context, questions, applied, resolution)
    left = [fact for q in given_up for fact in facts_of_given_up(q, applied.lines)]
    facts = [*_edit_facts(resolution, applied), *left, *_offers(applied, questions), *converted]
    facts += [*why, *asking] if asking else []
    busy = bool(questions or asking or left or state.get("acts")) or not applied.changed
    beside = await goes_with(state, context, applied, busy=busy)
    facts += beside
    return {
        **without_left_sizes(state, applied.changes),
        **asked,
        "cross_sold": state.get("cross_sold", False) or bool(beside),
        "resolution": None,
        "acts": [*state.get("acts", ()), *_total_due(state, applied, questions)],
        "facts": with_facts(state, *facts),
        "questions": as_plain(questions),
        "focus": None,
        "last_variant_id": applied.last_variant_id,
        "last_product_id": _product_spoken_of(state, applied, questions),
        **_undo(state, lines, applied, resolution),
        "left_out": left_out_of(
            state,
            lines,
            applied.lines,
            swapped=any(isinstance(edit, Substitute) for edit in resolution.pinned),
        ),
        "shares": shares_of(applied.lines),
        "without_effect": without_effect(state, context, resolution, applied, given_up),
        "wishes_left": wishes_left(state, given_up),
        "step": _step(state, applied, questions),
        "checking_out": state.get("checking_out", False) and bool(applied.lines or questions),
    }


async def _write(context: Context, applied: Applied, *, cleared: bool) -> None:
    if cleared and not applied.lines:
        await carts.abandon_open(context.conn, customer_id=context.customer.id)
        return
    await cart.replace(
        context.conn,
        boutique_id=context.boutique.id,
        customer_id=context.customer.id,
        lines=applied.lines,
    )


def _only_clears(edits: Sequence[Edit]) -> bool:
    return all(isinstance(edit, Clear) for edit in edits)


def _questions(
    state: State, resolution: Resolution, applied: Applied, *, heard: str
) -> tuple[list[Question], list[Question]]:
    """(open questions, the one to ask now last; questions given up).

    Of several new questions the one about the first wish is asked first.
    """
    cleared = any(isinstance(edit, Clear) for edit in resolution.pinned)
    kept = [] if cleared else still_wanted(resolution.open)
    kept = without_moot(kept, applied.changes, applied.lines)
    kept = without_picked(kept, applied.changes)
    before = questions_in(state)
    new = with_words_said([*resolution.asked, *applied.questions], before, heard=heard)
    asked = with_attempts(new, before)
    paying = state.get("checking_out", False)
    vain = [q for q in asked if is_asked_in_vain(q) or (paying and is_vague_yes_again(q))]
    fresh = [question for question in asked if question not in vain]
    in_order = followed([*kept, *reversed(fresh)], applied.changes, applied.lines)
    # Only the question asked now may be an offer, since a yes answers that question only.
    everything = [*map(withdrawn_offer, in_order[:-1]), *in_order[-1:]]
    given_up = [*vain, *everything[:-MOST_QUESTIONS]]
    return everything[-MOST_QUESTIONS:], given_up


async def _ask_last(
    state: State,
    context: Context,
    questions: Sequence[Question],
    applied: Applied,
    resolution: Resolution,
) -> tuple[State, list[Fact]]:
    """Asks the last question, unless the customer passed over it and edited something else."""
    if not questions:
        return {}, []
    again = questions[-1] in still_wanted(resolution.open)
    passed_over = again and questions[-1:] == questions_in(state)[-1:]
    if passed_over and applied.changed and not state.get("checking_out"):
        return {}, []  # named again at checkout
    return await ask(state, context, questions[-1], applied.lines, again=again)


def _edit_facts(resolution: Resolution, applied: Applied) -> list[Fact]:
    """Facts about the edits done and refused, and the cart; none if there was only a question."""
    unknown = [not_in_order(one) for one in resolution.unknown if one.of_order]
    changes = (*applied.changes, *unknown)
    dropped: list[Fact] = [left_out(q) for q in resolution.dropped]
    if not changes:
        return dropped
    if _only_clears(resolution.pinned) and resolution.pinned:
        return [*dropped, CartCleared() if applied.changed else CartEmpty()]
    edited = OrderEdited(
        changes=changes,
        lines=applied.lines,
        total_minor=cart.total_minor(applied.lines),
        pieces=cart.pieces(applied.lines),
    )
    return [*dropped, edited]


def _offers(applied: Applied, questions: Sequence[Question]) -> list[Fact]:
    """Facts about the offers that are told and not asked: only one of several is asked."""
    asked = questions[-1].offer if questions else None
    told = [offer for offer in applied.offers if offer != asked]
    return [OfferNearest(**offer.model_dump(), asked=False) for offer in told]


def _total_due(state: State, applied: Applied, questions: Sequence[Question]) -> list[Task]:
    """A ShowTotal task if the customer is paying and no question of the order is open."""
    waiting = [q for q in questions if q.field != "category"]
    paying = state.get("checking_out", False) and bool(applied.lines) and not waiting
    return [ShowTotal()] if paying else []


def _product_spoken_of(state: State, applied: Applied, questions: Sequence[Question]) -> str | None:
    if questions and questions[-1].product_id:
        return questions[-1].product_id
    line = next((x for x in applied.lines if x.variant_id == applied.last_variant_id), None)
    return line.product_id if line else state.get("last_product_id")


def _undo(state: State, lines: Sequence[Line], applied: Applied, resolution: Resolution) -> State:
    """The lines before this turn's edits, and whose they were; an undo cannot be undone."""
    if any(isinstance(edit, Undo) for edit in resolution.pinned):
        return {"undo": None, "undo_whose": {}}
    if not applied.changed:
        return {}
    return {
        "undo": [[line.variant_id, line.quantity] for line in lines],
        "undo_whose": {line.variant_id: _plain(Whose.of(line)) for line in lines},
    }


def _plain(whose: Whose) -> Any:
    return WHOSE.dump_python(whose, mode="json")


def _step(state: State, applied: Applied, questions: Sequence[Question]) -> Step:
    if questions and questions[-1].field != "which_line":
        return "size_recommended" if questions[-1].field != "which" else "products_found"
    if applied.lines:
        return "cart_updated"
    return "start" if applied.changed else state.get("step", "start")
