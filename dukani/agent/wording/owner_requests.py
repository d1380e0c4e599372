"""Writes requests to the owner: a customer's request, or a new address for a placed order."""

from __future__ import annotations

from dukani.agent.wording.markup import MAX_NAME, bold, quoted
from dukani.agent.wording.markup import lines as _lines
from dukani.agent.wording.owner_situation import Situation, reach, with_situation
from dukani.core.languages import Worded
from dukani.core.money import format_money
from dukani.domain.acts import Language

MAX_WORDS = 400

_ASKS_EN = {
    "order_change": "wants a paid order changed",
    "hold": "asks you to keep pieces for a while",
    "complaint": "is not happy with what came",
    "gift_wrap": "asks for gift wrapping",
    "pay_on_delivery": "asks to pay on delivery",
    "address_change": "wants an order that is on its way to go elsewhere",
    "other": "asks something only you can answer",
}
_ASKS_SW = {
    "order_change": "anataka oda iliyolipiwa ibadilishwe",
    "hold": "anaomba umwekee bidhaa kwa muda",
    "complaint": "hajaridhika na alichopokea",
    "gift_wrap": "anaomba ifungwe kama zawadi",
    "pay_on_delivery": "anaomba kulipa mzigo ukifika",
    "address_change": "anataka oda iliyo njiani ipelekwe kwingine",
    "other": "anauliza kitu ambacho wewe tu unaweza kujibu",
}


def request_note(
    kind: str,
    *,
    customer_name: str | None,
    phone_masked: str,
    words: str,
    order_number: str | None,
    language: Language = "en",
    situation: Situation | None = None,
) -> str:
    """Tells a customer's request in the customer's own words."""
    asks = (_ASKS_SW if language == "sw" else _ASKS_EN).get(kind, _ASKS_EN["other"])
    named = quoted(customer_name or "", limit=MAX_NAME)
    name = named or ("Mteja" if language == "sw" else "A customer")
    who = f"{name} ({phone_masked})" if phone_masked else name
    order = f"{'Oda' if language == 'sw' else 'Order'} {bold(order_number)}" if order_number else ""
    head = _lines(f"{who} {asks}.", order, quoted(words, limit=MAX_WORDS))
    return with_situation(head, situation, reach(language), language=language)


def delivery_note(order_number: str, *, what: str, text: str, language: Language = "en") -> str:
    """Tells a new address or note for an order the owner was told of before."""
    told = {
        "address": Worded(en="now goes to:", sw="sasa iende:"),
        "note": Worded(en="has a note:", sw="ina ujumbe:"),
    }[what][language]
    order = "Oda" if language == "sw" else "Order"
    return _lines(f"{order} {bold(order_number)} {told}", quoted(text, limit=MAX_WORDS))


def fee_note(
    *, paid_minor: int | None, fee_minor: int | None, currency: str, language: Language = "en"
) -> str:
    """Tells that a new address has another fee, for the owner to agree with the customer."""
    sw = language == "sw"
    unknown = "haijulikani" if sw else "not known"
    paid = unknown if paid_minor is None else format_money(paid_minor, currency)
    fee = unknown if fee_minor is None else format_money(fee_minor, currency)
    if sw:
        return f"Bei ya kupeleka: {fee}, iliyolipwa: {paid}. Elewana na mteja kuhusu tofauti."
    return f"Delivery there: {fee}, in the order: {paid}. Please agree the difference with them."
