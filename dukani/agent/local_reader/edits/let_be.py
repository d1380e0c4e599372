"""Leaves out a "wacha" that only lets a piece be otherwise: "wacha nyeusi ziwe 4 na cream 1".

"Wacha hoodie" lets the hoodie go; where it is said what it is to be, it stays. And one that lets
the customer herself do something with what alone is left: "wacha nilipe yangu tu".
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import JOINERS, ONLY
from dukani.agent.local_reader.parsing.message import Message

LETS = frozenset(("wacha", "acha", "waacha", "ebu", "hebu"))
TO_BE = frozenset((
    "iwe", "ziwe", "viwe", "yawe", "liwe", "kiwe", "uwe", "ikuwe", "zikuwe", "zikue", "ikue",
))  # fmt: skip
CRIES = frozenset((
    "ah", "aah", "ahh", "aa", "ai", "aii", "oh", "hebu", "ebu", "basi", "sawa", "sasa", "haya",
    "ok", "okay", "actually", "nimebadili", "sorry", "samahani", "no", "hapana", "zii", "lakini",
    "kwanza",
))  # fmt: skip
KEPT_FOR_ME = frozenset(("nibakishie", "tubakishie"))
MY_DOING = ("~pay", "~take", "~buy", "~choose")
NEAR = 5  # words from "wacha" to its "ziwe"
HEADS = ("name", "category")


def without_letting(message: Message) -> Message:
    """The message without such a word; unchanged where it may let a piece go."""
    if not message.context.cart:
        return message
    for at, token in enumerate(message.tokens):
        opens = token.text in LETS and not token.pause and _opens(message, at)
        if opens and (_lets_be(message, at) or _lets_me(message, at + 1)):
            return without_letting(message.without(at, at + 1))
    return message


def _opens(message: Message, at: int) -> bool:
    """Whether nothing before it in the phrase may be what it lets go: "belt wacha"."""
    tokens = message.tokens
    start = max((n + 1 for n in range(at) if tokens[n].pause), default=0)
    return all(token.text in CRIES | JOINERS | LETS for token in tokens[start:at])


def _lets_me(message: Message, at: int) -> bool:
    """Whether I am to pay, take or keep only something: "wacha nichukue nyeusi tu"."""
    if at >= len(message.tokens) or not message.says_any(ONLY):
        return False
    verb = message.tokens[at]
    mine = verb.text.startswith(("ni", "tu")) and verb.text not in KEPT_FOR_ME
    return mine and (not verb.tags.isdisjoint(MY_DOING) or "baki" in verb.text)


def _lets_be(message: Message, at: int) -> bool:
    """Whether one piece at most is named before what it is to be, and then a value is told."""
    tokens = message.tokens
    for here in range(at + 1, min(at + NEAR + 1, len(tokens))):
        if tokens[here].text in TO_BE:
            between = [find for find in message.slots.finds if at < find.start < here]
            told = any(here < find.start <= here + 2 for find in message.slots.finds)
            heads = [find for find in between if find.slot in HEADS]
            return told and len(heads) <= 1 and not any(f.slot == "quantity" for f in between)
        if tokens[here].pause or tokens[here].text in JOINERS:
            return False
    return False
