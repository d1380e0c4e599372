"""Writes the question which of several edits a message meant, each told by what would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from dukani.agent.facts import AskReading, Change, Line, SayOtherwise, Voice
from dukani.agent.wording.editing import counted, parts_of, split_of
from dukani.agent.wording.markup import lines, listed
from dukani.agent.wording.names import variant_phrase
from dukani.agent.wording.pieces import piece
from dukani.agent.wording.registry import words
from dukani.domain.acts import Language


@words(AskReading, "en")
def ask_reading_en(fact: AskReading, _voice: Voice) -> str:
    head = "Which of these did you mean?" if fact.again else "I'm not quite sure. Did you mean:"
    return lines(
        head,
        _numbered(fact, _to_do_en, last="and"),
        "Reply with its number, or say it in other words. I have changed nothing yet.",
    )


@words(AskReading, "sw")
def ask_reading_sw(fact: AskReading, _voice: Voice) -> str:
    head = "Ulimaanisha lipi kati ya haya?" if fact.again else "Sina uhakika. Ulimaanisha:"
    return lines(
        head,
        _numbered(fact, _to_do_sw, last="na"),
        "Andika namba yake, au niambie kwa maneno mengine. Bado sijabadilisha chochote.",
    )


@words(SayOtherwise, "en")
def say_otherwise_en(_fact: SayOtherwise, _voice: Voice) -> str:
    return "All right, I've changed nothing. Please tell me in other words what to change."


@words(SayOtherwise, "sw")
def say_otherwise_sw(_fact: SayOtherwise, _voice: Voice) -> str:
    return "Sawa, sijabadilisha chochote. Niambie kwa maneno mengine nibadilishe nini."


def _numbered(fact: AskReading, told: Callable[[Sequence[Change]], str], *, last: str) -> str:
    """The readings, numbered: `1. take out the *Linen Dress* (black, size M)`."""
    return "\n".join(
        f"{number}. {listed(_things(changes, told), last=last)}"
        for number, changes in enumerate(fact.readings, start=1)
    )


def _things(changes: Sequence[Change], told: Callable[[Sequence[Change]], str]) -> list[str]:
    """What is to be done, one thing for each line; what stays as it is is left out."""
    done = [change for change in changes if change.what in ("added", "changed", "removed")]
    return [told(list(group)) for _, group in groupby(done, key=split_of)]


def _to_do_en(changes: Sequence[Change]) -> str:
    line, before = changes[0].line, changes[0].before
    assert line is not None  # only what is done is told
    if changes[0].what == "removed":
        return f"take out {_the(line)}"
    if before is None:
        return f"add {counted(line, 'en')}"
    if len(changes) > 1:
        return f"change {_the(before)} to {parts_of(changes, 'en', last='and')}"
    if _only_counted(before, line):
        named = piece(line.name, line.colour, line.size, "en")
        return f"make the {named} {line.quantity}, not {before.quantity}"
    return f"change {_the(before)} to {_now(before, line, 'en')}"


def _to_do_sw(changes: Sequence[Change]) -> str:
    line, before = changes[0].line, changes[0].before
    assert line is not None  # only what is done is told
    if changes[0].what == "removed":
        return f"kuondoa {counted(line, 'sw')}"
    if before is None:
        return f"kuongeza {counted(line, 'sw')}"
    if len(changes) > 1:
        return f"kubadilisha {counted(before, 'sw')} ziwe {parts_of(changes, 'sw', last='na')}"
    become = "iwe" if line.quantity == 1 else "ziwe"
    if _only_counted(before, line):
        named = piece(line.name, line.colour, line.size, "sw")
        return f"{named} {become} {line.quantity} badala ya {before.quantity}"
    return f"kubadilisha {counted(before, 'sw')} {become} {_now(before, line, 'sw')}"


def _the(line: Line) -> str:
    return f"the {counted(line, 'en')}" if line.quantity == 1 else counted(line, "en")


def _only_counted(before: Line, line: Line) -> bool:
    return (before.name, before.colour, before.size) == (line.name, line.colour, line.size)


def _now(before: Line, line: Line, language: Language) -> str:
    """What a line becomes: `red, size L`; another piece, or another count, by its name."""
    if before.name != line.name or before.quantity != line.quantity:
        return counted(line, language, before=before)
    return variant_phrase(
        line.colour if before.colour != line.colour else None,
        line.size if before.size != line.size else None,
        language,
    )
