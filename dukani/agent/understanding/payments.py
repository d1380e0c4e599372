"""Talk about paying while an order waits for its money, and about an order on its way."""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.steps import PAYING
from dukani.agent.understanding.acts_of import Acts, act
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.phones import find_phone, is_receipt

MISSED = ("~!arrive", "~!get", "~!enter", "~!show", "~!accept")  # "haijafika", "sijapata"
ONCE_MORE = frozenset(("again", "tena", "resend", "another", "upya", "nyingine", "new"))
MONEY = ("paid", "payed", "payment", "money", "pesa", "malipo", "hela", "cash")
NEAR_MONEY = PAYING | {"awaiting_confirmation"}
ORDERED = PAYING | {"order_completed"}
WITH_NUMBER = word_set("payments", "with_number")
PHONE_LIKE = re.compile(r"\+?\d(?:[ -]?\d){8,}")
CHATTED_DONE = frozenset(
    ("done", "tayari", "nimeweka", "nimemaliza", "already", "sent", "nimetuma")
)


def payments(message: Message) -> Acts:
    """payment_done, payment_phone, payment_retry or order_status, or nothing."""
    if is_receipt(message.raw):
        return [act("payment_done", text=message.raw.strip())]
    step = message.context.step
    return (
        _other_phone(message)
        or (_status(message) if step not in PAYING else [])
        or _done(message)
        or _retry(message)
        or _status(message)
    )


def _other_phone(message: Message) -> Acts:
    """Another number to pay with, with or without its digits."""
    step, phone = message.context.step, find_phone(message.raw)
    if step == "awaiting_delivery_address":
        return []
    if phone is not None:
        paying = step in NEAR_MONEY or message.has("payment_phone", "checkout", "payment_retry")
        alone = len(message.tokens) <= 4
        if not paying and not alone:
            return []
        yes = step == "awaiting_confirmation" and _says_yes_with_number(message)
        return [act("payment_phone", phone=phone), *([act("affirm")] if yes else [])]
    if message.tagged(*MISSED) or message.at("payment_retry") < message.at("payment_phone"):
        return []
    if message.has("payment_phone") and step in NEAR_MONEY | {"cart_updated", "order_completed"}:
        return [act("payment_phone")]
    return []


def _says_yes_with_number(message: Message) -> bool:
    """A yes, the number to pay with, and nothing else: any other word may change the order."""
    if not message.has("affirm") or message.has("deny") or message.asks:
        return False
    yes = message.cues["affirm"]
    beside = [t for at, t in enumerate(message.tokens) if not yes.start <= at < yes.end]
    only_that = all(t.text in WITH_NUMBER or t.text[0].isdigit() for t in beside)
    return only_that and len(PHONE_LIKE.findall(message.raw)) == 1


def _done(message: Message) -> Acts:
    paid = message.tagged("~pay+")
    step = message.context.step
    if message.tagged("~!pay") or (message.has("topic.payment") and message.asks):
        return []
    bare = step in PAYING and len(message.tokens) <= 3 and message.says(*CHATTED_DONE)
    if paid:
        return [act("payment_done")]
    if message.has("payment_retry") and message.cues["payment_retry"].length > 1:
        return []
    if bare:
        return [act("payment_done")]
    if not message.has("payment_done"):
        return []
    money = message.tagged("~pay") or message.says(*MONEY)
    return [act("payment_done")] if step in NEAR_MONEY | ORDERED or money else []


def _retry(message: Message) -> Acts:
    """The prompt again. Away from payment only when the prompt itself is named."""
    if not message.has("payment_retry"):
        return []
    briefly = message.context.has_order and len(message.tokens) <= 3
    if message.context.step in PAYING or briefly:
        return [act("payment_retry")]
    missed = message.tagged(*MISSED, "~expire", "~fail") or message.says("hakuna", "didnt")
    if not missed and not message.says(*ONCE_MORE):
        return []  # "send me the prompt" asks for the first one
    cue = message.cues["payment_retry"]
    named = any("@prompt" in token.tags for token in message.tokens)
    return [act("payment_retry")] if named and cue.length > 1 else []


def _status(message: Message) -> Acts:
    """Where the order is. Before there is one, only when "my order" is said."""
    if not message.has("order_status") or message.has("topic.hours"):
        return []
    context = message.context
    if context.has_order or context.step in ORDERED:
        return [act("order_status")] if message.has("order_status") else []
    cue = message.cues["order_status"]
    mine = (
        message.tagged("@order")
        and message.says(
            "my", "yangu", "wangu", "langu", "zangu", "mzigo wangu", "oda yangu", "mzigo yangu"
        )
    ) or (
        message.tagged("@order")
        and any(" " in t.text and "@order" in t.tags for t in message.tokens)
    )
    busy = message.has("checkout", "cancel", "view_cart", "payment_done", "start_over")
    return [act("order_status")] if mine and cue.length > 1 and not busy else []
