"""Tells words of pieces that are something else here: "would it work", "niko set kulipa"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
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


FLATS = frozenset(("flats", "flat"))  # shoes, or where she lives
OF_HOUSES = word_set("delivery", "of_houses")  # "Shalom flats house 3"


def is_no_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word names no piece or occasion: "would MTN money work"."""
    if tokens[at].text in FLATS and _is_a_house(tokens, at):
        return True
    before, near = NO_NOUN.get(tokens[at].text, (frozenset[str](), 0))
    return any(token.text in before for token in tokens[max(0, at - near) : at])


def _is_a_house(tokens: Sequence[Token], at: int) -> bool:
    """Whether flats are houses: "Shalom flats house 3", "Kabiria flats, near the mosque"."""
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    before = tokens[at - 1] if at else None
    named = before is not None and ("@place" in before.tags or not known(before.text))
    return named and behind in OF_HOUSES


def tells_of_money(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word says how little money there is: the low of "my mpesa is low"."""
    if tokens[at].text not in IS_LITTLE:
        return False
    before = tokens[max(0, at - 4) : at]
    since = max((i + 1 for i, token in enumerate(before) if token.pause), default=0)
    return any(token.text in MONEY_WORDS for token in before[since:])
