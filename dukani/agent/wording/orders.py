"""Writes the replies about the status, cancellation and expiry of orders."""

from __future__ import annotations

from dukani.agent.facts import (
    AddedByNewOrder,
    Cancelled,
    CannotCancel,
    NoOrders,
    OrderExpired,
    OrderStatus,
    Voice,
    WhenFeePaid,
)
from dukani.agent.wording.cart import LOOK_EN, LOOK_SW
from dukani.agent.wording.delivery import TO_CONFIRM_EN, TO_CONFIRM_SW
from dukani.agent.wording.markup import bold, lines, price
from dukani.agent.wording.pieces import order_lines
from dukani.agent.wording.registry import Said, words

_STATE_EN = {
    "awaiting_payment": "is waiting for your payment. No prompt yet? Reply *send again*.",
    "payment_failed": "is not paid yet. For a new M-Pesa prompt, reply *send again*.",
    "paid": "is paid and we are getting it ready.",
    "partly_dispatched": "is on its way in part, and the rest follows.",
    "dispatched": "is on its way to you.",
    "delivered": "has been delivered.",
    "returned": "has been returned to the shop.",
    "cancelled": "was cancelled.",
    "refunded": "was refunded.",
    "needs_review": "is being checked by someone at the shop, who will write to you here.",
}
_STATE_SW = {
    "awaiting_payment": "inasubiri malipo yako. Ombi la M-Pesa halijafika? Jibu *tuma tena*.",
    "payment_failed": "bado haijalipiwa. Kupata ombi jipya la M-Pesa, jibu *tuma tena*.",
    "paid": "imelipiwa na tunaitayarisha.",
    "partly_dispatched": "iko njiani kwa sehemu, na iliyobaki inafuata.",
    "dispatched": "iko njiani kuja kwako.",
    "delivered": "imeshafika.",
    "returned": "imerudishwa dukani.",
    "cancelled": "ilighairiwa.",
    "refunded": "ilirudishiwa pesa.",
    "needs_review": "inaangaliwa na mhudumu wa duka, ambaye atakuandikia hapa.",
}


@words(OrderStatus, "en")
def order_status_en(fact: OrderStatus, voice: Voice) -> str:
    if fact.brief:
        total = price(fact.total_minor, voice)
        return f"Order {bold(fact.order_number)} ({total}) {_STATE_EN[fact.state]}"
    return lines(
        f"Order {bold(fact.order_number)} {_STATE_EN[fact.state]}",
        order_lines(fact.lines, voice),
        f"Total: {price(fact.total_minor, voice)}",
        TO_CONFIRM_EN if fact.fee_to_confirm else "",
        f"Deliver to: {fact.address}" if fact.address else "",
        f"Note: {fact.note}" if fact.note else "",
    )


@words(OrderStatus, "sw")
def order_status_sw(fact: OrderStatus, voice: Voice) -> str:
    if fact.brief:
        total = price(fact.total_minor, voice)
        return f"Oda {bold(fact.order_number)} ({total}) {_STATE_SW[fact.state]}"
    return lines(
        f"Oda {bold(fact.order_number)} {_STATE_SW[fact.state]}",
        order_lines(fact.lines, voice),
        f"Jumla: {price(fact.total_minor, voice)}",
        TO_CONFIRM_SW if fact.fee_to_confirm else "",
        f"Tutakuletea: {fact.address}" if fact.address else "",
        f"Maelezo: {fact.note}" if fact.note else "",
    )


@words(OrderExpired, "en")
def order_expired_en(fact: OrderExpired, _voice: Voice) -> str:
    return (
        f"Order {bold(fact.order_number)} wasn't paid in time, so I've released the pieces. "
        "Your cart is still here: write *checkout* to order again."
    )


@words(OrderExpired, "sw")
def order_expired_sw(fact: OrderExpired, _voice: Voice) -> str:
    return (
        f"Oda {bold(fact.order_number)} haikulipiwa kwa wakati, kwa hivyo nguo zimerudi dukani. "
        "Kikapu chako bado kipo: andika *lipa* kuagiza tena."
    )


@words(NoOrders, "en")
def no_orders_en(_fact: NoOrders, _voice: Voice) -> Said:
    return Said("You have no orders with us yet.", LOOK_EN)


@words(NoOrders, "sw")
def no_orders_sw(_fact: NoOrders, _voice: Voice) -> Said:
    return Said("Bado huna oda yoyote kwetu.", LOOK_SW)


@words(Cancelled, "en")
def cancelled_en(fact: Cancelled, _voice: Voice) -> str:
    if fact.order_number:
        return f"Okay, order {bold(fact.order_number)} is cancelled. Write any time you need us."
    return "Okay, I've stopped there; nothing was ordered. Write any time you need us."


@words(Cancelled, "sw")
def cancelled_sw(fact: Cancelled, _voice: Voice) -> str:
    if fact.order_number:
        return f"Sawa, oda {bold(fact.order_number)} imeghairiwa. Ukihitaji chochote, niandikie."
    return "Sawa, nimesitisha; hakuna kilichoagizwa. Ukihitaji chochote, niandikie."


@words(CannotCancel, "en")
def cannot_cancel_en(fact: CannotCancel, _voice: Voice) -> str:
    why = "has a payment that is being checked" if fact.under_review else "is already paid"
    return (
        f"Order {bold(fact.order_number)} {why}, so I can't cancel it myself. "
        "Write *person* and someone at the shop will help you."
    )


@words(CannotCancel, "sw")
def cannot_cancel_sw(fact: CannotCancel, _voice: Voice) -> str:
    why = "ina malipo yanayohakikishwa" if fact.under_review else "imeshalipiwa"
    return (
        f"Oda {bold(fact.order_number)} {why}, kwa hivyo mimi siwezi kuighairi. "
        "Andika *mhudumu* na mtu wa duka atakusaidia."
    )


@words(WhenFeePaid, "en")
def when_fee_paid_en(fact: WhenFeePaid, voice: Voice) -> str:
    if fact.included:
        return "The delivery fee is part of the total, so nothing more is due for it."
    return (
        f"The delivery fee is not in the total: {bold(voice.boutique)} will tell you how much it "
        "is, and you pay it when and how they say."
    )


@words(WhenFeePaid, "sw")
def when_fee_paid_sw(fact: WhenFeePaid, voice: Voice) -> str:
    if fact.included:
        return "Gharama ya delivery iko ndani ya jumla, kwa hivyo hakuna zaidi ya kulipa."
    return (
        f"Gharama ya delivery haiko kwenye jumla: {bold(voice.boutique)} watakuambia ni kiasi "
        "gani, na utailipa wakati na jinsi watakavyokuambia."
    )


@words(AddedByNewOrder, "en")
def added_by_new_order_en(fact: AddedByNewOrder, _voice: Voice) -> Said:
    if fact.order_number is None:
        return Said("Yes, you can.", "Tell me what you'd like to add.")
    return Said(
        f"Order {bold(fact.order_number)} is already paid, so what you add would be a new order, "
        "paid by itself.",
        "Tell me what you'd like.",
    )


@words(AddedByNewOrder, "sw")
def added_by_new_order_sw(fact: AddedByNewOrder, _voice: Voice) -> Said:
    if fact.order_number is None:
        return Said("Ndiyo, unaweza.", "Niambie unachotaka kuongeza.")
    return Said(
        f"Oda {bold(fact.order_number)} imeshalipiwa, kwa hivyo unachoongeza kitakuwa oda mpya, "
        "inayolipiwa peke yake.",
        "Niambie unachotaka.",
    )
