"""Leaves out how ordered pieces are found: "blazer ni kubwa, sketi ni sawa. Blazer iwe 12".

So too of "all is fine except the tote, make it black", where only the tote is spoken of.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import ALL, EXCEPT, JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message

FOUND = word_set("judged", "found")  # "sawa", "kubwa", "fine"
PRAISING = word_set("judged", "praising")  # "hapo kwa shati umeweza"
IS = word_set("judged", "is")
AROUND = word_set("judged", "around")
OPINING = word_set("judged", "opining")
BETTER = word_set("judged", "better")
FINE = frozenset(("sawa", "fine", "ok", "okay", "poa", "fiti", "safi", "alright"))
HERSELF = frozenset(("kwangu", "me"))  # what is too large for her tells her size
MISFITS = frozenset(("kubwa", "ndogo", "big", "small", "large", "tight", "loose", "kidogo"))
PIECE = ("name", "category", "colour", "size")


def without_judgement(message: Message) -> Message:
    """The message without such words; unchanged where it tells of nothing else."""
    words = {word for token in message.tokens for word in token.text.split()}
    if not message.context.cart or words.isdisjoint(FOUND | OPINING | PRAISING):
        return message
    if (at := _excepted(message)) is not None:
        return message.without(0, at)
    for start, end in stretches(message):
        outside = [find for find in message.slots.finds if not start <= find.start < end]
        said = judges(message, start, end) or _opines(message, start, end)
        if outside and said:
            return without_judgement(message.without(start, end))
    return message


def _excepted(message: Message) -> int | None:
    """The place behind "all is fine except"."""
    texts = [token.text for token in message.tokens]
    at = next((i for i, text in enumerate(texts) if text in EXCEPT), len(texts))
    said = set(texts[:at])
    fine = bool(said & ALL | said & {"everything"}) and said <= ALL | FOUND | IS | AROUND
    told = any(find.start > at for find in message.slots.finds)
    return at + 1 if fine and bool(said & FOUND) and told else None


def stretches(message: Message) -> list[tuple[int, int]]:
    """The stretches between pauses and joining words."""
    edges = [0]
    for at, token in enumerate(message.tokens):
        if token.text in JOINERS and at:
            edges.append(at)
        if token.pause:
            edges.append(at + 1)
    edges.append(len(message.tokens))
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


def _opines(message: Message, start: int, end: int) -> bool:
    """Whether only an opinion stands here, behind a wish: "…, naona ni cheaper"."""
    texts = {token.text for token in message.tokens[start:end]}
    bare = texts <= FOUND | IS | AROUND | OPINING | BETTER
    return bool(start and texts & OPINING) and bare and bool(message.tokens[start - 1].pause)


def judges(message: Message, start: int, end: int) -> bool:
    """Whether nothing but a piece of the order and how it is found stands here."""
    finds = [find for find in message.slots.finds if start <= find.start < end]
    covered = {at for find in finds for at in range(find.start, find.end)}
    left = (message.tokens[at].text for at in range(start, end) if at not in covered)
    others = {word for text in left for word in text.split()}  # "iko fiti" is one token
    bare = others <= FOUND | IS | AROUND | JOINERS | PRAISING
    if bare and others & MISFITS and not others & HERSELF and _tells_old_size(message, finds):
        return True
    if not finds or not bare or not (others & PRAISING or (others & FOUND and others & IS)):
        return False
    if others & FINE and _tells_line_as_is(message, finds):
        return True
    named = any(find.slot in ("name", "category") for find in finds)
    lines = message.only(finds).lines_said()
    return named and bool(lines) and all(find.slot in PIECE for find in finds)


def _tells_old_size(message: Message, finds: Sequence[Find]) -> bool:
    """Whether a line's size is told behind what it is to be: "iwe L, XL kubwa kwake"."""
    old = {find.value for find in finds}
    if any(find.slot != "size" for find in finds) or len(old) != 1:
        return False
    ahead = [f for f in message.slots.finds if f.slot == "size" and f.start < finds[0].start]
    if not ahead or any(find.value in old for find in ahead):
        return False
    return any(line.size in old for line in message.context.cart)


def _tells_line_as_is(message: Message, finds: Sequence[Find]) -> bool:
    """Whether a line is told as it is now: the "4-5 mbili ni sawa" of two in that size."""
    values = [find for find in finds if find.slot in ("colour", "size", "quantity")]
    told = len(values) == len(finds) and any(find.slot != "quantity" for find in values)
    return told and any(
        all(str(getattr(line, find.slot)) == str(find.value) for find in values)
        for line in message.context.cart
    )
