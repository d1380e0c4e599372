"""Checks of a dialogue on the assistant's texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dukani.core.store.orders import Order
from dukani.evals.checks.differences import listed, skus_there, unequal
from dukani.evals.checks.moment import Moment

OUT_OF_STOCK = re.compile(
    r"out of stock|sold out|nothing in [^.!?]* in stock|\bhatuna kitu\b"
    r"|\b(?:i|zi|u|ya|ki|vi|li|wa)me(?:kw)?isha\b|\bkuisha\b|\bkwisha\b"
)
A_PERSON = re.compile(
    r"\b(?:person|human|team|staff|colleague|mhudumu|wahudumu|mtu wa duka|timu)\b"
)
# The introduction begins every conversation, so it does not count as an answer.
INTRODUCTION = re.compile(r"[^.!?]*\b(?:automatic assistant|msaidizi wa kiotomatiki)\b[^.!?]*[.!?]")
ASKS = re.compile(r"\?|\bwhich\b|\bipi\b|\bgani\b")

_UNPAID = r"not (?:been )?paid|n't (?:been )?paid|unpaid|haijalipi|hujalipi|hujalipa"
_STATES: dict[str, re.Pattern[str]] = {
    "awaiting_payment": re.compile(
        rf"(?:waiting for|awaiting) (?:your |the )?payment|inasubiri malipo|{_UNPAID}"
    ),
    "payment_failed": re.compile(
        rf"failed|go(?:ne)? through|ha(?:ya|li)kufanikiwa|hayakupita|imeshindikana|{_UNPAID}"
    ),
    "paid": re.compile(
        r"(?<!not )(?<!been )(?<!n't )\bpaid\b|has been paid|payment (?:was |is )?received"
        r"|ime(?:sha)?lipiwa|malipo yame"
    ),
    "partly_dispatched": re.compile(r"in part|a part of|sehemu"),
    "dispatched": re.compile(r"on (?:its|the) way|dispatched|sent out|shipped|njiani|imetumwa"),
    "delivered": re.compile(r"delivered|ime(?:sha)?fika|imewasili"),
    "returned": re.compile(r"returned|imerud"),
    "cancelled": re.compile(r"cancell?ed|(?:ime|ili)ghairiwa|imefutwa|imesitishwa"),
    "refunded": re.compile(r"refunded|rudishiwa pesa"),
    "needs_review": re.compile(r"checked|checking|review|inaangaliwa|yanahakikishwa"),
}


def shown_includes(expected: Any, moment: Moment) -> str | None:
    shown = moment.options | moment.named
    absent = [sku for sku in listed(expected) if sku not in shown]
    return f"not shown: {', '.join(absent)}; shown: {skus_there(shown)}" if absent else None


def shown_includes_any(expected: Any, moment: Moment) -> str | None:
    shown = moment.options | moment.named
    if shown.intersection(listed(expected)):
        return None
    return f"none shown of {', '.join(listed(expected))}; shown: {skus_there(shown)}"


def shown_excludes(expected: Any, moment: Moment) -> str | None:
    wrong = [sku for sku in listed(expected) if sku in moment.options]
    return f"shown all the same: {', '.join(wrong)}" if wrong else None


def out_of_stock(expected: Any, moment: Moment) -> str | None:
    says = OUT_OF_STOCK.search(moment.text) is not None
    return unequal(says, expected, "said" if says else "not said", "said" if expected else "unsaid")


def handoff_offered(expected: Any, moment: Moment) -> str | None:
    """A person is offered, and the conversation is not handed off yet."""
    words = moment.reply if expected else INTRODUCTION.sub(" ", moment.reply)
    offered = A_PERSON.search(words) is not None and not moment.standing.handed_off
    return unequal(offered, bool(expected), offered, bool(expected))


def asks_clarification(expected: Any, moment: Moment) -> str | None:
    """The reply asks back, and cart, orders and payments are as they were."""
    asks = ASKS.search(moment.reply) is not None
    changed = not moment.standing.same_business_as(moment.before)
    if (asks and not changed) is bool(expected):
        return None
    if not expected:
        return "it asks back"
    return "cart, order or payment changed" if changed else "nothing is asked"


def reply_is(expected: Any, moment: Moment) -> str | None:
    answers = (ANSWERS.get(str(name), _nobody_knows)(moment) for name in listed(expected))
    wrong = [problem for problem in answers if problem is not None]
    return "; ".join(wrong) or None


def _order_status_told(moment: Moment) -> str | None:
    order = moment.standing.order
    if order is None:
        return "there is no order"
    if order.number.lower() not in moment.reply:
        return f"order {order.number} is not named"
    state = state_of(order)
    return None if _STATES[state].search(moment.reply) else f"it is not said that it is {state}"


def _nobody_knows(_moment: Moment) -> str | None:
    return "nobody here knows this answer"


ANSWERS: dict[str, Callable[[Moment], str | None]] = {"order_status": _order_status_told}


def state_of(order: Order) -> str:
    """The state of the order that the customer must be told."""
    if order.refund_status == "all":
        return "refunded"
    if order.status == "cancelled":
        return "cancelled"
    if order.payment_status == "paid":
        return order.fulfilment_status if order.fulfilment_status in _STATES else "paid"
    if order.payment_status == "failed":
        return "payment_failed"
    return "needs_review" if order.payment_status == "needs_review" else "awaiting_payment"


def mentions(expected: Any, moment: Moment) -> str | None:
    return _absent(expected, moment.text)


def reply_mentions(expected: Any, moment: Moment) -> str | None:
    return _absent(expected, moment.reply)


def last_reply_mentions(expected: Any, moment: Moment) -> str | None:
    return _absent(expected, moment.last_reply)


def mentions_not(expected: Any, moment: Moment) -> str | None:
    there = [words for words in listed(expected) if _mentioned(words, moment.text)]
    return f"mentioned: {'; '.join(there)}" if there else None


def _absent(expected: Any, text: str) -> str | None:
    absent = [words for words in listed(expected) if not _mentioned(words, text)]
    return f"not mentioned: {'; '.join(map(str, absent))}" if absent else None


def _mentioned(alternatives: Any, text: str) -> bool:
    return any(one.strip().lower() in text for one in str(alternatives).split("|"))
