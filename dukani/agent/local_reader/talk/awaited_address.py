"""Parts an awaited address from a question, and knows one that is still to come.

"Niko Kilimani, naweza lipa ikifika?", "let me send you a pin".
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.clauses import parted
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.addresses import looks_like_place, strip_lead
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.questions import price_question
from dukani.agent.local_reader.talk.shop import shop_question
from dukani.domain import acts as a

# Cues of what is asked beside an address; without one no part is read anew.
ASKED = (
    "ask_price", "ask_discount", "order_status", "topic.hours", "topic.delivery", "topic.returns",
    "topic.payment", "topic.pay_on_delivery", "topic.reservation", "topic.gift_wrap",
)  # fmt: skip
OPENS = word_set("delivery", "opens_question")
TO_COME = frozenset(("location", "pin", "address", "anwani", "ramani", "locations"))
LINKS = word_set("delivery", "question_links")


def address_and_question(message: Message) -> list[a.Act]:
    """The address and a question beside it, or two questions: "Kilimani, can I pay on delivery"."""
    found = _question_beside(message)
    if found is None:
        return []
    place, asked = found
    if place.asks and (before := shop_question(place) or price_question(place)):
        return [*before, *asked]
    return [a.SetAddress(text=strip_lead(place.raw)), *asked] if names_a_place(place) else []


def _question_beside(message: Message) -> tuple[Message, list[a.Act]] | None:
    """(the words before the question, its acts); None: no question stands behind other words."""
    if not message.has(*ASKED):
        return None
    for at in range(1, len(message.tokens)):
        if not _begins_question(message, at):
            continue
        start = at - 1 if message.tokens[at - 1].text in LINKS | JOINERS and at > 1 else at
        place, asked = parted(message, start)
        acts = shop_question(asked) or price_question(asked)
        return (place, acts) if acts else None
    return None


def _begins_question(message: Message, at: int) -> bool:
    """Whether a question opens at this word, behind a pause or a joining word."""
    before = message.tokens[at - 1]
    parts = bool(before.pause) or before.text in LINKS | JOINERS
    return parts and message.tokens[at].text in OPENS


def names_a_place(message: Message) -> bool:
    placed = any("@place" in token.tags for token in message.tokens)
    return placed or (looks_like_place(message.raw) and not message.slots.wanted("category"))


def promises_place(message: Message) -> bool:
    """Whether the place is still to come: "wacha nitume location", "let me send you a pin"."""
    texts = {token.text for token in message.tokens}
    mine = bool(texts & {"let", "ill", "me"}) or any(
        token.text.startswith(("nita", "nitu", "niku")) for token in message.tokens
    )
    placed = any("@place" in token.tags for token in message.tokens)
    return mine and message.tagged("~send") and bool(texts & TO_COME) and not placed
