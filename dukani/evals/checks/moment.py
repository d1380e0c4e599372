"""What can be seen after a turn: what the checks of a dialogue look at. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dukani.evals.checks.story import Story
from dukani.evals.standing import Standing


@dataclass(frozen=True, slots=True)
class Moment:
    """After a turn, or (with `final`) after the last one."""

    said: Sequence[str]  # the assistant's words: of the turn, finally of the whole dialogue
    options: frozenset[str]  # SKUs listed in them
    named: frozenset[str]  # SKUs whose name is in them
    standing: Standing
    before: Standing | None = None  # as the turn began; None: nothing had been written yet
    story: Story = field(default_factory=Story)
    final: bool = False
    cart_may_be_kept: bool = False

    @property
    def text(self) -> str:
        return plain(self.said)

    @property
    def last_reply(self) -> str:
        """The last words of the assistant, perhaps of a turn before."""
        return plain(self.story.last_said)

    @property
    def reply(self) -> str:
        """The reply a check is about: of this turn, finally the last one."""
        return self.last_reply if self.final else self.text


def plain(said: Sequence[str]) -> str:
    """All that was said: no markup, lower case, with 4,500 also as 4500."""
    words = " ".join(re.sub(r"[*_~]", "", " \n ".join(said)).lower().split())
    return f"{words} \n {re.sub(r'(?<=[0-9]),(?=[0-9]{3})', '', words)}"
