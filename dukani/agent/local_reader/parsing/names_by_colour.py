"""Tells a colour that belongs to a name from one that is wished: the red of a Red Sea Kimono.

A "waridi dera" is a Waridi Dera where no dera is pink, "khaki iwe brown" names a piece where
nothing is sold in khaki, and "leso waridi ya blue" has its own colour behind the name.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.names_beside_kinds import kinds_at
from dukani.agent.local_reader.parsing.names_index import GENITIVE, Filed, Sold
from dukani.agent.local_reader.parsing.names_standing_in import is_led

JOINERS = word_set("edits", "joiners")
SELLING = word_set("remarks", "selling")
ONLY = word_set("edits", "only")
KEEP = word_set("edits", "keep")
SET_TO = word_set("edits", "set_to")


def in_no_such_colour(
    tokens: Sequence[Token], said: Sequence[str], names: Sold, filed: Filed
) -> bool:
    """Whether words of a name read like a colour and a kind, and no such kind is of that colour.

    So too where the words can hardly tell a colour: a Swahili one ahead of its noun, or one beside
    a cloth alone.

    The "waridi dera" (pink dera) of a shop with a Waridi Dera and without a pink dera; the "khaki
    trousers" of one with Slim Khaki Trousers in other colours.
    """
    if len(said) < 2 or not filed.colours_of_kinds:
        return False
    kinds = frozenset[str]().union(*map(kinds_at, tokens))
    told = {token.value for token in tokens if token.kind == "colour"}
    if told and not kinds and _side_by_side(said, names):
        return True  # "Waridi Pleated size 16": a cloth, and no kind that might be pink
    if tokens[0].kind == "colour" and tokens[0].swahili and _begins_a_name(said[0], names):
        return True  # "Waridi romper": a colour in Swahili stands behind its noun
    return bool(told and kinds) and filed.colours_of_kinds.isdisjoint(
        itertools.product(kinds, told)
    )


def _side_by_side(said: Sequence[str], names: Sold) -> bool:
    return all(pair in names.pairs for pair in itertools.pairwise(said))


def _begins_a_name(word: str, names: Sold) -> bool:
    return any(at == 0 for _, at in names.places.get(word, ()))


def in_no_colour_sold(tokens: Sequence[Token], start: int, end: int, filed: Filed) -> bool:
    """Whether a colour that nothing is sold in stands for a piece named so: "khaki iwe brown".

    It stands where a noun does, and what it is to be like is said behind: "mko na khaki za men".
    """
    sold = {colour for _, colour in filed.colours_of_kinds}
    token = tokens[start]
    if end - start > 1 or token.kind != "colour" or not sold or token.value in sold:
        return False
    before = tokens[max(0, start - 2) : start]
    behind = list(itertools.takewhile(lambda t: t.text not in JOINERS, tokens[end : end + 4]))
    if any("~remove" in one.tags or one.text in KEEP for one in before):
        return all(one.text in ONLY for one in behind)  # "toa khaki", "nibaki na khaki tu"
    if not is_led(tokens, start) and not any(one.text in SELLING for one in before[-1:]):
        return False
    if token.pause or any(kinds_at(one) for one in behind):
        return False
    coloured = any(one.kind == "colour" and one.value in sold for one in behind)
    told = bool(behind) and (behind[0].text in GENITIVE | SET_TO or behind[0].kind == "mark")
    return coloured or told


def named_by_colour(
    tokens: Sequence[Token], start: int, end: int, said: Sequence[str], names: Sold
) -> bool:
    """Whether a colour is part of the name, as another is said: "leso waridi ya blue".

    So too of "kanga za waridi moja rangi ya mustard".
    """
    together = len(said) > 1 and all(pair in names.pairs for pair in itertools.pairwise(said))
    inside = any(token.kind == "colour" for token in tokens[start:end])
    reach = [
        *tokens[end : end + 3],
        *(tokens[end + 3 : end + 4] if _tells_colour(tokens, end) else ()),
    ]
    beside = any(token.kind == "colour" for token in reach)
    return together and inside and beside


def _tells_colour(tokens: Sequence[Token], at: int) -> bool:
    """Whether "rangi ya" leads to a colour here, perhaps behind a count."""
    return any(token.text in ("rangi", "colour", "color") for token in tokens[at : at + 2])


def colours_in(tokens: Sequence[Token], start: int, end: int, names: Sold) -> frozenset[int]:
    """The places of colours that belong to the name: the red of a Red Sea Kimono."""
    found = set()
    for at in range(start, end):
        words = tokens[at].text.split()
        before = tokens[at - 1].text.split()[-1] if at > start else ""
        after = tokens[at + 1].text.split()[0] if at + 1 < end else ""
        owned = before in GENITIVE and any((one, words[0]) in names.pairs for one in GENITIVE)
        opens = at == start and tokens[at].swahili and _begins_a_name(words[0], names)
        beside = (
            owned or opens or (before, words[0]) in names.pairs or (words[-1], after) in names.pairs
        )
        if tokens[at].kind == "colour" and (beside or end - start == 1):
            found.add(at)
    return frozenset(found)
