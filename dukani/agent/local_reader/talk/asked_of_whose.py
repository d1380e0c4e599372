"""Reads a question of a piece called by whose it is: "is hers there in royal blue?", "yake bei?".

Only of the one line of the order that is for the person; the answer changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.of_wearer import OF_RELATIONS, OWN
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import relation_named
from dukani.domain import acts as a
from dukani.domain.pieces import Line

ANOTHERS = word_set("persons", "anothers")  # "yake", "chake"
HOW_MUCH = word_set("questions", "how_much")
BESIDE = word_set("questions", "beside_the_other")
COMES_IN = word_set("shopping", "what_it_comes_in")
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa"))
HIS_OR_HERS = {"his": OF_RELATIONS["boys"], "hers": OF_RELATIONS["girls"]}
YOUNG = frozenset(("child", "son", "daughter"))
WISHING = (
    "~want", "~give", "~add", "~put", "~take", "~buy", "~change", "~remove", "~bring", "~get",
)  # fmt: skip


def asked_of_whose(message: Message) -> list[a.Act]:
    """An AskPrice or AskStock of the line of the person named; nothing where none is asked."""
    message = _last_sentence(message)
    worn = any(line.worn_by is not None for line in message.context.cart)
    if not worn or not message.asks or message.tagged(*WISHING):
        return []
    lines = {line.number: line for line in _lines_meant(message)}
    if len(lines) != 1 or message.has("ask_discount", "ask_size"):
        return []
    (line,) = lines.values()
    said = message.slots.values("colour", "size")
    if not said and (message.has("ask_price") or message.says_any(HOW_MUCH)):
        return [a.AskPrice(target=a.Target(line=line.number))]
    if not said and not message.says_any(COMES_IN):
        bare = all(t.text in BESIDE or _whose(message, at) for at, t in enumerate(message.tokens))
        return [a.AskPrice(target=a.Target(line=line.number))] if bare else []  # "na yangu?"
    if "colour" in said:
        said = {"size": line.size, **said}  # the one in which it was ordered
    return [a.AskStock(target=a.Target(line=line.number), values=a.Values(**said))]


def _last_sentence(message: Message) -> Message:
    """The words that ask: "she is so picky. Is mine there in olive?"."""
    ends = [at + 1 for at, token in enumerate(message.tokens[:-1]) if token.pause == STOP]
    behind = message.clause(ends[-1], len(message.tokens)) if ends else message
    before = message.clause(0, ends[-1]) if ends else None
    tells_more = before is not None and (before.slots.finds or before.tagged(*WISHING))
    return message if tells_more else behind


def _lines_meant(message: Message) -> Iterator[Line]:
    """The lines for each person a possessive names, of the kind that is said."""
    kinds = message.only(f for f in message.slots.finds if f.slot in ("category", "name"))
    among = kinds.lines_said() if kinds.slots.finds else message.context.cart
    for at in range(len(message.tokens)):
        whose = _whose(message, at)
        yield from (line for line in among if not line.shares and whose and _is_of(line, whose))


def _is_of(line: Line, whose: frozenset[str]) -> bool:
    if line.worn_by is None:
        return "self" in whose
    return "anybody" in whose or line.worn_by.relation in whose


def _whose(message: Message, at: int) -> frozenset[str]:
    """The relations that the word here is a possessive of: "hers", "yake", "my sister's"."""
    token = message.tokens[at]
    before = message.tokens[at - 1].text if at else ""
    if token.text in OWN:  # "rafiki yangu" is the friend's
        return frozenset() if relation_named(before) else frozenset(("self",))
    if token.text in HIS_OR_HERS:
        return HIS_OR_HERS[token.text]
    if token.text in ANOTHERS:
        return frozenset(("anybody",))
    named = relation_named(token.text) or relation_named(token.text.removesuffix("s"))
    owns = before in GENITIVE or f"{token.text.removesuffix('s')}'s" in message.raw.lower()
    if named is None or not owns:
        return frozenset()
    return YOUNG if named == "child" else frozenset((named,))
