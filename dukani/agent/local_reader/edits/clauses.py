"""Splits a message into clauses: at sentences, new commands and asides about the shop.

"Toa shati. Kofia iwe nyeusi" is two clauses; "mko na sweater? ya size 28" is one, as the second
sentence only tells more of what is asked.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.adding_on import (
    by_and_to,
    contrasted,
    counted_first,
    enough_first,
)
from dukani.agent.local_reader.edits.asides import asides, stock_asked, wished_behind
from dukani.agent.local_reader.edits.beside_changes import (
    let_go_or_put_off,
    pluses,
    put_beside_swap,
    restored,
    sent_again,
    swaps,
    taken_behind_removal,
)
from dukani.agent.local_reader.edits.new_commands import new_commands
from dukani.agent.local_reader.edits.stretches import has_head
from dukani.agent.local_reader.parsing.ages import MINE
from dukani.agent.local_reader.parsing.message import Message

VALUES = frozenset(("size", "age", "colour"))
OF_A_VALUE = word_set("edits", "of_a_value")


def clauses(message: Message) -> list[Message]:
    """The clauses of a message, each with its own cues and slots."""
    stops = [
        at + 1
        for at, token in enumerate(message.tokens[:-1])
        if token.pause == STOP and not _tells_age(message, at + 1) and not _asks_on(message, at + 1)
    ]
    cuts = sorted(
        {
            *stops,
            *new_commands(message),
            *restored(message),
            *swaps(message),
            *pluses(message),
            *put_beside_swap(message),
            *asides(message),
            *stock_asked(message),
            *wished_behind(message),
            *let_go_or_put_off(message),
            *taken_behind_removal(message),
            *sent_again(message),
            *contrasted(message),
            *counted_first(message),
            *enough_first(message),
            *by_and_to(message),
        }
    )
    if not cuts:
        return [message]
    edges = [0, *cuts, len(message.tokens)]
    spans = [(start, end) for start, end in itertools.pairwise(edges) if start < end]
    raws = _raw_parts(message, spans)
    return [
        replace(message.clause(start, end), raw=raw)
        for (start, end), raw in zip(spans, raws, strict=True)
    ]


def _tells_age(message: Message, at: int) -> bool:
    """Whether a child's age follows that what is before is looked for: "…? mine is 6"."""
    aged = any(find.slot == "age" and find.start == at + 2 for find in message.slots.finds)
    return aged and message.tokens[at].text in MINE


def _asks_on(message: Message, at: int) -> bool:
    """Whether only a value of the piece asked about follows: "mko na sweater? ya size 28"."""
    if not message.tokens[at - 1].asked or not has_head(message, 0, at):
        return False
    if any(token.pause for token in message.tokens[at:-1]):
        return False
    told = [find for find in message.slots.finds if find.start >= at]
    valued = {i for find in told for i in range(find.start, find.end)}
    others = (t.text for i, t in enumerate(message.tokens) if i >= at and i not in valued)
    return bool(told) and {f.slot for f in told} <= VALUES and set(others) <= OF_A_VALUE


def _raw_parts(message: Message, spans: list[tuple[int, int]]) -> list[str]:
    """The original text of each clause."""
    lowered, at, begun = message.raw.lower(), 0, 0
    parts: list[str] = []
    for start, end in spans[:-1]:
        for token in message.tokens[start:end]:
            for word in token.text.split():
                found = lowered.find(word, at)
                at = found + len(word) if found >= 0 else at
        parts.append(message.raw[begun:at])
        begun = at
    return [*parts, message.raw[begun:].lstrip(" ,.;:!?")]


def parted(message: Message, at: int) -> tuple[Message, Message]:
    """The message before and from this word, each read by itself."""
    spans = [(0, at), (at, len(message.tokens))]
    first, second = (
        replace(message.clause(start, end), raw=raw)
        for (start, end), raw in zip(spans, _raw_parts(message, spans), strict=True)
    )
    return first, second
