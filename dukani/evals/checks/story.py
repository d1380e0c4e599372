"""The history of a dialogue: each turn's event and texts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

RELEASE = "staff_release"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A turn: its event, if any, and the assistant's texts."""

    event: str | None
    said: tuple[str, ...]


@dataclass(slots=True)
class Story:
    chapters: list[Chapter] = field(default_factory=list)
    stopped: bool = False
    after_opt_out: int = 0  # number of the assistant's messages since the customer said stop

    def add(self, event: str | None, said: Sequence[str], *, may_answer: bool) -> None:
        self.chapters.append(Chapter(event, tuple(said)))
        self.stopped = self.stopped or not may_answer
        self.after_opt_out += len(said) if self.stopped else 0

    @property
    def last_said(self) -> tuple[str, ...]:
        """The assistant's texts in the last turn that has any."""
        return next((c.said for c in reversed(self.chapters) if c.said), ())

    def happened(self, event: str) -> bool:
        return any(chapter.event == event for chapter in self.chapters)

    def said_after(self, event: str) -> list[str]:
        """The assistant's texts from the event until the conversation was handed back."""
        words: list[str] = []
        waiting = False
        for chapter in self.chapters:
            if chapter.event == event:
                waiting = True
            elif chapter.event == RELEASE:
                waiting = False
            words += chapter.said if waiting else ()
        return words
