"""Knows a failed payment that is to wait: "sikuweza kuweka pin, subiri kidogo", "I'll pay later".

What is told of it asks for no other prompt then; "subiri kidogo, tuma tena" does ask for one.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

WAIT = word_set("waits_to_pay", "wait")  # "subiri", "hold"
LATER = word_set("waits_to_pay", "later")  # "jioni", "tomorrow"
AGAIN = word_set("payments", "once_more")
READY = word_set("moods", "ready")
MOMENT = re.compile(
    r"\b(?:m?nipe(?:ni|e)?|gimme|give me|need|naomba)\b[\w\s]{0,20}?"
    r"\b(?:dakika|saa|muda|minutes?|mins?|moment|time|sec|seconds?|hours?)\b",
    re.IGNORECASE,
)
# "nitalipa", "ntajaribu", "I'll", "will"
TO_COME = re.compile(r"(?:ni|n|tu)?ta[a-z]{4,}|ill|will|shall|gonna")
SENDING = ("~send", "~retry", "~bring")


def waits_to_pay(message: Message) -> a.Act | None:
    """What is meant where no prompt is asked for and something is to come first; else nothing."""
    sent = [at for at in range(len(message.tokens)) if _sends(message, at)]
    if sent:
        return a.Remark() if _is_then(message, sent[-1]) else None
    if message.says_any(AGAIN | READY):
        return None
    if message.asks and message.tagged("@order"):
        return a.OrderStatus()  # "sikuweza kulipa jana, order bado iko?"
    later = message.says_any(LATER) or message.tagged("@day")
    to_come = any(TO_COME.fullmatch(token.text) for token in message.tokens)
    waits = message.says_any(WAIT) or MOMENT.search(message.raw) or (later and to_come)
    return a.Remark() if waits else None


def _sends(message: Message, at: int) -> bool:
    """Whether the word asks to send or to try once more; not "nitajaribu"."""
    token = message.tokens[at]
    return not token.tags.isdisjoint(SENDING) and not TO_COME.fullmatch(token.text)


def _is_then(message: Message, sent: int) -> bool:
    """Whether it is to be sent at a later time only: "tuma tena jioni"."""
    for token in message.tokens[sent:]:
        if token.text in LATER or "@day" in token.tags:
            return True
        if token.pause:
            return False
    return False
