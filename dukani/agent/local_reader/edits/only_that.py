"""Reads what alone is to stay where a total was shown: "I have less. Only the mustard one then".

Before a total "only the black one" may be picked from a list; at a total, or after a failed
payment, the other lines go. So too where it is a person's: "nilipie ya sister pekee".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.of_wearer import OF_RELATIONS
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.words import ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import relations_of, relations_said
from dukani.agent.local_reader.without_asides import message_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line
from dukani.domain.steps import SHOWN_A_TOTAL

NAMING = ("name", "category", "colour", "size")
AROUND = word_set("only_that", "around")
HIS_OR_HERS = {"hers": "girls", "her": "girls", "his": "boys", "him": "boys"}
_MAY_BE_THAT = (a.Remark, a.Unclear, a.SetWearer, a.Set, a.Add, a.Checkout, a.PayAgain)
_STAY = (a.Checkout, a.PayAgain)


def only_that(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The Removes of all other lines where nothing but what stays is said; else the acts."""
    asked = context.step not in SHOWN_A_TOTAL or context.question is not None
    if asked or len(context.cart) < 2 or not all(isinstance(act, _MAY_BE_THAT) for act in acts):
        return list(acts)
    if ONLY.isdisjoint(words_of(text)) or (message := message_of(text, context)).asks:
        return list(acts)
    *before, last = list(_phrases(message))
    if any(map(_tells_of_lines, before)) or not last.says_any(ONLY):
        return list(acts)
    kept = _kept(last)
    gone = [line for line in context.cart if line not in kept]
    if not kept or not gone:
        return list(acts)
    removed = [a.Remove(target=a.Target(line=line.number)) for line in gone]
    return [*removed, *(act for act in acts if isinstance(act, _STAY))]


def _phrases(message: Message) -> Iterator[Message]:
    ends = [at + 1 for at, token in enumerate(message.tokens[:-1]) if token.pause]
    for start, end in itertools.pairwise((0, *ends, len(message.tokens))):
        yield message.clause(start, end)


def _tells_of_lines(phrase: Message) -> bool:
    """Whether a line, a person or a command is told of, or something refused: "no box, just …"."""
    refused = phrase.tagged("~!want", "~!take", "~!like") or phrase.says("need", "haja")
    told = phrase.slots.finds or commands_in(phrase) or relations_said(phrase.raw)
    return refused or bool(told)


def _kept(phrase: Message) -> list[Line]:
    """The lines that the phrase calls, where it says no more; none where a count is said."""
    finds = [replace(find, denied=False) for find in phrase.slots.finds]
    if any(find.slot not in NAMING for find in finds):
        return []
    if finds and all(find.slot == "size" for find in finds):
        return []  # "M tu" may be the size to have
    named = {at for find in finds for at in range(find.start, find.end)}
    left = [token.text for at, token in enumerate(phrase.tokens) if at not in named]
    whose = [text for text in left if text not in AROUND | ONLY]
    lines = lines_called(phrase.only(finds)) if finds else list(phrase.context.cart)
    if not whose:
        return lines if finds else []
    if all(_is_person(text) for text in whose):
        return [line for line in lines if any(_is_of(line, text) for text in whose)]
    return []


def _is_person(text: str) -> bool:
    return text in HIS_OR_HERS or bool(relations_said(text))


def _is_of(line: Line, person: str) -> bool:
    if line.worn_by is None:
        return False
    meant = relations_said(person) or OF_RELATIONS[HIS_OR_HERS[person]]
    return bool(relations_of(line.worn_by) & meant)
