"""Strips conditions about stock: "if you have the red I'll take two", "kuna X? kama iko nachukua".

The customer means to order, and the shop checks the stock anyway. So the words of the condition
are dropped, and the rest is read as a plain order.
"""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.cues import find_cues
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.slots import find_slots

IF = word_set("supposing", "if")
THERE = word_set("supposing", "there")
YOU = word_set("supposing", "you")
CURIOUS = word_set("questions", "curious")
TAKING = ("~take", "~buy", "~give", "~put", "~bring", "~want", "~like")
HEADS = ("name", "category", "colour", "size", "option", "pattern")
LACKING = frozenset(("not", "hakuna", "haipo", "hazipo", "hamna", "haiko", "dont", "isnt"))
FARTHEST = 4


def without_condition(message: Message) -> Message:
    """The message without its condition; unchanged where there is none."""
    message = _without_politeness(message)
    at = _condition(message)
    if at is None or message.tagged("~remove", "~change", "~add") or not _says_piece(message):
        return message
    behind = (here for here in range(at, len(message.tokens)) if _takes(message.tokens[here]))
    taken = next(behind, len(message.tokens))
    dropped = {here for here in range(len(message.tokens)) if _only_supposes(message, here, at)}
    tokens = tuple(
        replace(token, asked=False, pause=0 if here < taken else token.pause)
        for here, token in enumerate(message.tokens)
        if here not in dropped
    )
    slots = find_slots(tokens, message.context)
    return replace(message, tokens=tokens, cues=find_cues(tokens), slots=slots)


def _without_politeness(message: Message) -> Message:
    """The message without "if it's not too late" at its end."""
    texts = [token.text for token in message.tokens]
    at = next((i for i in range(len(texts) - 1, 0, -1) if texts[i] in IF), None)
    if at is None or not (message.context.cart and message.slots.finds):
        return message
    if (
        "late" not in texts[at:]
        and "haijachelewa" not in texts[at:]
        and "sijachelewa" not in texts[at:]
    ):
        return message
    tokens = message.tokens[:at]
    return replace(
        message, tokens=tokens, cues=find_cues(tokens), slots=find_slots(tokens, message.context)
    )


def _says_piece(message: Message) -> bool:
    return any(find.slot in HEADS for find in message.slots.finds)


def _condition(message: Message) -> int | None:
    """The place of an "if" about stock that is followed by an order."""
    for at, token in enumerate(message.tokens):
        if token.text not in IF or _wonders(message, at):
            continue
        near = message.tokens[at + 1 : at + 1 + FARTHEST]
        there = any(_is_there(one) for one in near)
        taken = any(_takes(one) for one in message.tokens[at + 1 :])
        lacking = any(one.text in LACKING for one in near)
        if there and (taken or (_wished_before(message, at) and not lacking)):
            return at
    return None


def _wished_before(message: Message, at: int) -> bool:
    """Whether a piece and its value stand before the "if": "levis 32 blue kama iko na …"."""
    said = {find.slot for find in message.slots.finds if find.end <= at}
    asked = any(token.asked for token in message.tokens)
    alone = message.context.focus is not None or len(message.context.options) == 1
    headed = alone or bool(said & {"name", "category"})
    return headed and bool(said & {"colour", "size"}) and not asked


def _wonders(message: Message, at: int) -> bool:
    """Whether "if" belongs to a question: "kuuliza kama mko na", "know if you have"."""
    return any(token.text in CURIOUS for token in message.tokens[max(0, at - 2) : at])


def _takes(token: Token) -> bool:
    return not token.tags.isdisjoint(TAKING)


def _is_there(token: Token) -> bool:
    return token.text in THERE or "@yes" in token.tags


def _only_supposes(message: Message, here: int, condition: int) -> bool:
    """Whether the word belongs to the condition: "if", "you have", "is there"."""
    token = message.tokens[here]
    if here == condition or (token.text in THERE and not _takes_behind(message, here)):
        return True
    if token.text in ("it", "them") and here > condition and _is_there(message.tokens[here - 1]):
        return True
    return token.text in YOU and here + 1 < len(message.tokens) and _supposed_next(message, here)


def _supposed_next(message: Message, here: int) -> bool:
    return message.tokens[here + 1].text in THERE


def _takes_behind(message: Message, here: int) -> bool:
    """Whether "have" orders, as in "I'll have two"."""
    before = message.tokens[here - 1].text if here else ""
    return before in ("ill", "i", "id", "will")
