"""Reads a person's line beside another piece: "mine in 38 and belts one of each colour"."""

from __future__ import annotations

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.clauses import parted
from dukani.agent.local_reader.edits.of_wearer import says_whose
from dukani.agent.local_reader.edits.persons_contrasted import ANOTHERS, change_told, persons
from dukani.agent.local_reader.edits.words import EACH, JOINERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.without_asides import message_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

HEADS = ("name", "category")


def person_beside(text: str, context: TurnContext) -> tuple[a.Set, str, bool] | None:
    """The change of the person's line, the words of the other piece, and whether those lead."""
    whose = says_whose(text) or not ANOTHERS.isdisjoint(words_of(text))
    if len(context.cart) < 2 or context.question or not whose:
        return None
    message = message_of(text, context)
    if message.asks or message.tagged("~remove", "~add"):
        return None
    edges = [at for at in range(1, len(message.tokens)) if _parts(message, at)]
    for at, leads in ((edges[0], False), (edges[-1], True)) if edges else ():
        first, second = parted(message, at)
        own, other = (second, first) if leads else (first, second)
        if (change := _told(own)) and _is_of_another(other, change):
            words = other.raw.strip(" ,.") if leads else _behind_joint(other)
            return change, words, leads
    return None


def _parts(message: Message, at: int) -> bool:
    return message.tokens[at].text in JOINERS or bool(message.tokens[at - 1].pause)


def _told(part: Message) -> a.Set | None:
    """The change, where a person and new values are all that is named."""
    if (
        not persons(part)
        or part.says_any(EACH)
        or any(find.slot in HEADS for find in part.slots.finds)
    ):
        return None
    change = change_told(part)
    return change if change and (change.values.colour or change.values.size) else None


def _is_of_another(part: Message, change: a.Set) -> bool:
    """Whether the words name a piece, no person, and not the line that changes."""
    named = any(find.slot in HEADS for find in part.slots.finds)
    if not named or persons(part) or says_whose(part.raw):
        return False
    return all(line.number != change.target.line for line in part.lines_said())


def _behind_joint(part: Message) -> str:
    raw = part.raw.strip()
    first, _, rest = raw.partition(" ")
    return rest if first.lower() in JOINERS else raw
