"""Reads what each of several persons' lines is to be: "mine in L and hers in white".

No verb needs to say that something changes: the persons are told apart, and each has a line.
"""

from __future__ import annotations

from collections.abc import Iterator

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import FURTHER
from dukani.agent.local_reader.edits.of_wearer import (
    MAY_TAKE,
    OWN,
    PRONOUNS,
    comes_in,
    is_anothers,
    is_person,
    lines_worn,
    shared_by,
)
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

ANOTHERS = word_set("persons", "anothers")
STANDS_FOR = frozenset(("one", "ones", "moja"))
TO_BE = ("colour", "size", "quantity")
WISHING = ("~want", "~buy", "~give", "~take", "~add", "~remove")


def persons_contrasted(message: Message) -> list[a.Act]:
    """A Set of each person's line, where every part names one person and tells of one line."""
    if len(message.context.cart) < 2 or message.asks or message.says_any(FURTHER):
        return []
    parts = list(parts_by_person(message))
    if len(parts) < 2 or not all(persons(part) for part in parts):
        return []
    owned = all(persons(part)[0] in OWN | PRONOUNS | ANOTHERS for part in parts)
    if message.tagged("~add", "~remove") or (_wishes(message) and not owned):
        return []
    told = [change_told(part) for part in parts]
    changes = [one for one in told if one is not None]
    lines = {change.target for change in changes}
    return [*changes] if len(lines) == len(changes) == len(parts) else []


def _wishes(message: Message) -> bool:
    """Whether a piece is wished for; the "apewe" of "boy apewe 5-6" says what theirs is to be."""
    return any(
        not token.tags.isdisjoint(WISHING) and token.text not in MAY_TAKE
        for token in message.tokens
    )


def parts_by_person(message: Message) -> Iterator[Message]:
    """The parts of the message that tell of a person or a value."""
    for start, end in _spans(message):
        yield message.clause(start, end)


def _spans(message: Message) -> Iterator[tuple[int, int]]:
    """The stretches between joining words and pauses that tell of a person or a value."""
    start = 0
    for at, token in enumerate(message.tokens):
        joined, last = token.text in JOINERS, at == len(message.tokens) - 1
        if at > start and _begins_another(message, start, at):
            yield start, at
            start = at
        if not (joined or token.pause or last):
            continue
        end = at if joined else at + 1
        if _tells(message, start, end):
            yield start, end
        start = at + 1


def _begins_another(message: Message, start: int, at: int) -> bool:
    """Whether all is said of the person before, and another follows: "kijana 5-6 msichana 3-4"."""
    told = [find.end for find in message.slots.finds if start <= find.start and find.end <= at]
    named = any(_names_person(message, here) for here in range(start, at))
    return bool(told) and named and _names_person(message, at) and max(told) == at


def _tells(message: Message, start: int, end: int) -> bool:
    """Whether the stretch tells of a person or a value."""
    valued = any(start <= find.start < end for find in message.slots.finds)
    return valued or any(_names_person(message, here) for here in range(start, end))


def _names_person(message: Message, at: int) -> bool:
    text = message.tokens[at].text
    return text in OWN | PRONOUNS | ANOTHERS or is_person(text)


def persons(part: Message) -> list[str]:
    """The one word for a person in a part; nothing where it has none or several."""
    said = [part.tokens[at].text for at in range(len(part.tokens)) if _names_person(part, at)]
    told = [text for text in said if text not in ANOTHERS] or said  # "ya mtoto wake"
    return told if len(set(told)) == 1 else []


def change_told(part: Message) -> a.Set | None:
    """What the part makes of the one line of its person; None where that is unclear."""
    who = next(at for at in range(len(part.tokens)) if part.tokens[at].text == persons(part)[0])
    finds = [find for find in part.slots.finds if not _stands_for_piece(part, find.start, who)]
    to_be = {find.slot: find.value for find in finds if find.slot in TO_BE}
    kinds = [find for find in finds if find.slot in ("category", "name")]
    if not to_be or len(to_be) + len(kinds) != len(finds) or any(f.denied for f in finds):
        return None
    lines = [line for line in _lines(part.only(kinds), who) if comes_in(part, line, to_be)]
    if not lines:
        return None
    told = a.Target(line=lines[0].number) if len(lines) == 1 else shared_by(lines)
    return a.Set(target=told, values=a.Values(**to_be), change=True) if told else None


def _stands_for_piece(part: Message, at: int, who: int) -> bool:
    """Whether "one" behind a person stands for the piece and counts nothing: "the boys one"."""
    return at == who + 1 and part.tokens[at].text in STANDS_FOR


def _lines(part: Message, who: int) -> list[Line]:
    text = part.tokens[who].text
    if text in ANOTHERS:
        return [line for line in part.lines_said() if is_anothers(line)]
    return lines_worn(part, who, part.slots.finds)
