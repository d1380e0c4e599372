"""Reads questions about how a piece is made: "is it cotton?", "ni original?", "does it fade?"."""

from __future__ import annotations

import itertools
import re

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

_WORDS = {
    name: frozenset(words.split()) for name, words in read_table("quality.toml")["quality"].items()
}
TELLING = _WORDS["telling"]  # of nothing else: "original", "fabric", "inapauka"
MATERIALS = _WORDS["materials"]
HANDLED = _WORDS["handled"]  # "is it thick?", "ni nzito?"
MADE, OF, WHAT = _WORDS["made"], _WORDS["made_of"], _WORDS["what"]
WASH, WASHED_BY, IT = _WORDS["wash"], _WORDS["washed_by"], word_set("edits", "it")
WEATHER, SHIELDS = _WORDS["weather"], _WORDS["shields"]
_STEMS = "|".join(sorted(_WORDS["shielding"]))
SHIELDING = re.compile(rf"(?:i|zi|u|li|ki|vi|ya)(?:na|ta)(?:ni|tu|m|wa|ku)?(?:{_STEMS})")
ASKED_FOR = ("~take", "~want", "~give", "~add", "~show", "~buy")
CLOTH = frozenset(("kitambaa", "nguo", "malighafi"))  # "ni kitambaa gani?"
WHICH = frozenset(("gani", "kipi", "ipi"))
IS = _WORDS["is"]
HAVE = _WORDS["have"]
PIECE = ("option", "name", "category")
OPENING = frozenset(("is", "are", "does", "do", "will", "je"))
OR = frozenset(("or", "ama", "au"))
NEAR = 4
IS_SO = frozenset(("is", "are", "ni", "je", "they", "these", "it"))
WISHES = ("~take", "~want", "~give", "~add", "~put", "~change", "~remove", "~show", "~buy")


def quality_question(clause: Message) -> list[a.Act]:
    """An AskShop about quality, of the piece named if one is."""
    if clause.has("ask_price", "checkout") or not _is_asked(clause):
        return []
    words = _keeping_out(clause)
    if not clause.tagged(*WISHES):
        telling = (at for at, _ in enumerate(clause.tokens) if _tells_quality(clause, at))
        words |= _asks_of_what(clause) | set(telling) | _unknown_trait(clause)
    if not words:
        return []
    named = [find for find in clause.slots.finds if _names_piece(find, words)]
    told = clause.only(named)
    of = target(told, whole(told)) if named else a.Target()
    called = of.name if any(find.slot == "name" for find in named) else None
    of = of.model_copy(update={"name": called, "scope": "one", "pointed": None})
    return [a.AskShop(topic="quality", target=of)]


def _unknown_trait(clause: Message) -> set[int]:
    """The place of a word that nobody knows, where it is asked whether a piece is so.

    "Hizi ni adjustable?", "is it reversible?": whatever it means, it wants nothing.
    """
    texts = [token.text for token in clause.tokens]
    unknown = [
        at
        for at, token in enumerate(clause.tokens)
        if token.entry is None and token.verb is None and not known(token.text)
    ]
    if not clause.asks or clause.slots.finds or len(unknown) != 1 or len(texts) > NEAR:
        return set()
    others = [token for at, token in enumerate(clause.tokens) if at not in unknown]
    bare = all(token.text in IS_SO | IT or "@this" in token.tags for token in others)
    return set(unknown) if bare and bool(IS_SO & set(texts)) else set()


def _is_asked(clause: Message) -> bool:
    opens = bool(clause.tokens) and clause.tokens[0].text in OPENING
    return clause.asks or opens or clause.says("gani", "ama", "au")


def _asks_of_what(clause: Message) -> set[int]:
    """The places of words that ask what a piece is made of: "made of what", "imeshonwa na nini"."""
    if not clause.says_any(WHAT):
        return set()
    pairs = itertools.pairwise(token.text for token in clause.tokens)
    return {at for at, (made, of) in enumerate(pairs) if made in MADE and of in OF}


def _tells_quality(clause: Message, at: int) -> bool:
    text = clause.tokens[at].text
    following = {token.text for token in clause.tokens[at + 1 : at + NEAR]}
    if (
        (text in TELLING and not _is_sold(clause, at))
        or (text in WASH and _is_washed(clause, at))
        or (text in CLOTH and bool(following & WHICH))
    ):
        return True
    if _is_one_of_two(clause, at):
        return True
    if text not in MATERIALS | HANDLED or clause.says_any(HAVE) or _is_of_a_name(clause, at):
        return False
    before = [token.text for token in clause.tokens[max(0, at - NEAR) : at]]
    return bool(IS & set(before))


def _is_sold(clause: Message, at: int) -> bool:
    """Whether the word is a kind of piece of this shop: "do you have fabric?"."""
    if clause.says_any(WHAT) or clause.says("which"):
        return False  # "what fabric is it?"
    kinds = (find for find in clause.slots.finds if find.start == at and find.slot == "category")
    return any(find.value in clause.context.sold.categories for find in kinds)


def _is_one_of_two(clause: Message, at: int) -> bool:
    """Whether it is asked which of two a piece is: "iko heavy ama ni light", "thick or thin"."""
    near = clause.tokens[at + 1 : at + NEAR]
    texts = [token.text for token in near]
    told = clause.tokens[at].text in HANDLED and not HANDLED.isdisjoint(texts)
    return told and not OR.isdisjoint(texts)


def _is_washed(clause: Message, at: int) -> bool:
    """Whether a piece is washed: "machine wash it"; not the "car wash" of an address."""
    before = clause.tokens[at - 1].text if at else ""
    behind = [token.text for token in clause.tokens[at + 1 : at + 2]]
    return before in WASHED_BY or any(text in WASHED_BY or text in IT for text in behind)


def _keeping_out(clause: Message) -> set[int]:
    """The places of "inashika baridi" and "keep you warm", whose verbs wish for nothing."""
    if clause.tagged(*ASKED_FOR) or clause.says_any(HAVE):
        return set()
    texts = [token.text for token in clause.tokens]
    verbs = [at for at, text in enumerate(texts) if text in SHIELDS or SHIELDING.fullmatch(text)]
    for verb in verbs[:1]:
        near = range(verb + 1, min(len(texts), verb + NEAR))
        if kept := {at for at in near if texts[at] in WEATHER}:
            return {verb, *kept}
    return set()


def _is_of_a_name(clause: Message, at: int) -> bool:
    """Whether the word only says which piece: "is the leather tote there?"."""
    heads = [find for find in clause.slots.finds if find.slot in PIECE]
    within = any(f.start <= at < f.end and f.end - f.start > 1 for f in heads)
    return within or any(find.start == at + 1 for find in heads)


def _names_piece(find: Find, words: set[int]) -> bool:
    return find.slot in PIECE and not words & set(range(find.start, find.end))
