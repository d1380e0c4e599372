"""Finds where a message turns to the shop: "blue size M, na mnafanya delivery?"."""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.cues import find_cues
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.price_told import is_dear
from dukani.agent.local_reader.talk.places import place_said

NEAR = 5  # words within which a question about the shop must begin after a joint
HAVING = word_set("edits", "having")
HEADS = frozenset(("name", "category"))
VALUES = frozenset(("colour", "size"))
TAKING = ("~give", "~take", "~put", "~want", "~buy", "~add")
ASKED = ("ask_price", "ask_size")
LEADING = frozenset(("the", "and", "na", "ya", "za", "cha", "vya", "la", "so", "one", "ones"))
BESIDE_A_NAME = ("@this", "@stopword", "@ok", "@hello")
OPENERS = frozenset(("does", "do", "is", "are", "je"))
THERE = word_set("message", "there") | word_set("message", "stock_asked")
SHOP_TOPICS = tuple(
    f"topic.{name}"
    for name in ("delivery", "returns", "hours", "location", "gift_wrap", "pay_on_delivery")
)
ASIDES = (*SHOP_TOPICS, "ask_price", "ask_discount", "view_cart")
SAID_BEFORE = ("ask_price", "ask_size", "ask_availability", "order_status", "checkout")


def asides(message: Message) -> list[int]:
    """The place where the message turns to the shop: "blue size M, na mnafanya delivery?"."""
    if not any(name in ASIDES for name in message.cues) or place_said(message):
        return []
    joints = (
        at
        for at in range(1, len(message.tokens))
        if message.tokens[at].text in JOINERS or message.tokens[at - 1].pause
        if not _has(message, at)
    )
    return list(itertools.islice((at for at in joints if _turns_to_shop(message, at)), 1))


def _has(message: Message, at: int) -> bool:
    """Whether "na" goes with the verb before it and means to have: "gani iko na bei ya chini"."""
    return message.tokens[at].text == "na" and message.tokens[at - 1].text in HAVING


def _turns_to_shop(message: Message, at: int) -> bool:
    """Whether a question about the shop begins right after this joint, and only there."""
    said, asked = find_cues(message.tokens[:at]), find_cues(message.tokens[at:])
    starts = [cue.start for name, cue in asked.items() if name in ASIDES and name not in said]
    if not starts or min(starts) > NEAR or any(name in SHOP_TOPICS for name in said):
        return False
    between = range(at, at + min(starts))
    if any(find.start in between for find in message.slots.finds):
        return False
    if not any(name in SHOP_TOPICS for name in asked) and _prices_what_is_named(message, at):
        return False
    before = any(find.end <= at for find in message.slots.finds)
    return before or any(name in SAID_BEFORE for name in said)


def _prices_what_is_named(message: Message, at: int) -> bool:
    """Whether a piece is only named, and its price asked: "the belt, how much?"."""
    if not message.tokens[at - 1].pause:
        return False
    named = [find for find in message.slots.finds if find.end <= at]
    inside = {place for find in named for place in range(find.start, find.end)}
    bare = all(
        token.text in LEADING or not token.tags.isdisjoint(BESIDE_A_NAME)
        for place, token in enumerate(message.tokens[:at])
        if place not in inside
    )
    heads = any(find.slot in HEADS for find in named)
    return heads and bare and {find.slot for find in named} <= HEADS | {"colour", "pattern"}


def stock_asked(message: Message) -> list[int]:
    """Where another piece is asked about behind a wish: "tote ya blue, na scarf iko na green?"."""
    tokens = message.tokens
    if any(token.asked for token in tokens[:-1]):
        return []
    for at in range(1, len(tokens)):
        joined = tokens[at].text in JOINERS or bool(tokens[at - 1].pause)
        asks = _asks_if_sold(message, at) or (tokens[-1].asked and _asks_of_stock(message, at))
        if joined and asks and _wishes(message, at):
            return [at]
    return []


def _asks_if_sold(message: Message, at: int) -> bool:
    """Whether "do you have" begins here: "white 97 size 42 n also do u hv laces"."""
    said = [t.text for t in message.tokens[at : at + 5] if t.text not in JOINERS | {"also", "pia"}]
    asks = said[:1] == ["do"] and said[1:2] in (["you"], ["u"]) and said[2:3] in (["have"], ["hv"])
    return asks and said[3:4] not in (["it"], ["them"], ["that"], ["this"])


def _wishes(message: Message, end: int) -> bool:
    """Whether a piece and its value stand before this place, and no question."""
    said = {find.slot for find in message.slots.finds if find.end <= end and not find.denied}
    asks = any(t.text in THERE | OPENERS for t in message.tokens[:end])
    return bool(said & HEADS) and bool(said & VALUES) and not asks


def _asks_of_stock(message: Message, start: int) -> bool:
    said = {find.slot for find in message.slots.finds if find.start >= start}
    opens = any(token.text in OPENERS for token in message.tokens[start : start + 3])
    last = max((f.start for f in message.slots.finds), default=0)  # "polo na bodycon ziko?": both
    there = any(token.text in THERE for token in message.tokens[start:last])
    return bool(said & HEADS) and bool(said & VALUES) and (opens or there)


def wished_behind(message: Message) -> list[int]:
    """Where a piece is wished for behind a question: "bei ya airforce na nipe vans black 41"."""
    for at in range(1, len(message.tokens)):
        if not (message.tokens[at].text in JOINERS or message.tokens[at - 1].pause):
            continue
        wishes = any(not t.tags.isdisjoint(TAKING) for t in message.tokens[at : at + 3])
        asked, behind = find_cues(message.tokens[:at]), find_cues(message.tokens[at:])
        still = any(name in behind for name in ASKED)
        said = [token.text for token in message.tokens[:at]]
        dear = any(map(is_dear, said, [*said[1:], ""]))  # "vans ni bei sana, nipe jordan"
        if wishes and not still and not dear and any(name in asked for name in ASKED):
            heads = [find for find in message.slots.finds if find.slot in HEADS]
            if any(f.end <= at for f in heads) and any(f.start >= at for f in heads):
                return [at]
    return []
