"""Reads what alone is left: "acha gauni peke yake" lets the others go, not the dress.

"Acha gauni" by itself lets the dress go, and so does "acha tu gauni"; with the words for "alone",
or behind what is refused ("viatu sivitaki, acha gauni tu"), it is what stays.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.words import KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

LETTING = frozenset(("acha", "wacha", "achia", "niachie", "waacha"))
ALONE = frozenset(("peke", "pekee", "pekeyake"))
ITS = frozenset(("yake", "yao", "yangu", "lake", "zake", "chake"))
POINTING = frozenset(("hiyo", "hizo", "hilo", "hii", "ile", "zile", "lile", "hivyo", "ya", "za"))
REFUSED = ("~!want", "~!take", "~!like", "~remove")
NAMING = ("name", "category", "colour", "size")


def left_by_itself(message: Message) -> list[a.Act]:
    """The Removes of what is refused, or else of all lines but the one left alone."""
    cart = message.context.cart
    if len(cart) < 2 or message.asks or message.says_any(KEEP) or not message.says_any(LETTING):
        return []
    phrases = list(_phrases(message))
    kept = [phrase for phrase in phrases if phrase.tokens[0].text in LETTING]
    if len(kept) != 1 or not (stay := _left_alone(kept[0])):
        return []
    others = [phrase for phrase in phrases if phrase is not kept[0]]
    named = [phrase for phrase in others if _is_refused(phrase)]
    if any(phrase.slots.finds for phrase in others if phrase not in named):
        return []
    if not named and not kept[0].says_any(ALONE):
        return []  # "acha gauni tu"
    gone = [line for phrase in named for line in _called(phrase)] if named else list(cart)
    gone = [line for line in gone if line not in stay]
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _phrases(message: Message) -> Iterator[Message]:
    """The message cut at pauses and before the word that leaves something."""
    cuts = [
        at
        for at in range(1, len(message.tokens))
        if message.tokens[at - 1].pause or message.tokens[at].text in LETTING
    ]
    for start, end in itertools.pairwise((0, *cuts, len(message.tokens))):
        yield message.clause(start, end)


def _left_alone(phrase: Message) -> list[Line]:
    """The lines named between "acha" and "peke yake", and nothing else; "acha tu" is no such."""
    texts = [token.text for token in phrase.tokens]
    named = {at for f in phrase.slots.finds for at in range(f.start, f.end)}
    if not named or any(f.slot not in NAMING for f in phrase.slots.finds):
        return []
    between = texts[1 : min(named)]
    behind = [text for at, text in enumerate(texts) if at > max(named)]
    alone = bool(behind) and behind[0] in ONLY | ALONE
    plain = set(between) <= POINTING and set(behind) <= ONLY | ALONE | ITS
    return _called(phrase) if alone and plain else []


def _is_refused(phrase: Message) -> bool:
    named = any(find.slot in NAMING for find in phrase.slots.finds)
    return named and phrase.tagged(*REFUSED, "@no") and bool(_called(phrase))


def _called(phrase: Message) -> list[Line]:
    finds = [replace(f, denied=False) for f in phrase.slots.finds if f.slot in NAMING]
    return lines_called(phrase.only(finds))
