"""Reads how many of each line there are to be, behind a wrong count: "i counted wrong, red is two".

Without such words "navy ni moja, red ni mbili" may order.
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

COUNTED = frozenset((
    "nimehesabu", "nilihesabu", "tulihesabu", "tumehesabu", "nimecount", "nilicount", "counted",
    "kuhesabu", "kucount", "counting",
))  # fmt: skip
WRONG = frozenset((
    "vibaya", "wrong", "wrongly", "badly", "nimekosea", "nilikosea", "makosa", "mistake", "visivyo",
))  # fmt: skip
MISCOUNTED = frozenset(("miscounted", "miscount"))
NAMING = ("name", "category", "colour", "size")


def counted_wrong(message: Message) -> list[a.Act]:
    """A Set of each line told of; nothing where a count has no line of its own."""
    wrong = message.says_any(COUNTED) and message.says_any(WRONG)
    if not message.context.cart or not (wrong or message.says_any(MISCOUNTED)):
        return []
    if message.asks or commands_in(message) - {"set"}:
        return []
    tokens = message.tokens
    cuts = [at for at in range(1, len(tokens)) if tokens[at - 1].pause or _joins(message, at)]
    parts = [
        message.clause(start, end)
        for start, end in zip([0, *cuts], [*cuts, len(tokens)], strict=True)
    ]
    told = [part for part in parts if part.slots.finds]
    sets = [_counted(part) for part in told]
    return [one for one in sets if one] if sets and all(sets) else []


def _joins(message: Message, at: int) -> bool:
    return message.tokens[at].text in JOINERS


def _counted(part: Message) -> a.Set | None:
    """The count of the one line that the words name."""
    counts = [find for find in part.slots.finds if find.slot == "quantity"]
    named = [find for find in part.slots.finds if find.slot in NAMING and not find.denied]
    if len(counts) != 1 or len(counts) + len(named) != len(part.slots.finds) or not named:
        return None
    lines = lines_called(part.only(named))
    if len(lines) != 1 or counts[0].denied:
        return None
    values = a.Values(quantity=int(str(counts[0].value)))
    return a.Set(target=a.Target(line=lines[0].number), values=values, change=True)
