"""Knows a piece of the list that is taken in so many words, amid other talk.

"My wife says the last one is nicer, so let's go with that": the network is at times told more of
the talk than of the pick, and takes it for a remark.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.learned.operations import Beside, Operation
from dukani.domain import acts as a

TAKING = ("~take", "~give", "~buy")
GOING = frozenset((("go", "with"), ("go", "for"), ("going", "with"), ("going", "for")))
HAVING = frozenset((("have", "it"), ("have", "that"), ("have", "this"), ("have", "the")))
NOT_YET = word_set("hesitating", "thinking") | word_set("moods", "but") | frozenset(
    ("if", "kama", "not", "dont", "sio", "siyo", "think", "nifikirie", "look", "before", "kabla")
)  # fmt: skip


def takes_a_number(
    text: str, tokens: Sequence[Token], meant: Sequence[Operation], acts: Sequence[a.Act]
) -> bool:
    """Whether the rules read one number of the list, said to be taken, and the network no edit."""
    pick = acts[0] if len(acts) == 1 else None
    if not isinstance(pick, a.Add) or pick.target.option is None or not pick.values.says_nothing:
        return False
    if any(not isinstance(one, Beside) for one in meant) or _is_asked(text, tokens):
        return False
    words = " ".join(token.text for token in tokens).split()
    if not NOT_YET.isdisjoint(words):
        return False
    took = any(not token.tags.isdisjoint(TAKING) for token in tokens)
    return took or any(pair in GOING | HAVING for pair in pairwise(words))


def _is_asked(text: str, tokens: Sequence[Token]) -> bool:
    return "?" in text or any(token.asked for token in tokens)
