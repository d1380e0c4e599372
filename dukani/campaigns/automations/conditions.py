"""What an owner asks of the cart, order, piece and customer, beside the event itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.automation_situations import Situation
from dukani.domain.automations import RuleDefinition

_WITH_A_TOTAL = ("cart", "window_cart", "order")


def fulfilled(definition: RuleDefinition, stands: Situation, enrolment: Enrolment) -> bool:
    """All that is asked for; the segment is asked by the database."""
    wanted = definition.conditions
    if wanted.kinds and not set(wanted.kinds) & set(stands.kinds):
        return False
    if wanted.buyers != "all" and (wanted.buyers == "new") != (stands.orders == 0):
        return False
    if stands.total_minor < (wanted.least_total_minor or 0):
        return enrolment.subject_kind not in _WITH_A_TOTAL
    if definition.trigger == "price_dropped":
        fallen = drop_percent(enrolment.facts, stands.price_minor)
        return fallen >= (wanted.least_drop_percent or 0)
    return True


def drop_percent(facts: Mapping[str, Any], now_minor: int | None) -> int:
    """How much lower it is than before the first fall, rounded down; 0 when it is not."""
    was = int(facts.get("was_minor") or 0)
    if was <= 0 or now_minor is None or now_minor >= was:
        return 0
    return (was - now_minor) * 100 // was
