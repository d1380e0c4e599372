"""Leaves out praise of an ordered piece before a wish: "hapo kwa shati umeweza, na skirt ongeza".

The words leave the text itself, so that no reading of it takes "the shirts" for wished.
"""

from __future__ import annotations

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.clauses import parted
from dukani.agent.local_reader.parsing.message import read_message
from dukani.agent.local_reader.talk.judged import PRAISING, judges, stretches
from dukani.domain.context import TurnContext

SAYING_SO = PRAISING | {"hapo"}  # "shati hapo sawa"


def without_praise_first(text: str, context: TurnContext) -> str:
    """The text from behind such words on; unchanged where nothing else is told of a piece."""
    if not context.cart or SAYING_SO.isdisjoint(words_of(text)):
        return text
    message = read_message(text, context)
    start, end = stretches(message)[0]
    told = {token.text for token in message.tokens[start:end]}
    behind = any(find.start >= end for find in message.slots.finds)
    if SAYING_SO.isdisjoint(told) or not behind or not judges(message, start, end):
        return text
    return parted(message, end)[1].raw.strip()
