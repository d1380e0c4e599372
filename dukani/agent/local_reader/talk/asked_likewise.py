"""Reads a question that goes on with another piece: "and the hat?", "na ya pili je?".

One was priced or asked about just before; the price of this one is told with what it comes in.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.agent.local_reader.talk.questions import piece_asked
from dukani.domain import acts as a
from dukani.domain.describing import is_of_kind
from dukani.domain.naming import spells

BESIDE = word_set("questions", "beside_the_other") | {"ya", "za", "la", "cha", "vya", "wa"}
BESIDE_TAGS = ("@this", "@stopword", "@hello", "@ok")
GOING_ON = frozenset(("and", "na", "n", "what about", "how about", "what", "how", "je", "vipi"))
NAMING = ("option", "name", "category")
AFTER = frozenset(("products_found", "size_recommended", "cart_updated"))


def asked_likewise(message: Message) -> list[a.Act]:
    """An AskPrice of the piece in view that is named; nothing where more is said of it."""
    context = message.context
    if context.question != "take_it" or context.step not in AFTER or not message.asks:
        return []
    said = {find.slot for find in message.slots.finds}
    if not said or not said <= set(NAMING) or not _goes_on(message):
        return []
    target = piece_asked(message, NAMING)
    return [a.AskPrice(target=target)] if _is_in_view(message, target) else []


def _goes_on(message: Message) -> bool:
    """Whether "and", "what about" or "je" and the piece are all that is said."""
    named = {at for find in message.slots.finds for at in range(find.start, find.end)}
    rest = [token for at, token in enumerate(message.tokens) if at not in named]
    bare = all(t.text in BESIDE or not t.tags.isdisjoint(BESIDE_TAGS) for t in rest)
    return bare and any(token.text in GOING_ON for token in rest)


def _is_in_view(message: Message, target: a.Target) -> bool:
    """Whether one of the list or of the order is meant; "na kofia?" alone asks if any is sold."""
    context = message.context
    if target.option is not None:
        return any(option.number == target.option for option in context.options)
    seen = [(option.name, option.category) for option in context.options]
    seen += [(line.name, line.category) for line in context.cart]
    if target.name is not None:
        return any(spells(target.name, name) for name, _ in seen)
    kinds = message.slots.wanted("category")
    pointed = any(definite(message, find) for find in kinds)
    return pointed and any(is_of_kind(target.category, kind, name) for name, kind in seen)
