"""Drops pieces that are only passed over: "the jordans are too pricey, I'll do the vans".

So too "the jordans are nice but I'll go with the vans", and "beanie tu, wacha cap".
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.leaving import AROUND
from dukani.agent.local_reader.edits.other_of_them import OTHERS
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.price_told import is_dear
from dukani.agent.local_reader.talk.tastes import without_taste

HEADS = ("name", "category", "option")
PRAISE = word_set("passed_over", "praise")
CANNOT = word_set("passed_over", "cannot")
HENCE = frozenset(("so", "basi", "heri", "afadhali", "rather"))
LEAVING = frozenset(("wacha", "acha", "leave", "wachia", "acheni"))
LEAVING_IT = word_set("passed_over", "leaving")
BUT = frozenset(("but", "lakini", "ila", "though", "walakini"))
VALUES = ("colour", "size", "quantity", "age")
TAKING = ("~take", "~want", "~give", "~put", "~buy", "~add", "~bring")
NO = frozenset(("hapana", "sitaki", "no", "not", "sio", "siyo", "zii", "nah", "achana", "wachana"))
BESIDE = frozenset(("hizo", "zile", "hizi", "the", "those", "na", "tu", "za", "ones", "nazo"))


def without_passed_over(message: Message) -> Message:
    """The message without a piece that is passed over, and without "the others no"."""
    message = _without_what_is_too_dear(without_taste(message))
    if message.asks:
        return message
    at = _behind_praise(message)
    message = message.without(0, at) if at else message
    left = _left_alone(message)
    message = message.without(*left) if left else message
    others = None if message.context.cart else _others_refused(message)
    return message.without(*others) if others else message


def _without_what_is_too_dear(message: Message) -> Message:
    """The message without the piece that is too dear, where another is named.

    A piece of the order may go out for the other: edits/too_dear.py.
    """
    cuts = [
        at + 1
        for at, token in enumerate(message.tokens[:-1])
        if token.pause or message.tokens[at + 1].text in HENCE
    ]
    spans = [(0, at) for at in cuts[:1]] + [(at, len(message.tokens)) for at in cuts[-1:]]
    for start, end in spans:
        other = message.without(start, end)
        said = [token.text for token in message.tokens[start:end]]
        complains = any(map(is_dear, said, [*said[1:], ""])) or _is_too_much(said)
        asks = other.asks or message.clause(start, end).asks
        if complains and not asks and _passes_over(message, start, end, other):
            return other
    return message


def _is_too_much(said: Sequence[str]) -> bool:
    """Whether something is judged: "orange is too loud", "nyeupe inang'aa sana"."""
    if not CANNOT.isdisjoint(said):
        return True  # "wedges siwezi kutembea nazo"
    if len(said) > 2 and said[-2] in PRAISE:
        return False  # "if you have it in blue itakuwa vizuri sana"
    return "too" in said[1:-1] or (len(said) > 2 and said[-1] in ("sana", "mno"))


def _passes_over(message: Message, start: int, end: int, other: Message) -> bool:
    """Whether one piece or colour is named here and another beside it."""
    if _only_names(message, start, end):
        return _heads(other) or (not message.context.cart and _coloured(other))
    finds = [find for find in message.slots.finds if start <= find.start < end]
    alone = len(finds) == 1 and finds[0].slot == "colour" and not finds[0].denied
    ordered = any(find.value == line.colour for find in finds for line in message.context.cart)
    return alone and not ordered and (_heads(other) or _coloured(other))


def _coloured(message: Message) -> bool:
    return bool(message.slots.wanted("colour"))


def _behind_praise(message: Message) -> int:
    """The place behind a piece that is praised, but another is taken; 0: there is none."""
    for at in range(1, len(message.tokens)):
        if message.tokens[at].text not in BUT:
            continue
        praised = any(token.text in PRAISE for token in message.tokens[:at])
        rest = message.without(0, at + 1)
        if praised and _only_names(message, 0, at) and _heads(rest) and not rest.asks:
            return at + 1
    return 0


def _left_alone(message: Message) -> tuple[int, int] | None:
    """(start, end) of words that leave a piece alone that is not ordered: "wacha cap"."""
    if (behind := _left_behind(message)) is not None:
        return behind
    for start, token in enumerate(message.tokens):
        if token.text not in LEAVING:
            continue
        stops = range(start + 1, len(message.tokens))
        ends = (i + 1 for i in stops if message.tokens[i].pause)
        wishes = (i for i in stops if not message.tokens[i].tags.isdisjoint(TAKING))
        end = min(next(ends, len(message.tokens)), next(wishes, len(message.tokens)))
        start -= bool(start) and message.tokens[start - 1].text in JOINERS
        begins = not start or bool(message.tokens[start - 1].pause) or end == len(message.tokens)
        if begins and _names_alone(message, start, end) and _heads(message.without(start, end)):
            return start, end
    return None


def _left_behind(message: Message) -> tuple[int, int] | None:
    """(start, end) of the last words, where they let go what stands first: "skirt achana nayo"."""
    tokens = message.tokens
    start = max((at + 1 for at in range(len(tokens) - 1) if tokens[at].pause), default=0)
    leaves = [at for at in range(start, len(tokens)) if tokens[at].text in LEAVING | LEAVING_IT]
    end = len(tokens)
    if not start or not leaves or any(find.start > leaves[0] for find in message.slots.finds):
        return None
    alone = _names_alone(message, start, end) and _heads(message.without(start, end))
    return (start, end) if alone else None


def _names_alone(message: Message, start: int, end: int) -> bool:
    """Whether nothing but letting a piece go is said here."""
    heads = [find for find in message.slots.finds if find.slot in HEADS]
    named = {at for find in heads for at in range(find.start, find.end)}
    words = AROUND | LEAVING | LEAVING_IT | JOINERS
    others = (message.tokens[at].text for at in range(start, end) if at not in named)
    return _only_names(message, start, end) and set(others) <= words


def _heads(message: Message) -> bool:
    """Whether a piece is wanted."""
    return any(find.slot in HEADS and not find.denied for find in message.slots.finds)


def _only_names(message: Message, start: int, end: int) -> bool:
    """Whether a piece that is not ordered is named here, and no value of it."""
    finds = [find for find in message.slots.finds if start <= find.start < end]
    heads = [find for find in finds if find.slot in HEADS]
    valued = any(find.slot in VALUES for find in finds)
    ordered = bool(message.context.cart) and bool(heads) and message.only(heads).lines_said()
    return bool(heads) and not valued and not ordered


def _others_refused(message: Message) -> tuple[int, int] | None:
    """(start, end) of words that refuse all others: "hizo zingine hapana", "not the others"."""
    tokens = message.tokens
    at = next((i for i, token in enumerate(tokens) if token.text in OTHERS), None)
    if at is None:
        return None
    start, end = at, at + 1
    while start and tokens[start - 1].text in BESIDE | NO and not tokens[start - 1].pause:
        start -= 1
    while end < len(tokens) and tokens[end].text in BESIDE | NO and not tokens[end - 1].pause:
        end += 1
    refused = any(token.text in NO for token in tokens[start:end])
    told = any(not start <= find.start < end for find in message.slots.finds)
    ends = end == len(tokens) or bool(tokens[end - 1].pause)
    return (start, end) if refused and told and ends else None
