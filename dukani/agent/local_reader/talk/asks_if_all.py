"""Hears that the list shown is asked to go on: "is that all?", "hizi tu?", "nothing else?"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tokens import normalise
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

OPENING = r"(?:(?:so|ok|okay|wait|kwani|sasa|na|and|hmm|mbona|haya) )*"
ALL = re.compile(
    OPENING + r"(?:(?:is there )?nothing (?:else|more)|no (?:others?|more)"
    r"|(?:is )?(?:this|that|thats|these) (?:are )?(?:all|it|the only ones?)(?: you have| there is)?"
    r"|(?:are )?(?:these|those|they) (?:all|the only ones?|only)(?: you have)?"
    r"|(?:ni |mko na |mna |ndio )?(?:hizi|hizo|hii|hiyo) (?:tu|pekee)|ndio zote"
    r"|hizi ndio zote|zilizo(?:baki|salia)) ?\?+ ?"
)
ON = re.compile(
    r"(?:please |tafadhali )?(?:endelea|continue|go on)(?: please| tafadhali| tu)?[ .!]*"
)


def asks_if_all(message: Message) -> list[a.Act]:
    """More, where pieces are shown and none is ordered; "nothing else" alone ends an order."""
    if not message.context.options or message.context.cart or message.context.question:
        return []
    said = " ".join(normalise(message.raw).split())
    return [a.More()] if ALL.fullmatch(said) or ON.fullmatch(said) else []
