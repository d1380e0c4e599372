"""A rule of the automations as its owner writes it: when what happens, who is written what.

`RuleDefinition` is the document in a rule's row. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from dukani.domain.acts import Language
from dukani.domain.campaigns import LocalTime

Trigger = Literal[
    "cart_abandoned", "price_dropped", "back_in_stock", "checkout_started", "payment_failed",
    "order_delivered", "view_product", "add_to_cart", "support_message",
]  # fmt: skip
# service: she must know it, or asked for it; it is not capped. marketing: an offer.
RuleClass = Literal["service", "marketing"]
SubjectKind = Literal["cart", "window_cart", "order", "product", "conversation"]
Variable = Literal["name", "product", "price", "discount", "total", "shop", "cta", "image"]
CtaKind = Literal["checkout", "product", "shop", "reply"]

TRIGGERS: tuple[Trigger, ...] = get_args(Trigger)
# What she asked for or must know; anything else is an offer, whoever writes the rule.
MAY_BE_SERVICE: frozenset[Trigger] = frozenset(
    ("payment_failed", "order_delivered", "support_message")
)
# What is said after these is no reminder to buy: that she bought does not end it.
NOT_TO_SELL: frozenset[Trigger] = frozenset(("order_delivered", "support_message"))
MAX_STEPS = 5
Texts = dict[Language, Annotated[str, Field(min_length=1, max_length=1000)]]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Conditions(_Written):
    """All must hold when the message is to leave; what is left out does not matter."""

    least_total_minor: int | None = Field(None, ge=0, description="of the cart or the order")
    least_drop_percent: int | None = Field(None, ge=1, le=90)
    kinds: tuple[str, ...] = Field((), max_length=30, description="of pieces")
    segment_id: UUID | None = None
    buyers: Literal["all", "new", "returning"] = "all"


class Cta(_Written):
    """What she is to do: `label` is the button's, in each language."""

    kind: CtaKind = "checkout"
    label: dict[Language, Annotated[str, Field(min_length=1, max_length=20)]] = {}


class Content(_Written):
    """One message, from which WhatsApp's card and the SMS are both made.

    `text` holds variables as {name}; `sms` is said instead where it goes as SMS. `fallbacks` stand
    for a variable that has no value. `template`: the shop's approved template that is sent outside
    of WhatsApp's 24 hours. `product`: the event's, or the one that suits her best.
    """

    text: Texts
    sms: Texts | None = None
    fallbacks: dict[Variable, Texts] = {}
    cta: Cta | None = Cta()
    image: Literal["none", "product", "pieces"] = "product"
    product: Literal["of_event", "best_match"] = "of_event"
    template: str | None = Field(None, max_length=512, pattern=r"^[a-z0-9_]+$")

    @model_validator(mode="after")
    def _is_said(self) -> Content:
        if not self.text:
            raise ValueError("text: write it in one language at least")
        return self


class Step(_Written):
    """`after_minutes`: since it happened, or since the cart was last changed."""

    after_minutes: int = Field(ge=0, le=30 * 24 * 60)
    message: Content


class RuleVariant(_Written):
    """One arm: its messages in place of the steps'; None or left out: as the rule has it."""

    key: str = Field(pattern=r"^[a-z0-9-]{1,20}$")
    share: float = Field(gt=0, le=1)
    messages: tuple[Content | None, ...] = Field((), max_length=MAX_STEPS)


class RuleExperiment(_Written):
    """Customers are shared out by lot, and stay where they were; the holdout gets nothing."""

    variants: tuple[RuleVariant, ...] = Field((), max_length=4)
    holdout: float = Field(0.0, ge=0, le=0.5)
    least_difference: float = Field(0.02, ge=0.001, lt=1, description="in share of customers")

    @model_validator(mode="after")
    def _adds_up(self) -> RuleExperiment:
        keys = [variant.key for variant in self.variants]
        if len(set(keys)) != len(keys):
            raise ValueError("variants: two have the same key")
        if len(keys) == 1:
            raise ValueError("variants: one alone is compared with nothing")
        if keys and abs(sum(variant.share for variant in self.variants) - 1) > 1e-6:
            raise ValueError("variants: the shares must add up to 1")
        return self


class Cap(_Written):
    """At most so many messages of this rule to one customer in so many days."""

    times: int = Field(1, ge=1, le=10)
    days: int = Field(7, ge=1, le=90)


class Hours(_Written):
    """When it may leave, in the customer's zone."""

    opens: LocalTime = time(9)
    closes: LocalTime = time(20)

    @model_validator(mode="after")
    def _is_open(self) -> Hours:
        if not time(9) <= self.opens < self.closes <= time(21):
            raise ValueError("messages leave between 09:00 and 21:00, and must have an hour")
        return self


class RuleDefinition(_Written):
    """All that an owner decides of a rule but its switch."""

    name: Annotated[
        str, StringConstraints(strip_whitespace=True), Field(min_length=1, max_length=80)
    ]
    trigger: Trigger
    rule_class: RuleClass = Field("marketing", alias="class", serialization_alias="class")
    precedence: int = Field(50, ge=1, le=100, description="of two, the higher goes")
    conditions: Conditions = Conditions()
    steps: tuple[Step, ...] = Field(min_length=1, max_length=MAX_STEPS)
    channels: Literal["whatsapp_then_sms", "whatsapp", "sms"] = "whatsapp_then_sms"
    cap: Cap = Cap()
    hours: Hours = Hours()
    experiment: RuleExperiment | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _holds_together(self) -> RuleDefinition:
        if self.rule_class == "service" and self.trigger not in MAY_BE_SERVICE:
            raise ValueError(f"class: a message of {self.trigger} is an offer, hence marketing")
        waits = [step.after_minutes for step in self.steps]
        if any(later <= earlier for earlier, later in pairwise(waits)):
            raise ValueError("steps: each must wait longer than the one before")
        return self

    def message(self, step: int, variant: str | None) -> Content:
        """What is sent at the step (from 0) to the arm."""
        arms = self.experiment.variants if self.experiment else ()
        for arm in arms:
            if arm.key == variant and step < len(arm.messages):
                return arm.messages[step] or self.steps[step].message
        return self.steps[step].message


# Why nothing is sent, in the order in which it is asked.
Reason = Literal[
    # it is over: the enrolment ends
    "rule_off", "opted_out", "bought", "replied", "erased", "held_out", "out_of_stock",
    "price_back", "nothing_left", "told_before", "conditions", "rule_cap", "too_late",
    "no_content", "no_channel", "suppressed",
    # not now: it is asked again later
    "talking", "with_person", "prompt_open", "shop_paused", "no_consent", "quiet_hours", "cooldown",
    "frequency_cap", "cool_off", "outranked", "wave", "no_tokens",
]  # fmt: skip
ENDS: frozenset[Reason] = frozenset((
    "rule_off", "opted_out", "bought", "replied", "erased", "held_out", "out_of_stock",
    "price_back", "nothing_left", "told_before", "conditions", "rule_cap", "too_late",
    "no_content", "no_channel", "suppressed",
))  # fmt: skip
SubjectOf: Mapping[Trigger, tuple[SubjectKind, ...]] = {
    "cart_abandoned": ("cart", "window_cart"),
    "price_dropped": ("product",),
    "back_in_stock": ("product",),
    "checkout_started": ("order", "cart", "window_cart"),
    "payment_failed": ("order",),
    "order_delivered": ("order",),
    "view_product": ("product",),
    "add_to_cart": ("product",),
    "support_message": ("conversation", "product"),
}
