"""A talk of the past: what a customer and the shop wrote, minute by minute."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Literal

from dukani.agent.facts import Fact, Voice
from dukani.agent.outcomes import Outcome, outcome_of
from dukani.agent.wording.replies import to_replies
from dukani.sandbox.history.past import Said

ANSWER_AFTER = timedelta(seconds=2)


class Talk:
    """One stretch of a conversation from `at` on; the assistant's words are its own."""

    def __init__(self, voice: Voice, *, at: datetime, rng: random.Random) -> None:
        self.began_at = self.at = at  # `at`: of the last message
        self.said: list[Said] = []
        self.outcomes: list[Outcome] = []  # of the assistant's turns
        self._voice, self._rng = voice, rng

    @property
    def first_name(self) -> str | None:
        return self._voice.customer

    def customer(self, text: str, *, photo: str | None = None) -> None:
        """She writes, or sends the picture at this path of the media store."""
        self.at += timedelta(seconds=self._rng.randint(15, 80))
        kind = "image" if photo else "text"
        self.said.append(Said("customer", self.at, text, kind=kind, media_path=photo))

    def assistant(self, *facts: Fact) -> None:
        """The assistant says these facts, as it says them today; unasked, they are news."""
        asked = any(said.inbound for said in self.said)
        purpose: Literal["reply", "utility"] = "reply" if asked else "utility"
        self.at += ANSWER_AFTER
        words = self.said[-1].body if self.said and self.said[-1].inbound else ""
        self.outcomes.append(outcome_of(facts, words=words))
        for reply in to_replies(facts, self._voice):
            if not reply.options:
                self.said.append(Said("assistant", self.at, reply.text, purpose=purpose))
                continue
            options = [option.model_dump(mode="json") for option in reply.options]
            self.said.append(
                Said(
                    "assistant",
                    self.at,
                    reply.text,
                    kind="options",
                    media_path=reply.options[0].image_path,
                    payload={"options": options},
                    purpose=purpose,
                )
            )

    def staff(self, text: str) -> None:
        """A person of the shop writes."""
        self.at += timedelta(seconds=self._rng.randint(40, 150))
        self.said.append(Said("staff", self.at, text))
