"""Facts of the shop and of the conversation itself."""

from __future__ import annotations

from typing import Literal

from dukani.agent.acts import Step, Topic
from dukani.agent.facts.pieces import Fact


class ShopAnswer(Fact):
    """From the boutique's own settings, word for word; None: the shop has not said."""

    kind: Literal["shop_answer"] = "shop_answer"
    topic: Topic
    text: str | None = None


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
