"""Shows the order with its total for confirmation, after asking for whatever the order lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dukani.agent.facts import (
    AlreadyPaid,
    AskAddress,
    AskPaymentPhone,
    AskVariant,
    AskWhichLine,
    AskWhichOption,
    CartEmpty,
    Fact,
    OfferNearest,
)
from dukani.core.phone import mask_phone
from dukani.core.store import carts, domain_events, orders
from dukani.core.store.carts import CartItem
from dukani.core.store.orders import Order
from dukani.domain.domain_events import CheckoutStarted
from dukani.domain.following import followed
from dukani.domain.offers import is_mere_offer, still_wanted
from dukani.domain.pieces import Line
from dukani.domain.questions import Asked, Question
from dukani.domain.resolution import value_questions
from dukani.domain.steps import Step
from dukani.graph.context import Context
from dukani.graph.ordering.asking import ask
from dukani.graph.ordering.giving_up import MOST_ATTEMPTS, facts_of_given_up, with_one_more_attempt
from dukani.graph.ordering.missing import ask_missing, said_of, wishes_left, with_words
from dukani.graph.ordering.placed import open_order, prompt_is_out
from dukani.graph.ordering.quote import (
    confirmation_of_draft,
    confirmation_of_order,
    draft_of_cart,
    quote_of_order,
)
from dukani.graph.state import State, as_plain, questions_in, with_facts
from dukani.tools import cart
from dukani.tools.lines import as_lines
from dukani.tools.payments.request import may_be_prompted

# The dialogue step while a question of that field is open.
_STEP_OF: Mapping[Asked, Step] = {"which": "products_found", "which_line": "cart_updated"}


async def show_total(state: State, context: Context) -> State:
    """Shows the order with its total; asks open questions, address and payer's number first."""
    order = await open_order(state, context)
    if order is not None:
        return await _show_order(state, context, order)
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    lines = as_lines(items)
    open_ones = followed(still_wanted(questions_in(state)), (), lines)
    wishes = value_questions(open_ones)
    if wishes and any(_asks(fact) for fact in state.get("facts", ())):
        return {"checking_out": True}  # the question was asked earlier in this turn
    if wishes:
        return await _ask_open_question(state, context, open_ones, wishes[-1], lines)
    if not lines:
        step = state.get("step") if state.get("step") == "order_completed" else "start"
        told = with_facts(state, await _why_no_total(state, context))
        facts = state.get("facts", []) if _noted(state) else told
        return {"facts": facts, "step": step or "start", "checking_out": False}
    if state.get("address") is None:
        return await _ask_address(state, context)
    phone = phone_of(state, context)
    if phone is None:
        asking = as_plain([*questions_in(state), Question(field="payment_phone")])
        return {
            "questions": asking,
            "facts": with_facts(state, ask_payment_phone(context)),
            "step": "awaiting_confirmation",
        }
    if (missing := ask_missing(state, lines)) is not None:
        return missing
    draft = await draft_of_cart(state, context, lines, phone=phone)
    await _tell_checkout(context, items, draft.quote["total_minor"])
    return {
        "facts": with_facts(state, await confirmation_of_draft(state, context, draft)),
        "questions": [],
        "quote": draft.quote,
        "step": "awaiting_confirmation",
        "checking_out": True,
        # Of several lines shown, "make it two" refers to none.
        "last_variant_id": lines[0].variant_id if len(lines) == 1 else None,
    }


async def _tell_checkout(context: Context, items: Sequence[CartItem], total_minor: int) -> None:
    """Tells, once of each version of the cart, that its total was shown."""
    cart_id = items[0].cart_id
    if not await carts.note_total_shown(context.conn, cart_id=cart_id):
        return
    await domain_events.append(
        context.conn,
        CheckoutStarted(
            by="whatsapp",
            pieces=cart.pieces(items),
            total_minor=total_minor,
            currency=context.boutique.currency,
        ),
        subject_id=cart_id,
        customer_id=context.customer.id,
        conversation_id=context.conversation.id,
    )


