"""By which channels a message may go to somebody, the better first, and why not by others. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dukani.core.store.automation_sends import Channel
from dukani.core.store.automation_situations import Situation
from dukani.domain.automations import RuleDefinition
from dukani.tools.sending_rules import is_window_open

WhyNot = Literal[
    "not_of_this_rule", "paused", "unreachable", "no_phone", "no_sender", "no_consent",
    "no_template",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ways:
    """`open`: in the order in which they are tried."""

    open: tuple[Channel, ...]
    closed: Mapping[Channel, WhyNot] = field(default_factory=dict)

    @property
    def waits_for_consent(self) -> bool:
        """Nothing but her consent to SMS is missing."""
        return not self.open and self.closed.get("sms") == "no_consent"


def ways_to(
    stands: Situation, definition: RuleDefinition, *, has_template: bool, now: datetime
) -> Ways:
    """WhatsApp first, unless she prefers SMS or the rule is of SMS alone."""
    closed: dict[Channel, WhyNot] = {}
    whatsapp = _not_by_whatsapp(stands, definition, has_template=has_template, now=now)
    sms = _not_by_sms(stands, definition)
    if whatsapp:
        closed["whatsapp"] = whatsapp
    if sms:
        closed["sms"] = sms
    order: tuple[Channel, ...] = (
        ("sms", "whatsapp") if stands.preferred_channel == "sms" else ("whatsapp", "sms")
    )
    return Ways(tuple(one for one in order if one not in closed), closed)


def _not_by_whatsapp(
    stands: Situation, definition: RuleDefinition, *, has_template: bool, now: datetime
) -> WhyNot | None:
    if definition.channels == "sms":
        return "not_of_this_rule"
    if "whatsapp" in stands.paused_channels:
        return "paused"
    if stands.unreachable:
        return "unreachable"
    if not is_window_open(stands.last_inbound_at, now) and not has_template:
        return "no_template"
    return None


def _not_by_sms(stands: Situation, definition: RuleDefinition) -> WhyNot | None:
    if definition.channels == "whatsapp":
        return "not_of_this_rule"
    if stands.sms_provider is None:
        return "no_sender"
    if "sms" in stands.paused_channels:
        return "paused"
    if stands.phone is None:
        return "no_phone"
    return None if stands.may_sms else "no_consent"
