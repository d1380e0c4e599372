"""One enrolment in a situation of which a test mentions what matters."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dukani.campaigns.automations.judging import Case
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.automation_situations import Situation
from dukani.domain.automations import Content, RuleDefinition, Step

NOON = datetime(2026, 11, 25, 9, tzinfo=UTC)  # in Nairobi
NIGHT = datetime(2026, 11, 25, 20, 30, tzinfo=UTC)
SITUATION = Situation(
    customer_id="c",
    name="Amina",
    phone="+254722000001",
    identity="+254722000001",
    is_gone=False,
    language="en",
    opted_out=False,
    may_market=True,
    suppressed=False,
    unreachable=False,
    may_sms=True,
    preferred_channel=None,
    sms_provider="twilio_sms",
    paused_channels=(),
    conversation_id="v",
    provider="twilio",
    last_inbound_at=NOON - timedelta(hours=2),
    handed_off_at=None,
    prompt_open=False,
    bought=False,
    is_over=False,
    replied_at=None,
    limited_at=None,
    limited_times=0,
    sent_of_rule=0,
    told_before=False,
    orders=0,
    available=2,
    total_minor=450000,
    price_minor=None,
    kinds=("dress",),
)
CART = Enrolment(
    id="e",
    rule_id="r",
    customer_id="c",
    subject_kind="cart",
    subject_id="k",
    facts={},
    state="active",
    step=0,
    due_at=NOON,
    counted_from=NOON - timedelta(hours=1),
    began_at=NOON - timedelta(hours=1),
    variant=None,
    held_out=False,
)
SAYS = Content(text={"en": "You left {product}."})


def a_rule(trigger: str = "cart_abandoned", **values: Any) -> RuleDefinition:
    steps = values.pop("steps", (Step(after_minutes=60, message=SAYS),))
    return RuleDefinition.model_validate(
        {"name": "Left carts", "trigger": trigger, "steps": steps, **values}
    )


def a_case(definition: RuleDefinition | None = None, **values: Any) -> Case:
    """`values`: of the situation, the enrolment or the case, by their names."""
    names = {field.name for field in fields(Situation)}
    of_enrolment = {field.name for field in fields(Enrolment)}
    stands = {name: values.pop(name) for name in list(values) if name in names}
    enrolled = {name: values.pop(name) for name in list(values) if name in of_enrolment}
    case = Case(
        enrolment=replace(CART, **enrolled),
        definition=definition or a_rule(),
        situation=replace(SITUATION, **stands),
        now=NOON,
        shop_zone="Africa/Nairobi",
        shop_paused=False,
        rule_on=True,
    )
    return replace(case, **values)
