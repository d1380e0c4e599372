"""Hears that the piece asked about is not wanted after all: "no forget those bata, that's all".

Only the wish goes: nothing of that name is ordered. At the address such words are no place.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

ASKED = ("size", "colour", "quantity")
LETS_GO = word_set("given_up", "lets_go")
BESIDE = word_set("given_up", "beside")
CLOSING = word_set("given_up", "closing")


def given_up(message: Message) -> list[a.Act]:
    """Decline, with Checkout where that is said to be all; else nothing."""
    focus = message.context.focus
    if focus is None or message.context.question not in ASKED or message.asks:
        return []
    named = [find for find in message.slots.finds if find.slot in ("name", "category")]
    if not named or len(named) != len(message.slots.finds) or not message.says_any(LETS_GO):
        return []
    told = message.only(named)
    if told.lines_said() or not _calls(message, named):
        return []
    inside = {at for find in named for at in range(find.start, find.end)}
    plain = all(
        at in inside or token.text in LETS_GO | BESIDE | CLOSING or "@thank" in token.tags
        for at, token in enumerate(message.tokens)
    )
    if not plain:
        return []
    return [a.Decline(), *([a.Checkout()] if message.says_any(CLOSING) else [])]


def _calls(message: Message, named: list[Find]) -> bool:
    """Whether the words call the piece that is asked about."""
    focus = message.context.focus
    words = {word for find in named for word in str(find.value).split()}
    return focus is not None and (
        words <= {*focus.name.lower().split(), focus.category} or focus.category in words
    )
