"""A mind's acts made ready for the nodes, once, whichever mind it was. Pure.

What a yes or a no answers is decided here; so is what the step makes of "pay" and "send it".
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
)
from dukani.domain.questions import Question
from dukani.domain.steps import PAYING
from dukani.graph.state import State, focus_in, newest_list, questions_in

_BESIDE_A_YES = (
    Confirm,
    PayAgain,
    SetPayer,
    Thanks,
    Greeting,
    Remark,
)  # what may be said with a yes without changing it

_CORRECTED = (*EDITS, SetAddress, SetNote, SetPayer)


def normalise(acts: Sequence[Act], state: State, *, empty_cart: bool = False) -> list[Act]:
    """The acts the nodes work on, in the order they were said."""
    told = _once(acts)
    meant = [ready for act in told for ready in _as_meant(act, told, state, empty_cart)]
    meant = _without_a_yes_to_something_else(meant)
    real: list[Act] = [act for act in meant if not isinstance(act, Unclear | Remark)]
    return real or meant[:1]


def _once(acts: Sequence[Act]) -> list[Act]:
    """Without acts said twice; ten of the same in a row are one slip of a mind.

    Of what may be corrected the last counts: "two, no three, no two" are two.
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
    """What is said to the numbers of a contact card: a yes to the one, or which of several.

    The yes is to the total as it was shown with that number.
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
    """ "The second", "2": a mind takes it for a row or for a count."""
    if not isinstance(act, Add | Set) or act.target.describes:
        return None
    return act.target.option or act.target.line or act.values.quantity


def asked_now(state: State) -> Question | None:
    open_ones = questions_in(state)
    return open_ones[-1] if open_ones else None


def _yes(act: Confirm, state: State) -> list[Act]:
    """What she says yes to: the open question, else the step's own."""
    asked, step = asked_now(state), state.get("step")
    if asked is not None and asked.field == "take_it" and asked.completes is not None:
        return [asked.completes]
    offered = state.get("offered_address")
    if asked is not None and asked.field == "last_address" and offered:
        return [SetAddress(text=offered)]
    if step == "payment_failed":
        return [PayAgain()]
    if step == "awaiting_confirmation":
        return [act]
    if step == "products_found" and newest_list(state):
        return [Add()]  # of several shown it is asked which
    if step == "size_recommended" and focus_in(state) and asked is None:
        return [Add()]
    return [Checkout()] if step == "cart_updated" else [act]


def _no(act: Decline, acts: Sequence[Act], state: State) -> list[Act]:
    """A no beside what is wanted instead is already answered by it."""
    beside = any(isinstance(other, EDITS) for other in acts)
    return [] if beside else [act]


def _pays(act: Checkout, state: State, *, empty_cart: bool) -> list[Act]:
    """ "Pay", where the total is shown, is a yes to it; where a payment failed, another try.

    With nothing in the cart, "do you like it?" – "checkout" takes the piece that was offered.
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


def _without_a_yes_to_something_else(acts: list[Act]) -> list[Act]:
    """ "Yes but two": beside any other words a yes is no yes to the order as shown."""
    if any(isinstance(act, PayAgain | Confirm | Checkout) for act in acts):
        # "I cancelled that one, send it again": what goes on is not called off.
        acts = [act for act in acts if not isinstance(act, Cancel)]
    others = [act for act in acts if not isinstance(act, _BESIDE_A_YES)]
    if not others:
        return acts
    edited = any(
        isinstance(act, (*EDITS, SetAddress)) and not isinstance(act, Clear) for act in acts
    )
    dropped = (Confirm, PayAgain) if edited else (Confirm,)
    return [act for act in acts if not isinstance(act, dropped)]
