"""Leads from the cart to a placed order: address, note, payer, total, and the yes to the total."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    Acknowledged,
    AddressNoted,
    AskAddress,
    AskPaymentPhone,
    AskWhichOption,
    ChangeWhat,
    Fact,
    NoteTaken,
    OptionsShown,
    SayOtherwise,
)
from dukani.agent.lexicon.tokens import words_of
from dukani.core.phone import BadPhoneNumber, mask_phone, to_e164
from dukani.core.store import orders
from dukani.core.store.orders import Order
from dukani.domain.acts import (
    Add,
    Checkout,
    Confirm,
    Decline,
    PayAgain,
    SetAddress,
    SetNote,
    SetPayer,
)
from dukani.domain.address_parts import continued, is_unit, of_last_time, with_part_replaced
from dukani.domain.notes import noted_also
from dukani.domain.offers import is_mere_offer, still_wanted
from dukani.domain.questions import Question
from dukani.domain.resolution import value_questions
from dukani.graph.context import Context
from dukani.graph.happenings import AskForMoney, PayerCard, ShowTotal
from dukani.graph.ordering.delivering import change_placed, differs_from, fee_to
from dukani.graph.ordering.giving_up import facts_of_given_up
from dukani.graph.ordering.keeping import keep_address
from dukani.graph.ordering.payer_card import offer_payer
from dukani.graph.ordering.placed import open_order, prompt_is_out, reopen
from dukani.graph.ordering.placing import place
from dukani.graph.ordering.quote import (
    draft_of_cart,
    quote_of_order,
)
from dukani.graph.ordering.showing import phone_of, show_total
from dukani.graph.routes import TAKES
from dukani.graph.state import State, Task, as_plain, questions_in, tasks_of, with_facts
from dukani.tools import cart
from dukani.tools.lines import as_lines

MERE_YES = frozenset((
    "yes", "yeah", "yep", "yap", "yea", "y", "please", "ndio", "ndiyo", "ee", "eeh", "eee", "naam",
))  # fmt: skip


async def checkout(state: State, runtime: Runtime[Context]) -> State:
    """Handles acts on delivery and payer, then shows the order with its total, or places it."""
    context = runtime.context
    mine = tasks_of(state, *TAKES["checkout"])
    others: list[Task] = [t for t in state.get("acts", ()) if t not in mine]
    state = {**state, "acts": others}
    # Without tasks the router came to show the total again; "heard" off, so it comes only once.
    changed: State = {"acts": others} if mine else {"acts": others, "heard": False}
    for task in mine:
        update = await _handle(state, context, task)
        state, changed = {**state, **update}, {**changed, **update}
    if _total_is_due(state, mine):
        changed |= await show_total(state, context)
    return changed


async def _handle(state: State, context: Context, task: Task) -> State:
    match task:
        case SetAddress():
            return await _address(state, context, task)
        case SetNote():
            return await _note(state, context, task)
        case SetPayer():
            return _payer(state, context, task)
        case PayerCard():
            return await offer_payer(state, context, task)
        case Decline():
            return await _decline(state, context)
        case Confirm():
            return await _confirm(state, context)
        case Checkout():
            return {"checking_out": True}
    return {}


def _total_is_due(state: State, mine: list[Task]) -> bool:
    """Whether to show the total (or ask what it lacks), as no other answer takes its place."""
    if any(isinstance(task, AskForMoney) for task in state.get("acts", ())):
        return False
    if any(isinstance(task, Decline) for task in mine) and not state.get("checking_out"):
        return False
    if any(isinstance(task, PayerCard) for task in mine):
        return False  # the offer of the payer has shown the total, or there is no total
    payer_open = bool(state.get("questions")) and questions_in(state)[-1].field == "payment_phone"
    if payer_open and any(isinstance(task, SetPayer) for task in mine):
        return False
    asked = any(isinstance(fact, OptionsShown | AskWhichOption) for fact in state.get("facts", ()))
    if asked and not any(isinstance(task, Checkout) for task in mine):
        return False  # the customer must choose among pieces first
    shown = any(isinstance(task, Checkout | ShowTotal) for task in mine) or not mine
    return shown or state.get("checking_out", False)


# ── one act each ────────────────────────────────────────────────────────────


async def _address(state: State, context: Context, act: SetAddress) -> State:
    """Changes the address of a placed order, else sets the cart's."""
    update: State = {}
    order = await _placed_order(state, context)
    told = await _with_what_was_said(state, context, order, act)
    if told is None:
        return {"checking_out": True}  # there is no last time, so the address is asked for
    act = told
    if order is not None:
        if order.status != "open":
            return await change_placed(state, context, order, address=act)
        if await prompt_is_out(context, order):
            return await _address_while_prompted(state, context, order, act)
        update = await reopen(state, context, order)
        state = {**state, **update}
    address = {"text": act.text, "latitude": act.latitude, "longitude": act.longitude}
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    return {
        **update,
        "address": address,
        "questions": as_plain([q for q in questions_in(state) if q.field != "last_address"]),
        "facts": with_facts(state, AddressNoted(address=act.text)),
        "checking_out": bool(items),
    }


