"""Hears at a total that nothing is to be paid now: "siwezi lipa leo", "don't send it yet"."""

from __future__ import annotations

import re

from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.domain import acts as a

NOT_PAYING = re.compile(
    r"\b(?:siwezi|siezi|sitaweza|sitoweza|hatuwezi|sijaweza) (?:ku)?lip[aie]\w*"
    r"|\b(?:silipi|sitalipa|sitolipa|hatulipi|hatutalipa) \w"
    r"|\b(?:cant|cannot|wont|will not|unable to|not able to|not going to|not gonna) pay\b"
    r"|\bnot paying\b"
)
NOT_SENT = re.compile(
    r"\b(?:usitume|msitume|usiitume|dont send|do not send)\b(?: \w+){0,2}? "
    r"(?:yet|now|first|bado|kwanza|sasa|sahi|saivi|saa hii)\b"
)
# who else pays, how, or until when it is kept is another matter
OTHERWISE = RELATION_WORDS | frozenset((
    "mpesa", "namba", "number", "phone", "simu", "atalipa", "delivery", "full", "yote", "mpaka",
    "hadi", "until", "till", "niwekee", "hold", "keep", "if", "kama", "ikiwa", "but", "lakini",
    "unless", "before", "kabla", "all", "zote", "without", "bila",
))  # fmt: skip


def pays_not_now(message: Message) -> list[a.Act]:
    """Decline, where nothing else is said of the order."""
    if message.context.step != "awaiting_confirmation" or "?" in message.raw:
        return []
    if any(find.slot != "occasion" for find in message.slots.finds):
        return []
    if message.tagged("@card") or message.says_any(OTHERWISE):
        return []
    return [a.Decline()] if denies_paying(message) or NOT_SENT.search(_said(message)) else []


def denies_paying(message: Message) -> bool:
    """Whether it is said that she does not or cannot pay: "siwezi lipa na mpesa"."""
    return NOT_PAYING.search(f"{_said(message)} .") is not None


def _said(message: Message) -> str:
    return " ".join(token.text for token in message.tokens)
