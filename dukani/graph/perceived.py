"""What the senses are asked of a turn's messages, and what they answered. Pure.

An answer is good for exactly what was asked: words that changed, or a conversation that went on,
ask something else.
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
    """Words to be read, in the light of `context`."""

    text: str
    context: TurnContext

    @cached_property
    def key(self) -> str:
        """The same for the same words in the same conversation.

        What the shop sells may change meanwhile: a name it gives up makes no reading wrong.
        """
        around = self.context.model_dump_json(exclude={"sold"})
        return sha256(f"{self.text}\n{around}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ToPerceive:
    """What a turn still lacks: words to be read, and keys of photos to be looked at.

    The message `message_id` keeps the answers.
    """

    message_id: str
    words: tuple[ToRead, ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Perceived:
    """Answers by key; a photo that is no picture has None."""

    readings: Mapping[str, Understanding] = field(default_factory=dict)
    analyses: Mapping[str, PhotoAnalysis | None] = field(default_factory=dict)

    def with_those(self, other: Perceived) -> Perceived:
        return Perceived({**self.readings, **other.readings}, {**self.analyses, **other.analyses})

    def as_plain(self) -> dict[str, Any]:
        """As its message keeps it until the turn is done."""
        return {
            "readings": {
                key: understanding.model_dump(mode="json", exclude_none=True)
                for key, understanding in self.readings.items()
            },
            "photos": {key: analysis and pack(analysis) for key, analysis in self.analyses.items()},
        }


def perceived_before(kept: Iterable[Mapping[str, Any] | None]) -> Perceived:
    """All that the turn's messages keep of an earlier try."""
    perceived = Perceived()
    for plain in kept:
        if plain:
            perceived = perceived.with_those(_opened(plain))
    return perceived


def _opened(plain: Mapping[str, Any]) -> Perceived:
    return Perceived(
        {key: Understanding.model_validate(u) for key, u in plain["readings"].items()},
        {key: unpack(packed) for key, packed in plain.get("photos", {}).items()},
    )
