"""Which event begins which rules, for whom: from an event to enrolments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from dukani.campaigns.arms import lot
from dukani.campaigns.automations.apart import succeeds
from dukani.core.database import Connection
from dukani.core.store import (
    automation_audiences,
    automation_enrolments,
    automation_rules,
    automation_subjects,
)
from dukani.core.store.automation_enrolments import NewEnrolment
from dukani.core.store.automation_events import Heard
from dukani.core.store.automation_rules import Rule
from dukani.domain.automations import RuleDefinition, SubjectKind, SubjectOf, Trigger

MOST = 5000  # customers that one event concerns
# Of each unit that came in so many are told at once; the next hours later, if it is still there.
TOLD_PER_UNIT = 3
WAVES_APART = timedelta(hours=6)


async def hear(conn: Connection, events: Sequence[Heard]) -> None:
    """Enrols whom these events concern. An event that a rule cannot hear is passed over by it."""
    triggers = sorted({event.kind for event in events})
    rules = await automation_rules.on(conn, triggers=triggers)
    heard = [(rule, event) for event in events for rule in rules if rule.trigger == event.kind]

    async def all_at_once() -> None:
        for rule, event in heard:
            await enrol(conn, rule, event)

    if heard and not await succeeds(conn, all_at_once):
        for rule, event in heard:
            await succeeds(conn, partial(enrol, conn, rule, event), rule=rule.id, kind=event.kind)


async def enrol(conn: Connection, rule: Rule, event: Heard) -> list[str]:
    definition = RuleDefinition.model_validate(rule.definition)
    dues = await _who(conn, event)
    since = await _counted_from(conn, event)
    new = [
        _enrolment(rule, definition, event, customer_id, since + later)
        for customer_id, later in dues.items()
    ]
    return await automation_enrolments.enrol(conn, new)


async def _who(conn: Connection, event: Heard) -> Mapping[str, timedelta]:
    """Customer → how much later than the rule says."""
    now = timedelta(0)
    match event.kind:
        case "price_dropped":
            found = await automation_audiences.interested(
                conn, product_id=event.subject_id, limit=MOST
            )
            return dict.fromkeys(found, now)
        case "back_in_stock":
            found = await automation_audiences.waiting(
                conn,
                product_id=event.subject_id,
                variant_id=event.payload.get("variant_id"),
                limit=MOST,
            )
            return waves(found, units=int(event.payload.get("quantity", 1)))
        case _:
            return {event.customer_id: now} if event.customer_id else {}


def waves(waiting: Sequence[str], *, units: int) -> dict[str, timedelta]:
    """In their order: some now, the next ones a wave later each. Pure.

    Within a wave a microsecond keeps the order in which they asked.
    """
    size = max(1, units) * TOLD_PER_UNIT
    return {
        one: WAVES_APART * (place // size) + timedelta(microseconds=place)
        for place, one in enumerate(waiting)
    }


def subject_kind_of(event: Heard) -> SubjectKind:
    match event.kind:
        case "cart_abandoned":
            return "window_cart" if event.payload.get("of") == "window_cart" else "cart"
        case "checkout_started":
            if event.payload.get("by") == "mpesa":
                return "order"
            return "window_cart" if event.in_window else "cart"
        case "support_message":
            return "product" if event.payload.get("sku") else "conversation"
        case _:
            [only] = SubjectOf[cast(Trigger, event.kind)]
            return only


async def _counted_from(conn: Connection, event: Heard) -> datetime:
    """A left cart's steps are counted from its last change, which came before it was noticed."""
    if event.kind != "cart_abandoned":
        return event.occurred_at
    return event.occurred_at - await automation_subjects.cart_left_after(conn)


def _enrolment(
    rule: Rule, definition: RuleDefinition, event: Heard, customer_id: str, since: datetime
) -> NewEnrolment:
    variant, held_out = arm_of(definition, rule_id=rule.id, customer_id=customer_id)
    return NewEnrolment(
        rule_id=rule.id,
        customer_id=customer_id,
        subject_kind=subject_kind_of(event),
        subject_id=event.subject_id,
        due_at=since + timedelta(minutes=definition.steps[0].after_minutes),
        counted_from=since,
        facts=_facts(event),
        variant=variant,
        held_out=held_out,
    )


def _facts(event: Heard) -> dict[str, Any]:
    return {"event": event.kind, **event.payload}


def arm_of(
    definition: RuleDefinition, *, rule_id: str, customer_id: str
) -> tuple[str | None, bool]:
    """The variant of this customer, and whether she is held out: the same each time. Pure."""
    experiment = definition.experiment
    if experiment is None:
        return None, False
    held_out = lot(rule_id, customer_id, about="holdout") < experiment.holdout
    drawn, upto = lot(rule_id, customer_id, about="variant"), 0.0
    for variant in experiment.variants:
        upto += variant.share
        if drawn < upto:
            return variant.key, held_out
    return (experiment.variants[-1].key if experiment.variants else None), held_out
