"""Reads "the child's" as the one line of the order that is a child's: "za mtoto mko na white?"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.of_wearer import lines_worn, phrase_to_go
from dukani.agent.local_reader.parsing.ages import CHILDREN
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.talk.relations import relations_said
from dukani.domain.context import TurnContext
from dukani.domain.steps import CHOOSING

GENITIVE = frozenset(("ya", "za", "la", "cha", "vya"))
POINTING = frozenset(("ile", "zile", "lile", "hiyo", "hizo", "hilo", "hizi", "hii", "hili"))
OF_NO_LINE = frozenset((
    "nguo", "kitu", "vitu", "mavazi", "zawadi", "size", "saizi", "umri", "jina",
))  # fmt: skip
PIECE = ("name", "category", "option", "colour", "pattern")
_POINTING = "|".join(sorted(POINTING))
_POSSESSIVE = "wangu|wetu|wake|wako"


def with_childs_line_named(text: str, context: TurnContext) -> str | None:
    """The text with the line's name in the child's place; None where no line is meant.

    The child's line is told apart by its size or name, and another line is no child's.
    """
    if len({line.product_id for line in context.cart}) < 2 or context.step in CHOOSING:
        return None
    if CHILDREN.isdisjoint(words_of(text)):
        return None
    return _with_line_named(read_message(text, context))


def _with_line_named(message: Message) -> str | None:
    tokens = message.tokens
    places = [at for at, token in enumerate(tokens) if at and token.text in CHILDREN]
    if len(places) != 1 or tokens[places[0] - 1].text not in GENITIVE:
        return None
    if _belongs_to_a_piece(message, places[0] - 1) or message.slots.wanted("age"):
        return None
    to_go = words_of(phrase_to_go(message) or "")
    if relations_said(" ".join(to_go)) and tokens[places[0]].text not in to_go:
        return None  # "toa ya mama, ya kijana tuma"
    lines = lines_worn(message, places[0], [])
    if len(lines) != 1:
        return None
    said = rf"\b(?:(?:{_POINTING}) )?{tokens[places[0] - 1].text} {tokens[places[0]].text}\b"
    text, found = re.subn(
        rf"{said}(?: (?:{_POSSESSIVE})\b)?",
        lambda _: lines[0].name,
        message.raw,
        count=1,
        flags=re.IGNORECASE,
    )
    return text if found else None


def _belongs_to_a_piece(message: Message, at: int) -> bool:
    """Whether a noun stands before: "viatu vya mtoto", "zile black za mtoto", "nguo ya mtoto"."""
    before = message.tokens[at - 1].text if at else ""
    if before in POINTING and at > 1:
        at, before = at - 1, message.tokens[at - 2].text
    told = any(find.end == at and find.slot in PIECE for find in message.slots.finds)
    return told or before in OF_NO_LINE
