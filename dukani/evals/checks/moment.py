"""The data that a dialogue's checks look at after a turn. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dukani.evals.checks.story import Story
from dukani.evals.standing import Standing


@dataclass(frozen=True, slots=True)
class Moment:
    """The state after a turn, or (with `final`) after the last turn."""

    said: Sequence[str]  # the assistant's texts: of the turn, finally of the whole dialogue
    options: frozenset[str]  # SKUs listed in the texts
    named: frozenset[str]  # SKUs whose names are in the texts
    standing: Standing
    before: Standing | None = None  # at the turn's beginning; None: before the first message
    story: Story = field(default_factory=Story)
    final: bool = False
    cart_may_be_kept: bool = False

    @property
    def text(self) -> str:
        return plain(self.said)

    @property
    def last_reply(self) -> str:
        """The assistant's last text, perhaps of an earlier turn."""
        return plain(self.story.last_said)

    @property
    def reply(self) -> str:
        """The reply that a check is about: this turn's, finally the last one."""
        return self.last_reply if self.final else self.text


def plain(said: Sequence[str]) -> str:
    """The texts without markup, in lower case, with 4,500 also as 4500."""
    words = " ".join(re.sub(r"[*_~]", "", " \n ".join(said)).lower().split())
    return f"{words} \n {re.sub(r'(?<=[0-9]),(?=[0-9]{3})', '', words)}"
