"""Writes where a customer stands, for notes to the owner: pieces, delivery, total, address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from dukani.agent.facts import Line, Voice
from dukani.agent.wording.markup import bold, clean, lines, price, quoted
from dukani.agent.wording.pieces import order_lines
from dukani.core.languages import Worded
from dukani.domain.acts import Language
from dukani.domain.pieces import Frozen

MAX_NOTE = 1500
MAX_ADDRESS = 300
MAX_REMARK = 200
_MORE = 40  # characters of the line that tells how many lines are left out

Stage = Literal[
    "choosing", "cart", "unpaid", "pending", "failed", "paid", "needs_review", "cancelled"
]


class Situation(Frozen):
    """What a customer has chosen or ordered; amounts are in minor units."""

    currency: str
    stage: Stage = "choosing"
    order_number: str | None = None
    lines: tuple[Line, ...] = ()
    delivery_minor: int | None = None  # None: not known yet, or to be agreed with the customer
    fee_to_confirm: bool = False
    total_minor: int = 0
    address: str = ""
    zone: str | None = None
    note: str | None = None


_STAGES: dict[Stage, Worded[str]] = {
    "choosing": Worded(
        en="Nothing is in the cart yet.",
        sw="Bado hakuna kitu kwenye kikapu.",
    ),
    "cart": Worded(
        en="In the cart, not ordered yet:",
        sw="Kwenye kikapu, bado haijaagizwa:",
    ),
    "unpaid": Worded(
        en="Order {number}, not paid yet:",
        sw="Oda {number}, bado haijalipiwa:",
    ),
    "pending": Worded(
        en="Order {number}, waiting for payment:",
        sw="Oda {number}, inasubiri malipo:",
    ),
    "failed": Worded(
        en="Order {number}, the payment failed:",
        sw="Oda {number}, malipo hayakufaulu:",
    ),
    "paid": Worded(
        en="Order {number}, paid:",
        sw="Oda {number}, imelipiwa:",
    ),
    "cancelled": Worded(
        en="Order {number}, cancelled:",
        sw="Oda {number}, imeghairiwa:",
    ),
    "needs_review": Worded(
        en="Order {number}, its payment must be checked:",
        sw="Oda {number}, malipo yake yaangaliwe:",
    ),
}


def with_situation(head: str, situation: Situation | None, tail: str, *, language: Language) -> str:
    """A note of `head`, where the customer stands, and `tail`; MAX_NOTE characters at most."""
    room = MAX_NOTE - len(head) - len(tail) - 2  # 2: the ends of the lines
    told = _situation(situation, language, room) if situation else ""
    return lines(head, told, tail)


def _situation(situation: Situation, language: Language, room: int) -> str:
    """The stage, the pieces with their prices, the delivery, the total and the address.

    Pieces that do not fit in `room` characters are counted instead.
    """
    voice = Voice(language=language, currency=situation.currency, boutique="")
    number = bold(situation.order_number or "")
    head = _STAGES[situation.stage][language].replace("{number}", number)
    if not situation.lines:
        return head
    tail = _tail(situation, voice)
    return lines(head, packed(situation.lines, voice, room - len(head) - len(tail) - _MORE), tail)


def _tail(situation: Situation, voice: Voice) -> str:
    say = chosen(voice.language)
    zone = f" ({clean(situation.zone)})" if situation.zone else ""
    address, note = situation.address, situation.note
    return lines(
        _delivery(situation, voice),
        f"{say('Total', 'Jumla')}: {price(situation.total_minor, voice)}",
        f"{say('Deliver to', 'Peleka')}: {quoted(address, limit=MAX_ADDRESS)}{zone}"
        if address
        else "",
        f"{say('Note', 'Maelezo')}: {quoted(note, limit=MAX_REMARK)}" if note else "",
    )


def _delivery(situation: Situation, voice: Voice) -> str:
    if situation.fee_to_confirm:
        return fee_to_confirm(voice.language)
    if situation.delivery_minor is None:
        return ""
    return f"Delivery: {price(situation.delivery_minor, voice)}"


def fee_to_confirm(language: Language) -> str:
    if language == "sw":
        return "Gharama ya delivery: haijajumlishwa, kubaliana na mteja"
    return "Delivery fee: to be confirmed with the customer"


def packed(order: Sequence[Line], voice: Voice, room: int) -> str:
    """As many lines of the order as fit in `room` characters, and the number left out."""
    kept = list(order)
    while kept and len(order_lines(kept, voice, to_owner=True)) > room:
        kept.pop()
    left = len(order) - len(kept)
    more = "" if not left else f"+ {left} zaidi" if voice.language == "sw" else f"+ {left} more"
    return lines(order_lines(kept, voice, to_owner=True), more)


def reach(language: Language) -> str:
    """How the owner reaches the customer: through the shop's number."""
    if language == "sw":
        return "Ukijibu ujumbe huu, jibu litamfikia mteja."
    return "Your reply to this note reaches the customer."


def chosen(language: Language) -> Callable[[str, str], str]:
    """A function that takes the English or the Swahili of two texts."""
    return lambda english, swahili: swahili if language == "sw" else english
