"""Holds what a turn asks of mind and eye, and their answers, keyed by what was asked. Pure.

An answer is reused for the same words in the same context only: the key is a hash of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from dukani.agent.eye import PhotoAnalysis
from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext
from dukani.graph.looking.photo_memory import pack, unpack


@dataclass(frozen=True)
class ToRead:
    """Words for the mind to read, and their dialogue context."""

    text: str
    context: TurnContext

    @cached_property
    def key(self) -> str:
        """A hash of words and context, without the assortment.

        The assortment may change meanwhile without making a reading wrong.
        """
        around = self.context.model_dump_json(exclude={"sold"})
        return sha256(f"{self.text}\n{around}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ToPerceive:
    """Words the mind and photos (by key) the eye must process before the turn can go on.

    The answers are stored with the message `message_id`. With neither, the turn was begun ahead
    and lacks nothing but the end of the quiet time.
    """

    message_id: str
    words: tuple[ToRead, ...] = ()
    photos: tuple[str, ...] = ()

    @property
    def only_time(self) -> bool:
        return not (self.words or self.photos)


@dataclass(frozen=True, slots=True)
class Perceived:
    """Answers of mind and eye by key; None for a file that is no readable picture."""

    readings: Mapping[str, Understanding] = field(default_factory=dict)
    analyses: Mapping[str, PhotoAnalysis | None] = field(default_factory=dict)

    def merged_with(self, other: Perceived) -> Perceived:
        return Perceived({**self.readings, **other.readings}, {**self.analyses, **other.analyses})

    def as_plain(self) -> dict[str, Any]:
        """The JSON that is stored with the message until the turn is done."""
        return {
            "readings": {
                key: understanding.model_dump(mode="json", exclude_none=True)
                for key, understanding in self.readings.items()
            },
            "photos": {key: analysis and pack(analysis) for key, analysis in self.analyses.items()},
        }


def perceived_before(kept: Iterable[Mapping[str, Any] | None]) -> Perceived:
    """The answers an earlier try of the turn stored with its messages, as one."""
    perceived = Perceived()
    for plain in kept:
        if plain:
            perceived = perceived.merged_with(_parsed(plain))
    return perceived


def _parsed(plain: Mapping[str, Any]) -> Perceived:
    return Perceived(
        {key: Understanding.model_validate(u) for key, u in plain["readings"].items()},
        {key: unpack(packed) for key, packed in plain.get("photos", {}).items()},
    )