async def _with_what_was_said(
    state: State, context: Context, order: Order | None, act: SetAddress
) -> SetAddress | None:
    """The address in full: a part corrected or added, or that of last time, which may be none."""
    if act.as_last:
        last = order.address if order is not None else await _last_address(state, context)
        return act.model_copy(update={"text": of_last_time(last, act.text)}) if last else None
    before = order.address if order is not None else (state.get("address") or {}).get("text")
    if act.latitude is not None or not before:
        return act
    if act.replaces:
        text = with_part_replaced(before, act.text, act.replaces)
    else:
        whole = act.change and not is_unit(act.text)
        text = act.text if whole else continued(before, act.text)
    return act.model_copy(update={"text": text})


async def _last_address(state: State, context: Context) -> str | None:
    now = (state.get("address") or {}).get("text")
    return now or await orders.last_address(context.conn, customer_id=context.customer.id)


async def _address_while_prompted(
    state: State, context: Context, order: Order, act: SetAddress
) -> State:
    """Changes the address while a prompt is open; keeps it for later if it changes the sum."""
    if differs_from(order, await fee_to(context, act)):
        return keep_address(state, order, act)
    return {**await change_placed(state, context, order, address=act), "kept_address": None}


async def _placed_order(state: State, context: Context) -> Order | None:
    """The order whose address is meant: the one being paid, or just paid and not sent out."""
    order = await open_order(state, context)
    if order is not None:
        return order
    latest = await orders.latest(context.conn, customer_id=context.customer.id)
    if state.get("step") == "order_completed":
        return latest
    # Browsing since then does not matter while the cart is empty.
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    return latest if latest is not None and not items and _just_paid(latest) else None


def _just_paid(order: Order) -> bool:
    """Whether the order was placed within a day, is paid, and has not been sent out."""
    young = datetime.now(UTC) - order.created_at < timedelta(days=1)
    return young and order.status == "confirmed" and order.fulfilment_status == "unfulfilled"


async def _note(state: State, context: Context, act: SetNote) -> State:
    order = await _placed_order(state, context)
    if order is not None:
        return await change_placed(state, context, order, note=act.text)
    note = noted_also(state.get("note"), act.text)
    return {"note": note, "facts": with_facts(state, NoteTaken(text=act.text))}


def _payer(state: State, context: Context, act: SetPayer) -> State:
    """Sets the payer's number; the total is shown with it before a prompt is sent."""
    asking = Question(field="payment_phone")
    others = [q for q in questions_in(state) if q.field not in ("payment_phone", "payer")]
    if act.own and state.get("payment_phone") and context.customer.phone:
        return {"payment_phone": None, "questions": as_plain(others), "checking_out": True}
    if not act.phone:
        facts = with_facts(state, AskPaymentPhone())
        return {"questions": as_plain([*others, asking]), "facts": facts}
    try:
        phone = to_e164(act.phone, region=context.boutique.country)
    except BadPhoneNumber:
        facts = with_facts(state, AskPaymentPhone(wrong=mask_phone(act.phone)))
        return {"questions": as_plain([*others, asking]), "facts": facts}
    agreed = state.get("agreed")
    return {
        "payment_phone": phone,
        "questions": as_plain(others),
        "checking_out": True,
        # "Yes, with this number" agrees to the total shown, paid with this number.
        "agreed": {**agreed, "phone": phone} if agreed else None,
    }


