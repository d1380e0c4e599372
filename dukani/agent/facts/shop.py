"""Defines facts about the shop and about the conversation: opt-out, starting over."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact
from dukani.domain.acts import Topic
from dukani.domain.next_opening import Opening
from dukani.domain.opening_hours import Week
from dukani.domain.pieces import Frozen
from dukani.domain.shop_facts import ShopPlace


class ZoneFee(Frozen):
    """The delivery fee of a zone, and the days until a paid order arrives, if the shop says so."""

    name: str
    fee_minor: int
    days_min: int | None = None
    days_max: int | None = None
    pickup: bool = False  # the customer fetches the order from the shop


class ShopAnswer(Fact):
    """The shop's settings on a topic; all None: the shop has not said."""

    kind: Literal["shop_answer"] = "shop_answer"
    topic: Topic
    text: str | None = None  # the shop's own words, quoted as they are
    # hours
    hours: Week | None = None
    weekday: int | None = None  # the weekday asked about; 0 is Monday
    # returns
    returns_days: int | None = None  # with `text`, only if the text does not name the days
    # location
    places: tuple[ShopPlace, ...] = ()
    # delivery
    place: str | None = None  # the place asked about, as said
    zone: ZoneFee | None = None  # the zone of that place; None: the shop will confirm the fee
    fee_minor: int | None = None  # the one fee of a boutique without zones
    zones: tuple[ZoneFee, ...] = ()  # all zones, where no place was asked about
    # pay_on_delivery, gift_wrap, reservation
    granted: bool | None = None
    holds_days: int | None = None
    # where the question is passed on
    opens: Opening | None = None  # None: the shop's hours are not known

    @property
    def passed_on(self) -> bool:
        """Whether only the shop can answer; then the node must pass the question on."""
        asked = self.topic in ("pay_on_delivery", "gift_wrap", "reservation")
        return asked and self.granted is None


class PaymentWays(Fact):
    """The ways to pay, where the shop has no text of its own on that."""

    kind: Literal["payment_ways"] = "payment_ways"
    prompt: bool = True  # an M-Pesa prompt is sent; False: the customer pays to till or paybill
    paybill: str | None = None
    till: str | None = None


class OffTopic(Fact):
    """The question is not about the shop."""

    kind: Literal["off_topic"] = "off_topic"


class AssistantExplained(Fact):
    """Answers "are you a bot?": yes, and how to reach a person."""

    kind: Literal["assistant_explained"] = "assistant_explained"


class OptedOut(Fact):
    kind: Literal["opted_out"] = "opted_out"


class OptedIn(Fact):
    kind: Literal["opted_in"] = "opted_in"


class StartedOver(Fact):
    kind: Literal["started_over"] = "started_over"


class Acknowledged(Fact):
    """A "no" or "ok" that asks for nothing more."""

    kind: Literal["acknowledged"] = "acknowledged"
