"""Writes what the shop did with an order: for the chat, and for the templates outside its hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dukani.agent.facts import (
    OrderCancelledByShop,
    OrderMoved,
    OrderSentInPart,
    PaymentNotFound,
    Refunded,
    Voice,
)
from dukani.agent.wording.markup import bold, clean, lines, price
from dukani.agent.wording.names import variant_phrase
from dukani.agent.wording.pieces import order_lines
from dukani.agent.wording.registry import words
from dukani.core.store.refunds import RefundMethod
from dukani.domain.acts import Language
from dukani.domain.pieces import Line

_HOW: Mapping[RefundMethod, tuple[str, str]] = {
    "mpesa": ("by M-Pesa", "kwa M-Pesa"),
    "cash": ("in cash", "kwa pesa taslimu"),
    "bank": ("to your bank account", "kwa akaunti yako ya benki"),
}


@words(OrderMoved, "en")
def order_moved_en(fact: OrderMoved, voice: Voice) -> str:
    number = bold(fact.order_number)
    if fact.to == "dispatched" and fact.lines:
        return lines(
            f"Good news: {bold(voice.boutique)} has sent out the rest of your order {number}. 🚚",
            order_lines(fact.lines, voice),
        )
    if fact.to == "dispatched":
        return f"Good news: {bold(voice.boutique)} has sent out your order {number}. 🚚"
    return (
        f"{bold(voice.boutique)} tells me that your order {number} has arrived. Enjoy it! "
        "If anything is not right, write *person*."
    )


@words(OrderMoved, "sw")
def order_moved_sw(fact: OrderMoved, voice: Voice) -> str:
    number = bold(fact.order_number)
    if fact.to == "dispatched" and fact.lines:
        return lines(
            f"Habari njema: {bold(voice.boutique)} wametuma sehemu iliyobaki ya oda yako "
            f"{number}. 🚚",
            order_lines(fact.lines, voice),
        )
    if fact.to == "dispatched":
        return f"Habari njema: {bold(voice.boutique)} wametuma oda yako {number}. 🚚"
    return (
        f"{bold(voice.boutique)} wanasema oda yako {number} imefika. Ifurahie! "
        "Kama kuna tatizo, andika *mhudumu*."
    )


@words(OrderSentInPart, "en")
def order_sent_in_part_en(fact: OrderSentInPart, voice: Voice) -> str:
    return lines(
        f"Good news: {bold(voice.boutique)} has sent out a part of your order "
        f"{bold(fact.order_number)}. 🚚",
        order_lines(fact.lines, voice),
        "Still to come:",
        order_lines(fact.left, voice),
    )


@words(OrderSentInPart, "sw")
def order_sent_in_part_sw(fact: OrderSentInPart, voice: Voice) -> str:
    return lines(
        f"Habari njema: {bold(voice.boutique)} wametuma sehemu ya oda yako "
        f"{bold(fact.order_number)}. 🚚",
        order_lines(fact.lines, voice),
        "Bado inakuja:",
        order_lines(fact.left, voice),
    )


@words(OrderCancelledByShop, "en")
def cancelled_by_shop_en(fact: OrderCancelledByShop, voice: Voice) -> str:
    return (
        f"{bold(voice.boutique)} had to cancel your order {bold(fact.order_number)}; you owe "
        "nothing for it. To ask why, write *person*."
    )


@words(OrderCancelledByShop, "sw")
def cancelled_by_shop_sw(fact: OrderCancelledByShop, voice: Voice) -> str:
    return (
        f"{bold(voice.boutique)} wamelazimika kughairi oda yako {bold(fact.order_number)}; "
        "hudaiwi chochote. Kuuliza sababu, andika *mhudumu*."
    )


@words(PaymentNotFound, "en")
def payment_not_found_en(fact: PaymentNotFound, voice: Voice) -> str:
    return (
        f"{bold(voice.boutique)} looked for the payment of your order {bold(fact.order_number)} "
        "and did not find it. If you have paid, send the M-Pesa code here or write *person*. "
        "To pay now, reply *send again*."
    )


@words(PaymentNotFound, "sw")
def payment_not_found_sw(fact: PaymentNotFound, voice: Voice) -> str:
    return (
        f"{bold(voice.boutique)} wametafuta malipo ya oda yako {bold(fact.order_number)} na "
        "hawakuyapata. Kama umelipa, tuma kodi ya M-Pesa hapa au andika *mhudumu*. "
        "Kulipa sasa, jibu *tuma tena*."
    )


@words(Refunded, "en")
def refunded_en(fact: Refunded, voice: Voice) -> str:
    receipt = f" Reference: {bold(fact.receipt)}." if fact.receipt else ""
    return lines(
        f"{bold(voice.boutique)} has refunded you {price(fact.amount_minor, voice)} for your "
        f"order {bold(fact.order_number)}, {_HOW[fact.method][0]}.{receipt}",
        order_lines(fact.lines, voice),
        "If it does not reach you, write *person*.",
    )


@words(Refunded, "sw")
def refunded_sw(fact: Refunded, voice: Voice) -> str:
    receipt = f" Kumbukumbu: {bold(fact.receipt)}." if fact.receipt else ""
    return lines(
        f"{bold(voice.boutique)} wamekurudishia {price(fact.amount_minor, voice)} za oda yako "
        f"{bold(fact.order_number)}, {_HOW[fact.method][1]}.{receipt}",
        order_lines(fact.lines, voice),
        "Zisipokufikia, andika *mhudumu*.",
    )


def pieces_in_a_row(pieces: Iterable[Line], language: Language) -> str:
    """Pieces on one line without marks, as a template takes them: `2 × Amani (blue, M), …`."""
    return ", ".join(
        f"{f'{line.quantity} × ' if line.quantity > 1 else ''}{clean(line.name)} "
        f"({variant_phrase(line.colour, line.size, language)})"
        for line in pieces
    )


def how_refunded(method: RefundMethod, receipt: str | None, language: Language) -> str:
    """The way the money went, as a template takes it: `by M-Pesa, TJK4A1B2C3`."""
    way = _HOW[method][language == "sw"]
    return f"{way}, {receipt}" if receipt else way
