"""Hears that something is only told later: "nikiwa tayari nitakuambia", "I'll let you know".

So too of where she is while she pays: "nipo posta nalipa". It is no claim of a payment, no wish
and no question.
"""

from __future__ import annotations

import itertools
import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.places import pays_from
from dukani.domain import acts as a

WILL_TELL = re.compile(  # "nitakuambia", "ntakushow", "tutawajulisha"
    r"(?:nita|nta|tuta)(?:ku|wa)(?:ambia|ambieni|show|juza|julisha|text|inform|eleza|pigia|update)"
)
WILL = frozenset(("will", "ill", "i'll", "gonna"))
TELLING = word_set("hesitating", "telling")
DOING = ("~add", "~put", "~give", "~change", "~remove", "~want", "~cancel", "~pay+", "~send")
NEAR = 2  # words from "will" to "tell": "i will just tell you"


def tells_later(message: Message) -> list[a.Act]:
    """A Remark where nothing is said but that the customer will tell, or where she pays."""
    context = message.context
    if not (context.cart or context.has_order) or message.slots.finds:
        return []
    if message.tagged(*DOING) or any(token.asked for token in message.tokens):
        return []
    texts = [token.text for token in message.tokens]
    swahili = any(WILL_TELL.fullmatch(text) for text in texts)
    later = swahili or _will_tell(texts) or pays_from(message)
    return [a.Remark()] if later else []


def _will_tell(texts: list[str]) -> bool:
    """Whether "I will tell you", "will let you know" is said; not "will you tell me"."""
    tells = (
        at
        for at, (verb, whom) in enumerate(itertools.pairwise(texts))
        if verb in TELLING and whom in ("you", "u")
    )
    return any(
        WILL.intersection(texts[max(0, at - NEAR) : at]) and _knows(texts[at:]) for at in tells
    )


def _knows(texts: list[str]) -> bool:
    """Whether "let you" lets somebody know."""
    return texts[0] != "let" or texts[2:3] == ["know"]