async def _decline(state: State, context: Context) -> State:
    """Handles a no: to the open question, to the total, or to nothing in particular."""
    open_ones = questions_in(state)
    asked = open_ones[-1] if open_ones else None
    if asked is not None and asked.field == "last_address":
        kept = as_plain(open_ones[:-1])
        return {"questions": kept, "address": None, "facts": with_facts(state, AskAddress())}
    if asked is not None and asked.field == "missing":
        return {"questions": as_plain(open_ones[:-1]), "checking_out": True}
    if asked is not None and asked.field == "reading":
        facts = with_facts(state, SayOtherwise())
        kept = as_plain(open_ones[:-1])
        return {"questions": kept, "facts": facts, "checking_out": False, "heard": False}
    if asked is not None and asked.field == "payer":
        # The customer's own number, or the one given before, pays: the total is shown with it.
        return {"questions": as_plain(open_ones[:-1]), "checking_out": True}
    if asked is not None and asked.completes is not None:
        told = await _facts_of_declined(asked, context)
        return {
            "questions": as_plain(open_ones[:-1]),
            "focus": None,
            "facts": with_facts(state, *told),
        }
    if state.get("step") == "awaiting_confirmation":
        facts = with_facts(state, ChangeWhat())
        return {"step": "cart_updated", "checking_out": False, "facts": facts}
    return {"questions": as_plain(open_ones[:-1]), "facts": with_facts(state, Acknowledged())}


async def _facts_of_declined(asked: Question, context: Context) -> list[Fact]:
    """Tells that a wish is left out or a line stays; acknowledges the no to a mere offer."""
    unnamed = asked.field == "which" and isinstance(asked.completes, Add)
    if is_mere_offer(asked) or unnamed:
        return [Acknowledged()]
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    return facts_of_given_up(asked, as_lines(items), declined=True) or [Acknowledged()]


def _ask_how_the_prompt_is(state: State) -> State:
    """A yes while the prompt is out asks for nothing new: she is told how it stands, once."""
    others = state.get("acts", [])
    if any(isinstance(task, PayAgain) for task in others):
        return {}
    return {"acts": [*others, PayAgain()]}


def _says_only_yes(context: Context) -> bool:
    """Whether the words are a mere yes, which answers "is anything missing?" as it was asked."""
    said = {word for message in context.heard for word in words_of(message.body)}
    return said <= MERE_YES


async def _confirm(state: State, context: Context) -> State:
    """Handles a yes: places the order if it still equals the quote shown, else shows it again."""
    open_ones = questions_in(state)
    if open_ones and open_ones[-1].field == "missing":
        kept = as_plain(open_ones[:-1])
        if not _says_only_yes(context):  # "iko sawa", "all good": the total is shown
            return {"questions": kept, "checking_out": True}
        return {"questions": kept, "facts": with_facts(state, ChangeWhat()), "checking_out": False}
    agreed, step = state.get("agreed"), state.get("step")
    wishes = value_questions(still_wanted(questions_in(state)))
    order = await open_order(state, context)
    if order is not None and not wishes and await prompt_is_out(context, order):
        return _ask_how_the_prompt_is(state)
    if step == "order_completed" and order is None and not open_ones:
        items = await cart.current_items(context.conn, customer_id=context.customer.id)
        if not items:  # an "ok" behind a purchase orders nothing
            return {"facts": with_facts(state, Acknowledged()), "checking_out": False}
    if agreed is None or step != "awaiting_confirmation" or wishes:
        return {"checking_out": True}
    if order is not None:
        now = await quote_of_order(context, order, phone=phone_of(state, context) or "")
        return {"acts": [AskForMoney(order.id)]} if now == agreed else {"checking_out": True}
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    phone = phone_of(state, context)
    if not items or phone is None:
        return {"checking_out": True}
    draft = await draft_of_cart(state, context, as_lines(items), phone=phone)
    if draft.quote != agreed:
        return {"checking_out": True}
    return await place(state, context, draft, items)
