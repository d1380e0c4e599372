"""Where one message says several things after another: sentences, swaps, turns to the shop."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.understanding.cues import find_cues
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.questions import ORDER
from dukani.agent.understanding.slots import find_slots

TAKING = ("~take", "~add", "~put", "~give", "~buy", "~want")
JOINING = frozenset(("na", "and", "also", "pia", "then", "plus", "alafu", "halafu", "kisha"))
THEN = frozenset(("then", "alafu", "halafu", "kisha"))
NEAR = 3
SHOP_TOPICS = tuple(f"topic.{topic}" for topic in ORDER if topic != "payment")
SAID_BEFORE = ("ask_price", "ask_size", "ask_availability", "order_status", "checkout")


def sentences(message: Message) -> list[Message]:
    """The message cut at its full stops, each part with its own cues and slots."""
    cuts = [at + 1 for at, token in enumerate(message.tokens[:-1]) if token.pause == STOP]
    cuts = sorted({*cuts, *_swaps(message), *_next_changes(message), *_asides(message)})
    if not cuts:
        return [message]
    edges = [0, *cuts, len(message.tokens)]
    parts = [message.tokens[a:b] for a, b in itertools.pairwise(edges)]
    return [
        replace(message, tokens=part, cues=find_cues(part), slots=find_slots(part, message.context))
        for part in parts
    ]


def _swaps(message: Message) -> list[int]:
    """Where "remove the hat, I'd rather take the sandals" goes on to what she wants instead."""
    if not message.context.cart:
        return []
    pieces = [find for find in message.slots.finds if find.slot in ("category", "name")]
    for gone, wanted in itertools.pairwise(pieces):
        if gone.value == wanted.value or _tagged_in(message, 0, gone.start, ("~remove",)) is None:
            continue
        taking = _tagged_in(message, gone.end, wanted.start, TAKING)
        if taking is not None:
            return [_start_of_clause(message, gone.end, taking)]
    return []


def _next_changes(message: Message) -> list[int]:
    """Where "toa shati, alafu hiyo ya brown iwe 2" goes on to another line of the cart."""
    if not message.context.cart or not message.has("remove_item", "change_quantity"):
        return []
    finds, first = message.slots.finds, message.slots.finds[:1]
    return [
        at
        for at, token in enumerate(message.tokens)
        if token.text in THEN and first and first[0].end <= at and finds[-1].start > at
    ][:1]


def _asides(message: Message) -> list[int]:
    """Where "blue size M, na mnafanya delivery?" turns from the piece to the shop."""
    if not any(name in SHOP_TOPICS for name in message.cues):
        return []
    joints = (
        at
        for at in range(1, len(message.tokens))
        if message.tokens[at].text in JOINING or message.tokens[at - 1].pause
    )
    return list(itertools.islice((at for at in joints if _turns_to_shop(message, at)), 1))


def _turns_to_shop(message: Message, at: int) -> bool:
    """The shop is spoken of right behind this joint, and only what was said before it is not."""
    said, asked = find_cues(message.tokens[:at]), find_cues(message.tokens[at:])
    starts = [cue.start for name, cue in asked.items() if name in SHOP_TOPICS]
    if not starts or min(starts) > NEAR or any(name in SHOP_TOPICS for name in said):
        return False
    between = range(at, at + min(starts))
    if any(find.start in between for find in message.slots.finds):
        return False
    before = any(find.end <= at for find in message.slots.finds)
    return before or any(name in SAID_BEFORE for name in said)


def _tagged_in(message: Message, start: int, end: int, tags: Sequence[str]) -> int | None:
    """The first token in [start, end) with one of the tags."""
    places = range(start, end)
    return next((at for at in places if not message.tokens[at].tags.isdisjoint(tags)), None)


def _start_of_clause(message: Message, start: int, verb: int) -> int:
    """After the pause before the verb, if there is one."""
    paused = [at + 1 for at in range(start - 1, verb) if message.tokens[at].pause]
    return paused[-1] if paused else verb
