"""Defines facts about people and the assistant: hand-off, the way back, not understood."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.domain.steps import Step

# asked: by the customer; misunderstood: by the assistant, and the customer said yes to a person.
CallReason = Literal["asked", "misunderstood"]


class HandedOff(Fact):
    """A person was called. The customer is not told of hand-offs for other reasons."""

    kind: Literal["handed_off"] = "handed_off"
    reason: CallReason


class HandedBack(Fact):
    kind: Literal["handed_back"] = "handed_back"


class Unclear(Fact):
    """The message was not understood; asks for other words, and the second time names choices."""

    kind: Literal["unclear"] = "unclear"
    step: Step
    choices: tuple[str, ...] = ()
    again: bool = False  # the message before was not understood either


class AskPerson(Fact):
    """Asks, after several messages that were not understood, whether a person shall answer."""

    kind: Literal["ask_person"] = "ask_person"


class PersonDeclined(Fact):
    """The customer goes on with the assistant; says what helps at this step."""

    kind: Literal["person_declined"] = "person_declined"
    step: Step


class PersonOffered(Fact):
    """The reply would repeat the last one word for word, so a person is offered."""

    kind: Literal["person_offered"] = "person_offered"
