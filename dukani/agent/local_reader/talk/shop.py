"""Reads questions about the shop: hours, places, delivery, returns, services."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.cues import Cue
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.acts import Topic

# Of cues of equal length the first of these topics wins.
ORDER: tuple[Topic, ...] = (
    "pay_on_delivery", "reservation", "gift_wrap",
    "delivery", "returns", "hours", "payment", "location",
)  # fmt: skip
BY_ONE_WORD = ("returns", "delivery", "hours", "gift_wrap", "pay_on_delivery")
BRIEF = 3
BROADER = ("payment", "delivery")
WEEKDAYS: dict[str, int] = {
    word: number
    for number, words in enumerate(read_table("weekdays.toml")["days"])
    for word in words.split()
}
TO = word_set("shop", "to")  # before a place
UNTIL = word_set("shop", "until")
NO_PLACE = word_set("shop", "no_place")
MOST_UNTIL = 4
WARRANTY = frozenset(("warranty", "guarantee", "dhamana"))
WARRANTY_WORDS = 8


def warranty(message: Message) -> list[a.Act]:
    """A question about the warranty, which is about returns: "iko na warranty?"."""
    wanted = any(message.slots.wanted(slot) for slot in ("colour", "size", "quantity"))
    edits = message.tagged("~add", "~put", "~remove", "~buy", "~take", "~change")
    asked = message.says_any(WARRANTY) and len(message.tokens) <= WARRANTY_WORDS
    return [a.AskShop(topic="returns")] if asked and not (wanted or edits) else []


def shop_question(message: Message) -> list[a.Act]:
    """An AskShop of the topic with the longest cue."""
    topics = _topics(message)
    if not topics:
        return []
    topic = max(topics, key=lambda name: message.cues[f"topic.{name}"].length)
    cue = message.cues[f"topic.{topic}"]
    if topic == "delivery" and _awaits_parcel(message):
        return [a.OrderStatus()]
    brief = len(message.tokens) <= BRIEF  # "naomba location"
    if cue.length == 1 and not (message.asks or brief or topic in BY_ONE_WORD):
        return []
    return [
        a.AskShop(
            topic=topic,
            weekday=weekday_said(message) if topic == "hours" else None,
            place=place_asked(message) if topic in ("delivery", "location") else None,
            until=until_said(message, cue) if topic == "reservation" else None,
        )
    ]


def _topics(message: Message) -> list[Topic]:
    """The topics of the message, the special ones in place of payment and delivery at large."""
    topics = [topic for topic in ORDER if message.has(f"topic.{topic}")]
    if _names_watch(message):
        topics = [topic for topic in topics if topic != "hours"]
    arranged = [topic for topic in topics if topic in ("pay_on_delivery", "reservation")]
    if not arranged:
        return topics
    return [topic for topic in topics if topic in arranged or topic not in BROADER]


def _names_watch(message: Message) -> bool:
    """Whether "saa" is a watch, not an hour: "nataka saa ya kazi"."""
    names = message.slots.wanted("name")
    return any(message.tokens[find.start].text == "saa" for find in names)


def weekday_said(message: Message) -> int | None:
    """0 for Monday; None: no day of the week is said."""
    return next((WEEKDAYS[t.text] for t in message.tokens if t.text in WEEKDAYS), None)


def place_asked(message: Message) -> str | None:
    """The place asked about, as written: "delivery to Rongai how much"."""
    places = [token for token in message.tokens if "@place" in token.tags]
    if not places:
        places = _after_to(message)
    return _as_written(message.raw, places[0].text) if places else None


def _after_to(message: Message) -> list[Token]:
    """The unknown words after "to" or "hadi": "mnaleta hadi Kware?"."""
    tokens = message.tokens
    return [
        token
        for at, token in enumerate(tokens[1:], start=1)
        if tokens[at - 1].text in TO
        and token.entry is None
        and token.verb is None
        and token.text.isalpha()
        and token.text not in NO_PLACE
        and not known(token.text)
    ]


def _as_written(raw: str, said: str) -> str:
    pattern = r"\W+".join(re.escape(part) for part in said.split())
    found = re.search(rf"\b{pattern}\b", raw, re.IGNORECASE)
    return found.group() if found else said


def until_said(message: Message, cue: Cue | None = None) -> str | None:
    """The end of a reservation, as said: "till Friday", "mpaka mshahara", "tomorrow"."""
    for at, token in enumerate(message.tokens):
        if token.text in UNTIL:
            rest = message.tokens[at + 1 : at + 1 + MOST_UNTIL]
            return " ".join(one.text for one in rest) or None
    near = range(cue.start, cue.end) if cue else range(len(message.tokens))
    told = [at for at in near if _is_time(message.tokens[at])]
    words = message.tokens[told[0] : told[-1] + 2] if told else ()
    said = [token for token in words if _is_time(token) or token is not words[-1]]
    return " ".join(token.text for token in said) or None


def _is_time(token: Token) -> bool:
    return "@day" in token.tags or token.text in word_set("shop", "times")


def _awaits_parcel(message: Message) -> bool:
    """Whether a delivery question is about the customer's own order: "mnaleta leo?"."""
    general = message.tagged("@place") or message.says(
        "ngapi", "bei", "free", "much", "fee", "bure"
    )
    return message.context.step == "order_completed" and not general
