"""Normalises a mind's dialogue acts for the nodes. Pure.

Decides what a yes or a no answers, and what "pay" and "send it" mean at the current step.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import (
    EDITS,
    Act,
    Add,
    Cancel,
    Checkout,
    Clear,
    Confirm,
    Decline,
    Greeting,
    PayAgain,
    Remark,
    Set,
    SetAddress,
    SetNote,
    SetPayer,
    Thanks,
    Unclear,
    Values,
)
from dukani.domain.questions import Question
from dukani.domain.steps import PAYING
from dukani.graph.hearing.readings_asked import answer_to_readings
from dukani.graph.state import State, focus_in, newest_list, questions_in

_BESIDE_A_YES = (
    Confirm,
    PayAgain,
    SetPayer,
    Thanks,
    Greeting,
    Remark,
)  # acts that do not weaken a yes beside them

_CORRECTED = (*EDITS, SetAddress, SetNote, SetPayer)


def normalise(acts: Sequence[Act], state: State, *, empty_cart: bool = False) -> list[Act]:
    """The acts the nodes work on, in the order they were said."""
    told = answer_to_readings(_once(acts), asked_now(state))
    meant = [ready for act in told for ready in _as_meant(act, told, state, empty_cart)]
    meant = _without_qualified_yes(meant)
    real: list[Act] = [act for act in meant if not isinstance(act, Unclear | Remark)]
    return real or meant[:1]


def _once(acts: Sequence[Act]) -> list[Act]:
    """The acts without duplicates; minds sometimes repeat an act many times.

    Acts that can correct each other are only dropped next to an equal one, so that in "two, no
    three, no two" the last two counts.
    """
    told: list[Act] = []
    for act in acts:
        plain = act.model_copy(update={"evidence": None})
        before = told[-1:] if isinstance(act, _CORRECTED) else told
        another = isinstance(act, Add) and act.another
        if plain not in before or another:
            told.append(plain)
    return told


def _as_meant(act: Act, acts: Sequence[Act], state: State, empty_cart: bool) -> list[Act]:
    if (chosen := _payer_chosen(act, state)) is not None:
        return chosen
    match act:
        case Confirm():
            return _yes(act, state)
        case Decline():
            return _no(act, acts, state)
        case Checkout():
            return _pays(act, state, empty_cart=empty_cart)
        case PayAgain() if state.get("step") == "awaiting_confirmation":
            return [Confirm()]
        case PayAgain() if not state.get("order_id"):
            return [Checkout()]
    return [act]


def _payer_chosen(act: Act, state: State) -> list[Act] | None:
    """The acts of an answer to a contact card's numbers: a yes to one, or a choice of several.

    The yes also confirms the total, which was shown with that number.
    """
    asked = asked_now(state)
    if asked is None or asked.field != "payer":
        return None
    if isinstance(act, Confirm | PayAgain | Checkout) and len(asked.choices) == 1:
        return [SetPayer(phone=asked.choices[0]), Confirm()]
    number = _number_said(act)
    if number is None or not 1 <= number <= len(asked.choices) or len(asked.choices) == 1:
        return None
    return [SetPayer(phone=asked.choices[number - 1])]


def _number_said(act: Act) -> int | None:
    """The number in "the second" or "2", which minds take for an option, a line or a quantity."""
    if not isinstance(act, Add | Set) or act.target.describes:
        return None
    return act.target.option or act.target.line or act.values.quantity


def asked_now(state: State) -> Question | None:
    open_ones = questions_in(state)
    return open_ones[-1] if open_ones else None


def _yes(act: Confirm, state: State) -> list[Act]:
    """The acts a yes stands for: the open question's, else the step's."""
    asked, step = asked_now(state), state.get("step")
    if asked is not None and asked.field == "take_it" and asked.completes is not None:
        return [asked.completes]
    if asked is not None and asked.field == "size" and asked.proposed is not None:
        return [Set(values=Values(size=asked.proposed))]
    if asked is not None and asked.field == "missing":
        return [act]
    offered = state.get("offered_address")
    if asked is not None and asked.field == "last_address" and offered:
        return [SetAddress(text=offered)]
    if step == "payment_failed" or (step in PAYING and state.get("agreed") is not None):
        return [PayAgain()]
    if step == "awaiting_confirmation":
        return [act]
    if step == "products_found" and newest_list(state):
        return [Add()]  # if several were shown, "which?" is asked next
    if step == "size_recommended" and focus_in(state) and asked is None:
        return [Add()]
    return [Checkout()] if step == "cart_updated" else [act]


def _no(act: Decline, acts: Sequence[Act], state: State) -> list[Act]:
    """The no itself; nothing beside an edit, which says what is wanted instead."""
    beside = any(isinstance(other, EDITS) for other in acts)
    return [] if beside else [act]


def _pays(act: Checkout, state: State, *, empty_cart: bool) -> list[Act]:
    """The acts "pay" stands for: a yes to a total shown, or a retry of a failed payment.

    With an empty cart, "do you like it?" – "checkout" also takes the piece offered.
    """
    step, asked = state.get("step"), asked_now(state)
    if step == "awaiting_confirmation":
        return [Confirm()]
    if step in PAYING:
        return [PayAgain()] if state.get("order_id") else [act]
    offered = asked is not None and asked.field == "take_it"
    if empty_cart and offered and asked and isinstance(asked.completes, Add):
        return [asked.completes, act]
    return [act]


def _without_qualified_yes(acts: list[Act]) -> list[Act]:
    """The acts without a yes that others qualify: "yes but two" does not confirm the total."""
    if any(isinstance(act, PayAgain | Confirm | Checkout) for act in acts):
        # "I cancelled that one, send it again" wants to pay, so the cancel is dropped.
        acts = [act for act in acts if not isinstance(act, Cancel)]
    others = [act for act in acts if not isinstance(act, _BESIDE_A_YES)]
    if not others:
        return acts
    edited = any(
        isinstance(act, (*EDITS, SetAddress, Unclear)) and not isinstance(act, Clear)
        for act in acts
    )
    dropped = (Confirm, PayAgain) if edited else (Confirm,)
    return [act for act in acts if not isinstance(act, dropped)]
