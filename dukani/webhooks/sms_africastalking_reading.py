"""Parses what Africa's Talking posts: an SMS, a delivery report, a stop at the network's menu."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ValidationError

from dukani.core.clients.africastalking import code_of
from dukani.core.store.messages import ToldStatus
from dukani.webhooks.bodies import clean_text, digest, kept_text
from dukani.webhooks.inbound import Aside, DeliveryStatus, Inbound, InboundSms

PROVIDER = "africastalking"
MAX_FIELDS = 50
# developers.africastalking.com/docs/sms/notifications; not tried live. `Submitted` and
# `Buffered` come before `Sent` or after it, and say no more.
_STATUSES: Mapping[str, ToldStatus] = {
    "Sent": "sent",
    "Success": "delivered",
    "Rejected": "failed",
    "Failed": "failed",
    "AbsentSubscriber": "failed",
    "Expired": "failed",
}


def read_body_of(raw: bytes, *, account: str) -> Inbound:
    """What a body tells, or that it is unreadable."""
    try:
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        pairs = []
    form = {clean_text(name): clean_text(value) for name, value in pairs}
    about: dict[str, Any] = {
        "provider": PROVIDER,
        "account": account,
        "raw": form,
        "envelope": {"account": account},
    }
    try:
        return read_form(form, about)
    except ValidationError:
        about["raw"] = form or kept_text(raw)
        return Aside(
            **about,
            event_key=f"unreadable:{digest(raw)}",
            kind="unknown",
            outcome="unreadable",
        )


def read_form(form: Mapping[str, str], about: dict[str, Any]) -> Inbound:
    """Raises ValidationError for a form that is none of the three."""
    if "status" in form:
        return _report(form, about)
    if "text" in form:
        return InboundSms(
            **about, event_key=form.get("id", ""), phone=form.get("from", ""), text=form["text"]
        )
    # She stopped this sender at the network's own menu, so that no SMS would arrive any more.
    return InboundSms(
        **about,
        # Told without an id or a time: once a day is once.
        event_key=":".join(
            (
                "stopped",
                form.get("senderId", ""),
                form.get("phoneNumber", ""),
                f"{datetime.now(UTC):%Y-%m-%d}",
            )
        ),
        phone=form.get("phoneNumber", ""),
        text="STOP",
        told_by_provider=True,
    )


def _report(form: Mapping[str, str], about: dict[str, Any]) -> Inbound:
    told = form["status"]
    status, key = _STATUSES.get(told), f"{form.get('id', '')}:{told}"
    if status is None:
        return Aside(**about, event_key=key, kind="status", outcome="ignored")
    reason = form.get("failureReason") or told
    return DeliveryStatus(
        **about,
        event_key=key,
        provider_id=form.get("id", ""),
        status=status,
        error_code=code_of(reason) if status == "failed" else None,
    )
