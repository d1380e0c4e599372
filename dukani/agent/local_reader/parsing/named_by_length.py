"""Reads a length as the name of the one piece shown that is so long: "ile ndefu", "the short one".

By the words of the names: a Maxi Skirt is the long one beside a Mini Skirt; of two maxis none is.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import words_of

LONG = word_set("names", "long")
SHORT = word_set("names", "short")
ONES = frozenset(("one", "ones"))
OF = frozenset(("ya", "za", "la", "cha", "vya"))
# words of names → how long such a piece is
LENGTHS = {
    "mini": 1, "short": 1, "fupi": 1, "mfupi": 1, "mafupi": 1, "crop": 1, "cropped": 1, "knee": 2,
    "midi": 2, "long": 3, "maxi": 3, "ndefu": 3, "refu": 3, "mrefu": 3, "marefu": 3, "floor": 3,
}  # fmt: skip


def named_by_length(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds, with a name for the length by which one piece shown is told from the others."""
    if len(context.options) < 2 or any(find.slot == "name" for find in finds):
        return list(finds)
    at = next((at for at, _ in enumerate(tokens) if _says_length(tokens, at)), None)
    if at is None or any(f.start <= at < f.end and f.slot != "category" for f in finds):
        return list(finds)
    named = _name_of(context, longest=tokens[at].text in LONG)
    ones = {here for here in (at + 1,) if here < len(tokens) and tokens[here].text in ONES}
    left = [
        find
        for find in finds
        if not (find.slot in ("option", "quantity") and ones & set(range(find.start, find.end)))
        and find.start != at  # the shorts of "the short one"
    ]
    if named is None:
        return list(finds)
    return sorted([*left, Find("name", named, at, at + 1)], key=lambda find: find.start)


def _says_length(tokens: Sequence[Token], at: int) -> bool:
    """Whether a length says which piece: "ile ndefu", "hiyo ya ndefu", "the long one"."""
    if tokens[at].text not in LONG | SHORT or not at:
        return False
    before = tokens[at - 1]
    if before.text in OF and at > 1:
        before = tokens[at - 2]
    if "@this" in before.tags and before.text not in ("it", "this", "that"):
        return True
    follows = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return before.text in ("the", "that", "this") and follows in ONES


def _name_of(context: TurnContext, *, longest: bool) -> str | None:
    """The word for the length in the one name that has the most, or least, of it."""
    lengths: list[tuple[int, str]] = []
    for option in context.options:
        told = [(LENGTHS[word], word) for word in words_of(option.name) if word in LENGTHS]
        lengths += told[:1]
    lengths.sort(reverse=longest)
    if not lengths:
        return None
    plainly = lengths[0][0] == (max(LENGTHS.values()) if longest else min(LENGTHS.values()))
    if not plainly and len(lengths) < 2:
        return None  # a Midi Dress is the long one only beside a Mini Dress
    alike = [word for length, word in lengths if length == lengths[0][0]]
    return alike[0] if len(alike) == 1 else None
