"""Tells words of pieces that are something else here: "would it work", "niko set kulipa"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set

MODALS = frozenset(("would", "will", "does", "doesnt", "did", "didnt", "not", "cant", "can"))
# "niko set", "I'm all set": ready, and no set of clothes; not "nipe set".
BEING = frozenset(("niko", "nipo", "nko", "tuko", "tupo", "niko tayari", "im", "i'm", "am", "all"))
DEGREES = frozenset(("too", "very", "so", "bit", "little"))
# Words → the words before them that make them no noun, and how near.
NO_NOUN = {
    "work": (MODALS, 5),
    "works": (MODALS, 5),
    "short": (DEGREES, 1),
    "set": (BEING, 1),
    "meeting": (frozenset(("in", "kwa", "kwenye")), 2),  # where she was, not what it is for
}
MONEY_WORDS = word_set("edits", "money") | {"mpesa", "balance", "salio", "account", "funds", "cash"}
IS_LITTLE = frozenset(("low", "short", "limited", "down"))


def is_no_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word names no piece or occasion: "would MTN money work"."""
    before, near = NO_NOUN.get(tokens[at].text, (frozenset[str](), 0))
    return any(token.text in before for token in tokens[max(0, at - near) : at])


def tells_of_money(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word says how little money there is: the low of "my mpesa is low"."""
    if tokens[at].text not in IS_LITTLE:
        return False
    before = tokens[max(0, at - 4) : at]
    since = max((i + 1 for i, token in enumerate(before) if token.pause), default=0)
    return any(token.text in MONEY_WORDS for token in before[since:])
