"""Defines facts about people and the assistant: hand-off, the way back, not understood."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.core.store.wearers import Relation
from dukani.domain.next_opening import Opening
from dukani.domain.steps import Step

# asked: by the customer; misunderstood: by the assistant, and the customer said yes to a person.
CallReason = Literal["asked", "misunderstood"]


class HandedOff(Fact):
    """A person was called. `opens` decides what is promised."""

    kind: Literal["handed_off"] = "handed_off"
    reason: CallReason
    opens: Opening | None = None  # None: the shop's hours are not known


class PersonWrites(Fact):
    """A person wrote first, by answering a note; the assistant is silent from now on."""

    kind: Literal["person_writes"] = "person_writes"


class StillWaiting(Fact):
    """The customer waits for a person who has not answered; reminds of the way back, once."""

    kind: Literal["still_waiting"] = "still_waiting"
    opens: Opening | None = None


class ShopPaused(Fact):
    """The assistant is paused, by the owner or by the platform: a person answers this customer."""

    kind: Literal["shop_paused"] = "shop_paused"
    by_platform: bool = False  # no new orders are taken then


class HandedBack(Fact):
    kind: Literal["handed_back"] = "handed_back"


class WaitedInVain(Fact):
    """Nobody of the shop answered, and the assistant takes over again."""

    kind: Literal["waited_in_vain"] = "waited_in_vain"


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


class WearerNoted(Fact):
    """For whom the next pieces are; without a relation: for the customer herself."""

    kind: Literal["wearer_noted"] = "wearer_noted"
    relation: Relation | None = None
    name: str | None = None
