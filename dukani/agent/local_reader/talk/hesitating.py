"""Recognises hesitation at a total: "nice", "expensive eh", "give me a minute"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.steps import SHOWN_A_TOTAL

DEAR = word_set("hesitating", "dear")
PRAISE = word_set("hesitating", "praise")
LATER = word_set("hesitating", "later")
MOMENT = word_set("hesitating", "moment")
THINKING = word_set("hesitating", "thinking")
ASKING = word_set("hesitating", "asking")
LEAVING = word_set("hesitating", "leaving")
DENYING = frozenset(("dont", "not", "never", "si", "sio", "siyo", "do not", "didnt"))
PUT_OFF_TO = word_set("hesitating", "put_off_to")
COMING = re.compile(r"(?:nita|nta|niki|tuta|tuki)[a-z]{3,}")  # "nitaangalia", "nikirudi"
DONE_NOW = ("~pay", "~send", "~confirm", "~take", "~buy")
GREETED = ("@ok", "@yes", "@thank", "@hello")
SUREST = ("~confirm", "~pay", "~send", "@yes")


def hesitates(message: Message) -> bool:
    """Whether the message hesitates: a remark on the total, the pieces or the time, and no yes."""
    if message.says_any(LATER | MOMENT) or thinks_it_over(message) or _finds_dear(message):
        return True
    if _first_asks(message) or any(_to_come(token) for token in message.tokens):
        return True
    return message.says_any(PRAISE) and not message.tagged(*SUREST)


def _finds_dear(message: Message) -> bool:
    """Whether the price is complained of; "okay my dear" only calls somebody so."""
    called = {
        at
        for at, token in enumerate(message.tokens)
        if token.text == "dear" and _is_called(message.tokens[:at])
    }
    return any(t.text in DEAR for at, t in enumerate(message.tokens) if at not in called)


def _is_called(before: Sequence[Token]) -> bool:
    """Whether the word behind these calls somebody: "my dear", "ok dear"; not "too dear"."""
    if not before:
        return True
    return before[-1].text == "my" or not before[-1].tags.isdisjoint(GREETED)


def _first_asks(message: Message) -> bool:
    """Whether somebody is asked first: "let me ask my husband", "wacha niulize"."""
    return message.says_any(ASKING) and not message.tagged(*DONE_NOW)


def _to_come(token: Token) -> bool:
    """Whether a verb is in the future: "nitaangalia", "nikirudi"; "nitalipa" does not count."""
    return COMING.fullmatch(token.text) is not None and token.tags.isdisjoint(DONE_NOW)


def thinks_it_over(message: Message) -> bool:
    """Whether time to think is asked for: "acha nifikirie", "let me think about it"."""
    return message.says_any(THINKING)


def puts_off(clause: Message) -> bool:
    """Whether the order is left for another time, and stays: "acha tu kwa leo", "not today"."""
    if not (clause.context.cart or clause.context.has_order) or clause.asks:
        return False
    if _pays_not_yet(clause):
        return True
    if clause.slots.finds or clause.tagged("~cancel", "~!want", "~pay"):
        return False
    at = next((i for i, token in enumerate(clause.tokens) if token.text in LEAVING), None)
    return at is not None and any(_is_a_time(token) for token in clause.tokens[at + 1 :])


def _pays_not_yet(clause: Message) -> bool:
    """Whether paying is only put off: "sitaki kulipa sasa hivi", "I don't want to pay today"."""
    refused = clause.tagged("~!want", "~!pay") or clause.says_any(DENYING)
    soon = any(_is_a_time(token) for token in clause.tokens)
    return bool(refused and soon and clause.tagged("~pay", "~!pay")) and not clause.tagged(
        "~cancel"
    )


def _is_a_time(token: Token) -> bool:
    return token.text.partition(" ")[0] in PUT_OFF_TO or "@day" in token.tags


def keeps_order(clause: Message) -> bool:
    """Whether cancelling is denied: "don't cancel, just wait", "usicancel bado"."""
    for at, token in enumerate(clause.tokens):
        if "~!cancel" in token.tags:
            return True
        before = clause.tokens[max(0, at - 2) : at]
        if "~cancel" in token.tags and any(t.text in DENYING for t in before):
            return True
    return False


def too_dear(clause: Message) -> bool:
    """Whether the shown total is too high: "ai hiyo ni nyingi, wacha tu sitaki"."""
    return clause.context.step in SHOWN_A_TOTAL and clause.says_any(DEAR)
