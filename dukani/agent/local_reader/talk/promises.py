"""Leaves out a promise for later: "just one, I'll come for the other at end month".

It is left out where the words before it count pieces or say which of them go; else "I'll come for
the black one later" may be all that is said of it.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.remarks import PIECES

KEEP = word_set("edits", "keep")
ONLY = word_set("edits", "only")
LEFT = word_set("hesitating", "leaving") - {"niache"}
PROMISING = word_set("remarks", "promising")
LATER = word_set("remarks", "later")


def without_promise(message: Message) -> Message:
    """The message without a promise for later: "just one, I'll come for the other at end month"."""
    tokens = message.tokens
    for at in range(1, len(tokens)):
        tail = tokens[at:]
        promised = tail[0].text in PROMISING or [t.text for t in tail[:2]] == ["i", "will"]
        if not tokens[at - 1].pause or not promised:
            continue
        later = any(token.text in LATER for token in tail)
        counted = any(find.slot == "quantity" and find.start < at for find in message.slots.finds)
        if later and (counted or _says_what_goes(message, at)):
            return message.without(at, len(tokens))
    return message


def _says_what_goes(message: Message, end: int) -> bool:
    """Whether the words before say which pieces stay or go: "keep the jeans only", "toa viatu"."""
    before = message.tokens[:end]
    named = any(
        find.slot in (*PIECES, "colour") and find.start < end for find in message.slots.finds
    )
    goes = any(not token.tags.isdisjoint(("~remove", "~erase")) for token in before)
    texts = {token.text for token in before}
    left = before[0].text in LEFT
    return named and (goes or left or bool(texts & KEEP and texts & ONLY))
