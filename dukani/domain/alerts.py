"""Which happenings alert the shop's people, and as which kind that they may switch off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

AlertKind = Literal["new_order", "person_wanted", "payment_review", "low_stock", "template_news"]
ALERT_KINDS: tuple[AlertKind, ...] = get_args(AlertKind)

# By the kind of the domain event; the trigger `domain_events_alert` names the same.
ALERT_OF: Mapping[str, AlertKind] = {
    "order_paid": "new_order",
    "person_wanted": "person_wanted",
    "payment_in_review": "payment_review",
    "stock_low": "low_stock",
    "template_changed": "template_news",
}
