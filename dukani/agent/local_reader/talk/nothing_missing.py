"""Reads the answers to "is anything missing?" that are a no: "hamna", "nothing", "all there"."""

from __future__ import annotations

import re

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

_NOTHING = re.compile(
    r"(?:no|hapana|la|zii|apana)?[ ,.]*"
    r"(?:hamna(?: kitu)?|hakuna(?: kitu)?|nothing(?: (?:is|else is)? ?missing)?|nothing else|none"
    r"|(?:yes )?(?:everything|all|it'?s all) (?:is )?(?:there|okay|ok|fine|good|right|correct)"
    r"|(?:kila kitu|vyote|zote|yote) (?:kiko|viko|ziko|iko|yako) (?:sawa|hapo|poa)"
    r"|hakuna (?:kilichokosekana|kinachokosekana|shida))[ .!]*",
    re.IGNORECASE,
)


def nothing_missing(message: Message) -> list[a.Act]:
    """A Decline where that question is open and the words say that all is there."""
    if message.context.question != "missing" or not _NOTHING.fullmatch(message.raw.strip()):
        return []
    return [a.Decline()]
