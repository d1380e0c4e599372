"""Reads the values that single words give: "jeupe" is white, "shati" a shirt, "large" a size.

Of two kinds one may only describe the other: the jeans of "jaketi la jeans", the shirt of "shirt
set". A word may also have no value where it stands: "kawaida navaa 50", "cheki, nipe ya blue".
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.negation import only_second
from dukani.agent.local_reader.parsing.no_nouns import is_no_noun
from dukani.agent.local_reader.parsing.worded_sizes import is_size

WORDED = {"colour": "colour", "category": "category", "occasion": "occasion", "pattern": "pattern"}
SIZE_KINDS = ("size", "size_word")
KEEP = word_set("edits", "keep")
ATTENTION = word_set("slots", "attention")
WITH = word_set("slots", "with")
MADE_OF = word_set("slots", "made_of")
ADVERBS = frozenset(("kawaida", "daily", "casual"))


def single_words(tokens: Sequence[Token]) -> list[Find]:
    """The values that single tokens give."""
    finds = (_word_at(tokens, at) for at in range(len(tokens)))
    return [find for find in finds if find is not None]


def heads_only(tokens: Sequence[Token], finds: Sequence[Find]) -> list[Find]:
    """The finds without categories that only describe another: the jeans of "jaketi la jeans"."""
    kept: list[Find] = []
    for find in finds:
        headed = find.slot == "category" and any(one.slot == "category" for one in kept)
        if headed and _is_detail(tokens, find, kept[-1]):
            continue
        if _is_compound(tokens, kept, find):
            kept.pop()
        kept.append(find)
    return kept


def _is_compound(tokens: Sequence[Token], kept: Sequence[Find], find: Find) -> bool:
    """Whether two categories form a compound, of which the last counts: "shirt set"."""
    if not kept or find.slot != "category" or kept[-1].slot != "category":
        return False
    first, last = tokens[kept[-1].start], tokens[find.start]
    beside = kept[-1].end == find.start and not first.pause
    parted = any(token.text in KEEP for token in tokens) or only_second(tokens, find)
    return beside and not parted and not first.swahili and not last.swahili


def _is_detail(tokens: Sequence[Token], find: Find, before: Find) -> bool:
    if find.start == before.end and before.slot == "category":
        return False  # "shirt set": the first is the detail, not the second
    if any(not token.tags.isdisjoint(("~change", "~return")) for token in tokens[: find.start]):
        return False  # "exchange the belt with a tote"
    near = {token.text for token in tokens[max(0, find.start - 2) : find.start]}
    made_of = before.slot == "category" and find.start - before.end == 1
    return bool(near & WITH) or (made_of and tokens[find.start - 1].text in MADE_OF)


def _word_at(tokens: Sequence[Token], at: int) -> Find | None:
    token = tokens[at]
    if is_no_noun(tokens, at):
        return None
    if token.kind in WORDED and not (_is_adverb(tokens, at) or _calls_attention(tokens, at)):
        return Find(WORDED[token.kind], token.value, at, at + 1)
    if token.kind == "embroidery":
        return Find("embroidery", True, at, at + 1)
    if token.kind in SIZE_KINDS and is_size(tokens, at):
        return Find("size", token.value, at, at + 1)
    return None


def _calls_attention(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word only opens the message: "cheki, jersey iwe M", "cheki nipe ya blue"."""
    if at or tokens[0].text not in ATTENTION or len(tokens) < 2:
        return False
    return bool(tokens[0].pause) or tokens[1].verb is not None or "@stopword" in tokens[1].tags


def _is_adverb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is an adverb ("usually"), not an occasion: "kawaida navaa 50"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].text in ADVERBS and following is not None and following.verb is not None
