"""What a shop still lacks before it can sell; pure.

What trade has shown to work needs no test: where messages come in, the webhook works, and where a
prompt was paid, M-Pesa does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dukani.core.store.shop_set_up import ShopSetUp
from dukani.domain.templates import OF_AN_ALERT

LEAST_PIECES = 5
ALERT_TEMPLATES = tuple(template.name for template in OF_AN_ALERT.values())

Step = Literal[
    "profile", "owner_phone", "hours", "delivery", "returns", "pieces", "channel", "webhook",
    "payments", "staff", "alert_templates",
]  # fmt: skip
OPTIONAL: frozenset[Step] = frozenset(("staff", "alert_templates"))


@dataclass(frozen=True, slots=True)
class Missing:
    step: Step
    done: bool
    optional: bool
    why: str | None = None  # a code, of what is not done


@dataclass(frozen=True, slots=True)
class GoLive:
    steps: tuple[Missing, ...]

    @property
    def is_complete(self) -> bool:
        return all(one.done or one.optional for one in self.steps)


def go_live(shop: ShopSetUp) -> GoLive:
    """Every step in the order in which a shop is set up."""
    found: dict[Step, str | None] = {
        "profile": None if shop.name.strip() else "no_name",
        "owner_phone": None if shop.owner_phone else "no_phone",
        "hours": None if shop.says_hours else "not_said",
        "delivery": None if shop.zones or shop.says_delivery else "no_zone",
        "returns": None if shop.says_returns else "not_said",
        "pieces": None if shop.pieces >= LEAST_PIECES else "too_few",
        "channel": _channel(shop),
        "webhook": None if shop.last_message_at else "no_message_yet",
        "payments": _payments(shop),
        "staff": None if shop.people > 1 else "alone",
        "alert_templates": _alert_templates(shop),
    }
    return GoLive(
        tuple(
            Missing(step, done=why is None, optional=step in OPTIONAL, why=why)
            for step, why in found.items()
        )
    )


def _channel(shop: ShopSetUp) -> str | None:
    if not shop.has_number:
        return "no_number"
    if shop.number_problem and shop.number_problem != "webhook_elsewhere":
        return shop.number_problem
    if shop.number_checked_at is None and shop.last_message_at is None:
        return "not_checked"
    return None


def _alert_templates(shop: ShopSetUp) -> str | None:
    """Without them WhatsApp refuses alerts to an owner who has not written for 24 hours."""
    if shop.alert_templates_approved:
        return None
    return "refused" if shop.alerts_refused else "not_approved"


def _payments(shop: ShopSetUp) -> str | None:
    if shop.pays_by == "manual":
        return None if shop.till_or_paybill else "no_till"
    if not shop.has_mpesa:
        return "no_account"
    return None if shop.paid_by_prompt else "not_tried"
