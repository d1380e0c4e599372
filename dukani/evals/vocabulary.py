"""Finds unknown names in evaluation files, before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dukani.evals.checks import KNOWN_CHECKS, KNOWN_VALUES, check_called
from dukani.evals.checks.differences import listed
from dukani.evals.dialogue_file import EVENTS, Dialogue, event_called
from dukani.evals.files import BadEvalFile
from dukani.evals.intents import alternatives, kind_of, slot_of
from dukani.evals.neutral import KINDS, SLOTS
from dukani.evals.utterance_file import Utterance


@dataclass(frozen=True, slots=True)
class Unknown:
    """An unknown name; `what` is an intent, a slot, a check, a check's value, or an event."""

    place: str
    what: str
    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place}: the {self.what} {self.name!r} is not known"


def unknown_in_utterances(utterances: Iterable[Utterance]) -> list[Unknown]:
    return [unknown for utterance in utterances for unknown in _of_utterance(utterance)]


def unknown_in_dialogues(dialogues: Iterable[Dialogue]) -> list[Unknown]:
    return [unknown for dialogue in dialogues for unknown in _of_dialogue(dialogue)]


def refusal(path: Path, unknown: Sequence[Unknown]) -> BadEvalFile:
    """An error that lists the unknown names with their places, and the known ones of each kind."""
    known = {one.what: one.known for one in unknown}
    return BadEvalFile(
        "\n".join((
            f"{path}: names that are not known (--lenient goes on without them)",
            *(f"  {one}" for one in unknown),
            *(f"known of {what}: {', '.join(sorted(names))}" for what, names in known.items()),
        ))
    )  # fmt: skip


def _of_utterance(utterance: Utterance) -> Iterator[Unknown]:
    place = f"utterance {utterance.id}"
    for intent in utterance.expect.intent:
        for name in alternatives(intent) or (intent,):
            if kind_of(name) is None:
                yield Unknown(place, "intent", name, tuple(KINDS))
    for slot in utterance.expect.slots:
        if slot_of(slot) is None:
            yield Unknown(place, "slot", slot, tuple(SLOTS))


def _of_dialogue(dialogue: Dialogue) -> Iterator[Unknown]:
    for number, turn in enumerate(dialogue.turns, start=1):
        place = f"dialogue {dialogue.id}, turn {number}"
        if turn.event is not None and event_called(turn.event.type) is None:
            yield Unknown(place, "event", turn.event.type, tuple(EVENTS))
        yield from _of_checks(place, turn.then)
    yield from _of_checks(f"dialogue {dialogue.id}, finally", dialogue.expect_final)


def _of_checks(place: str, checks: Mapping[str, Any]) -> Iterator[Unknown]:
    for name, expected in checks.items():
        called = check_called(name)
        if called is None:
            yield Unknown(place, "check", name, KNOWN_CHECKS)
            continue
        known = KNOWN_VALUES.get(called, ())
        for value in listed(expected) if known else ():
            if value not in known:
                yield Unknown(place, f"value of {called}", str(value), known)
