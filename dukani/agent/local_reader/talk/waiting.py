"""Reads "tell me when it is back": she waits for a piece that is sold out. Deterministic."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import read_table
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.questions import piece_asked
from dukani.domain import acts as a

_PATTERNS = read_table("waiting.toml")


def _any_of(name: str) -> str:
    return "(?:" + "|".join(_PATTERNS[name]) + ")"


_ASKS = rf"\b(?:{_any_of('asks')}|{_any_of('asks_swahili')})\b"
_WHEN = rf"{_any_of('when')}\b.{{0,50}}\b{_any_of('back')}"
_IF = rf"if\b.{{0,50}}\b{_any_of('back_if')}"
_BACK = rf"\b(?:{_WHEN}|{_IF}|{_any_of('available')}|{_any_of('back_swahili')})\b"
_POSTED = rf"\b{_any_of('posted')}\b[^.!?;,\n]*"
_WAITS = re.compile(rf"{_ASKS}.{{0,60}}?{_BACK}|{_BACK}.{{0,60}}?{_ASKS}|{_POSTED}", re.DOTALL)
_SWAHILI = re.compile(rf"\b(?:{_any_of('asks_swahili')}|{_any_of('back_swahili')})\b")
_OTHER = re.compile(rf"\b{_any_of('of_something_else')}\b")
# What ends a clause: what stands behind it, or before it, is read by itself.
_ENDS = re.compile(r"[.!?;\n]+|,|\b(?:and|but|na|lakini|then|pia)\b")
_BESIDE = re.compile(r"^(?:and|na|but)\b|\b(?:and|na|but)$", re.IGNORECASE)


def waits_in(text: str) -> tuple[str, str] | None:
    """(the words that ask to be told, the others); None: nothing of the kind is said.

    "I'll take S, and tell me when M is back": the first edit stays in the others.
    """
    plain = text.lower().replace("\u2019", "'")
    found = _WAITS.search(plain)
    if found is None:
        return None
    begins, ends = _clause_around(plain, found.start(), found.end())
    if _OTHER.search(plain, begins, ends):
        return None
    others = f"{text[:begins]} {text[ends:]}".strip(" .,;!?\n")
    return text[begins:ends].strip(), _BESIDE.sub("", others).strip()


def _clause_around(plain: str, start: int, end: int) -> tuple[int, int]:
    before = [mark.end() for mark in _ENDS.finditer(plain, 0, start)]
    after = _ENDS.search(plain, end)
    return (before[-1] if before else 0, after.start() if after else len(plain))


def waiting(message: Message) -> a.WaitForStock:
    """The act of the words that ask; which piece, as in a question about stock."""
    values = a.Values(**message.slots.values("colour", "size"))
    return a.WaitForStock(
        target=piece_asked(message, ("option", "name", "category")), values=values
    )


def in_swahili(asks: str) -> bool:
    """Whether the words that ask are Swahili, or a mix of both."""
    return bool(_SWAHILI.search(asks.lower()))
