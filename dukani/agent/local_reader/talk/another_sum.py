"""Recognises a message that wants another sum than the shop's: it agrees to no payment.

"Confirm it without payment", "send it again but KES 5", "set the order to paid" hold words of
a yes or of a new prompt. What was shown is not what they agree to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.core.money import to_minor
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.steps import PAYING, SHOWN_A_TOTAL

_PERCENT = re.compile(r"(?<!\d)(\d{1,4})\s{0,3}(?:%|per ?cent\b)|\basilimia\s+(\d{1,4})")
_FREE = re.compile(
    r"\b(?:for free|free of charge|everything free|bure|complimentary|without (?:any )?pay\w*"
    r"|bila (?:ku)?(?:doo|pesa|malipo|lip\w+|chapaa|ganji)|discount\w*|diskaunti|punguzo|vouchers?"
    r"|coupons?|cashback)\b"
)
_SUM = r"(?:total|jumla|bei|price|amount)"
_CHANGED = re.compile(
    rf"\b(?:set|make|change|correct|fanya|weka|badilisha)\b[^.?!]{{0,20}}\b{_SUM}\b"
    rf"|\b{_SUM}\s*(?:=|iwe\b|ikuwe\b)"
)
_SETTLED = re.compile(r"\b(?:set|mark|weka|andika)\b[^.?!]{0,30}\b(?:paid|imelipwa)\b")
_AMOUNT = re.compile(
    r"\b(?:kes|kshs?|shilingi)\.?\s*(\d[\d,]{0,14})"
    r"|\b(\d[\d,]{0,14})\s{0,3}(?:/=|(?:bob|shillings?|kes|ksh)\b)"
)
_TO_PAY = (a.Confirm, a.PayAgain, a.Checkout)


def at_the_shops_sum(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts; those that agree to pay another sum ask for a lower price instead."""
    if _agrees_to_a_sum(acts, message):
        return [a.ViewOrder()]
    percents = {int(one or other) for one, other in _PERCENT.findall(message.raw.lower())}
    kept = [act for act in acts if not _is_percent(act, percents)]
    if _is_asked_to_pay(message.context) and _wants_another_sum(message):
        kept = [act for act in kept if not isinstance(act, _TO_PAY)]
    kept = [act for act in kept if not _offers_less(act, message)]
    return kept if len(kept) == len(acts) else [*kept, a.AskPrice(discount=True)]


def _is_percent(act: a.Act, percents: set[int]) -> bool:
    """Whether a percentage was taken for a number of pieces: "punguza asilimia 80"."""
    return isinstance(act, a.ChangeQuantity) and abs(act.by or 0) in percents


def _offers_less(act: a.Act, message: Message) -> bool:
    """Whether a sum taken for a budget is an offer for what is ordered: "nina 5000 tu"."""
    if not isinstance(act, a.Search) or not _is_asked_to_pay(message.context):
        return False
    if act != a.Search(budget_max=act.budget_max, evidence=act.evidence) or not act.budget_max:
        return False
    other = message.has("show", "more_options", "cheaper") or message.tagged("~show")
    return not other and _is_less(act.budget_max, message.context)


def _agrees_to_a_sum(acts: Sequence[a.Act], message: Message) -> bool:
    """Whether a sum beside a yes was taken for a budget: "yes, 3900 is right".

    The total is shown again: whether it is the sum she names, the reader does not know.
    """
    if not message.has("affirm") or not _is_asked_to_pay(message.context) or len(acts) != 1:
        return False
    act = acts[0]
    if not isinstance(act, a.Search) or not act.budget_max:
        return False
    bare = act == a.Search(budget_max=act.budget_max, evidence=act.evidence)
    return bare and not _is_less(act.budget_max, message.context)


def _is_asked_to_pay(context: TurnContext) -> bool:
    return context.step in SHOWN_A_TOTAL | PAYING


def _wants_another_sum(message: Message) -> bool:
    text = message.raw.lower()
    told = (_PERCENT, _FREE, _CHANGED, _SETTLED)
    return any(pattern.search(text) for pattern in told) or _names_less(text, message.context)


def _names_less(text: str, context: TurnContext) -> bool:
    """Whether an amount of money below the price of the pieces is named."""
    amounts = [int((one or other).replace(",", "")) for one, other in _AMOUNT.findall(text)]
    return any(_is_less(amount, context) for amount in amounts)


def _is_less(amount: int, context: TurnContext) -> bool:
    """Whether the amount is below the price of the pieces ordered."""
    pieces_minor = sum(line.unit_price_minor * line.quantity for line in context.cart)
    return to_minor(amount, context.currency) < pieces_minor