async def _show_order(state: State, context: Context, order: Order) -> State:
    """Shows a placed order whose payment failed; nothing while a prompt is open."""
    if await prompt_is_out(context, order):
        return {}
    phone = phone_of(state, context)
    if phone is None:
        return {"facts": with_facts(state, ask_payment_phone(context))}
    quote = await quote_of_order(context, order, phone=phone)
    agreed = state.get("agreed")
    another = agreed is not None and agreed["phone"] != phone
    confirming = another or state.get("step") == "awaiting_confirmation"
    return {
        "facts": with_facts(state, await confirmation_of_order(context, order, quote)),
        "quote": quote,
        # A yes answers this total, and no longer a piece that was looked at before.
        "questions": as_plain([q for q in questions_in(state) if not is_mere_offer(q)]),
        "step": "awaiting_confirmation" if confirming else "payment_failed",
    }


async def _why_no_total(state: State, context: Context) -> Fact:
    """Nothing is in the cart; "pay" right behind a purchase is told that it is paid."""
    if state.get("step") == "order_completed":
        customer, today = context.customer.id, timedelta(days=1)
        paid = await orders.on_their_way(context.conn, customer_id=customer, within=today)
        if paid:
            return AlreadyPaid(order_number=paid[0].number)
    return CartEmpty()


def _noted(state: State) -> bool:
    """Whether this turn already acknowledged an address or a note, before there is a cart."""
    return any(fact.kind in ("address_noted", "note_taken") for fact in state.get("facts", ()))


def _asks(fact: Fact) -> bool:
    """Whether the fact asks an open question of the order."""
    if isinstance(fact, OfferNearest):
        return fact.asked
    return isinstance(fact, AskVariant | AskWhichOption | AskWhichLine)


async def _ask_open_question(
    state: State,
    context: Context,
    open_ones: list[Question],
    asked: Question,
    lines: tuple[Line, ...],
) -> State:
    """Asks the question once more; after MOST_ATTEMPTS the order goes on without an answer."""
    others = [q for q in open_ones if q != asked]
    if asked.attempts >= MOST_ATTEMPTS:
        update: State = {
            "questions": as_plain(others),
            "facts": with_facts(state, *facts_of_given_up(asked, lines)),
            "without_effect": with_words(state.get("without_effect") or (), [said_of(asked)]),
            "wishes_left": wishes_left(state, [asked]),
        }
        return {**update, **await show_total({**state, **update}, context)}
    changed, facts = await ask(state, context, asked, lines, again=True)
    return {
        **changed,
        "questions": as_plain([*others, with_one_more_attempt(asked)]),
        "facts": with_facts(state, *facts),
        "step": _STEP_OF.get(asked.field, "size_recommended"),
        "checking_out": True,
    }


async def _ask_address(state: State, context: Context) -> State:
    last = await orders.last_address(context.conn, customer_id=context.customer.id)
    asking = [Question(field="last_address")] if last else []
    others = [q for q in questions_in(state) if q.field != "last_address"]
    return {
        "facts": with_facts(state, AskAddress(last_address=last)),
        "questions": as_plain([*others, *asking]),
        "offered_address": last,
        "step": "awaiting_delivery_address",
        "checking_out": True,
    }


def phone_of(state: State, context: Context) -> str | None:
    """The payer's number: the one given for this order, else the customer's own; E.164.

    None: the customer must be asked for one. An own number of another country, which M-Pesa cannot
    prompt, is not offered; given on purpose, it is told how to pay by hand.
    """
    given, own = state.get("payment_phone"), context.customer.phone
    if given is not None or own is None:
        return given
    return own if may_be_prompted(own, by=context.boutique.payment_provider) else None


def ask_payment_phone(context: Context) -> AskPaymentPhone:
    """Asks for the payer's number; says why where the customer's own cannot pay."""
    own = context.customer.phone
    return AskPaymentPhone(foreign=mask_phone(own) if own else None)
