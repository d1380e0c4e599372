"""Facts of the shop and of the conversation itself."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.domain.acts import Topic
from dukani.domain.opening_hours import Week
from dukani.domain.pieces import Frozen
from dukani.domain.shop_facts import ShopPlace
from dukani.domain.steps import Step


class ZoneFee(Frozen):
    """What delivery to a zone costs; days until a paid order arrives, where the shop says so."""

    name: str
    fee_minor: int
    days_min: int | None = None
    days_max: int | None = None
    pickup: bool = False  # fetched from the shop


class ShopAnswer(Fact):
    """What the boutique has set about a topic; nothing set: the shop has not said."""

    kind: Literal["shop_answer"] = "shop_answer"
    topic: Topic
    text: str | None = None  # the shop's own words, quoted as they are
    # hours
    hours: Week | None = None
    weekday: int | None = None  # asked for; 0 is Monday
    # returns
    returns_days: int | None = None  # beside the text only where the text does not say it
    # location
    places: tuple[ShopPlace, ...] = ()
    # delivery
    place: str | None = None  # asked for, as said
    zone: ZoneFee | None = None  # it is in; None: the shop will confirm the fee
    fee_minor: int | None = None  # the one fee of a boutique without zones
    zones: tuple[ZoneFee, ...] = ()  # asked for no place
    # pay_on_delivery, gift_wrap, reservation
    granted: bool | None = None
    holds_days: int | None = None

    @property
    def passed_on(self) -> bool:
        """Only the shop can say: whoever tells this fact must pass the question on."""
        asked = self.topic in ("pay_on_delivery", "gift_wrap", "reservation")
        return asked and self.granted is None


class PaymentWays(Fact):
    """How to pay here, where the shop has put it in no words of its own."""

    kind: Literal["payment_ways"] = "payment_ways"
    prompt: bool = True  # an M-Pesa prompt comes to her phone; else she pays by herself
    paybill: str | None = None
    till: str | None = None


class OffTopic(Fact):
    """Not the shop's business: say so kindly."""

    kind: Literal["off_topic"] = "off_topic"


class AssistantExplained(Fact):
    """Asked whether she talks to a machine: yes, and how to reach a person."""

    kind: Literal["assistant_explained"] = "assistant_explained"


CallReason = Literal["asked", "misunderstood"]


class HandedOff(Fact):
    """A person was called; of other hand-offs the customer is not told."""

    kind: Literal["handed_off"] = "handed_off"
    reason: CallReason


class HandedBack(Fact):
    kind: Literal["handed_back"] = "handed_back"


class OptedOut(Fact):
    kind: Literal["opted_out"] = "opted_out"


class OptedIn(Fact):
    kind: Literal["opted_in"] = "opted_in"


class StartedOver(Fact):
    kind: Literal["started_over"] = "started_over"


class Acknowledged(Fact):
    """A "no" or "ok" that asks for nothing more."""

    kind: Literal["acknowledged"] = "acknowledged"


class Unclear(Fact):
    """Not understood: say what would help at this step."""

    kind: Literal["unclear"] = "unclear"
    step: Step
    choices: tuple[str, ...] = ()


class PersonOffered(Fact):
    """The reply would be the same as the one before: other words may help, or a person."""

    kind: Literal["person_offered"] = "person_offered"
