"""Leaves out what is had already: "make it navy, I already have a black one".

So too what somebody gave: "take out the 8-9, his mum bought him a coat". The black one and the coat
are neither wanted nor changed.
"""

from __future__ import annotations

import itertools
import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.remarks import PIECES, TOLD
from dukani.agent.local_reader.talk.wishing import WISHING, WISHING_NOW

SET_TO = word_set("edits", "set_to")
ALREADY = word_set("remarks", "already")
MINE = word_set("remarks", "mine")
HAD = word_set("remarks", "had")  # "niko nayo": I have it
BEGINS_POSSESSION = word_set("remarks", "begins_possession")
BOUGHT_FOR = re.compile(  # "alishamnunulia": she has bought it for him already
    r"(?:a|wa)(?:li|me|lisha|mesha|likwisha|mekwisha)(?:ni|tu|m|mw|wa)(?:nunuli|lete|pe|chukuli|p)a"
)
GIVEN = word_set("remarks", "given")
RECEIVERS = word_set("remarks", "receivers")


def without_possession(message: Message) -> Message:
    """The message without what is had: "make it navy, I already have a black one".

    So too without what somebody else gave: "take out the 8-9, his mum bought him a coat".
    """
    tokens = message.tokens
    for at in range(1, len(tokens)):
        if not tokens[at - 1].pause and tokens[at].text not in BEGINS_POSSESSION:
            continue
        end = next((e for e in range(at + 1, len(tokens)) if tokens[e - 1].pause), len(tokens))
        words = {token.text for token in tokens[at:end]}
        if _was_given(message, at, end):
            return message.without(at, end)
        had = _has_it(message, at, end) or bool(words & ALREADY and words & MINE)
        told = any(find.slot in TOLD and find.end <= at for find in message.slots.finds)
        inside = {find.slot for find in message.slots.finds if at <= find.start < end}
        wishes = any(not t.tags.isdisjoint((*WISHING, "~stop")) for t in tokens[at:end])
        if words & SET_TO:
            continue  # "90 nayo iwe red"
        if had and told and inside & {"colour", "size"} and not wishes:
            return message.without(at, end)
    return message


def _has_it(message: Message, start: int, end: int) -> bool:
    """Whether a piece is had: "nyeusi niko nayo"; in "ya pili nayo 58" a value follows of it."""
    valued = {find.start for find in message.slots.finds if find.slot in TOLD}
    valued |= {at for at, token in enumerate(message.tokens) if token.kind == "mark"}
    places = (at for at in range(start, end) if message.tokens[at].text in HAD)
    return any(at + 1 not in valued for at in places)


def _was_given(message: Message, start: int, end: int) -> bool:
    """Whether the words tell of a piece somebody gave, and the wish is told before them."""
    tokens, said = message.tokens[start:end], message.slots.finds
    texts = [token.text for token in tokens]
    given = any(BOUGHT_FOR.fullmatch(text) for text in texts) or any(
        verb in GIVEN and behind in RECEIVERS for verb, behind in itertools.pairwise(texts)
    )
    told = any(find.end <= start and find.slot in (*TOLD, *PIECES) for find in said)
    inside = any(start <= find.start < end for find in said)
    wished = any(not t.tags.isdisjoint(WISHING) for t in message.tokens[:start])
    wishes = any(not t.tags.isdisjoint(WISHING_NOW) for t in tokens)
    return given and told and inside and wished and not wishes and not message.asks
