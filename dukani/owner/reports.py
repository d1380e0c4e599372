"""Tells the owner her sales of a time, and what waits for her."""

from __future__ import annotations

from datetime import timedelta

from dukani.agent.wording import owner_desk_orders as words
from dukani.core.store import conversations, owner_reports
from dukani.domain.owner_commands import Period, Sales
from dukani.owner.context import Desk

_LISTED = 10
# The unit of time, and the days before its beginning that are counted instead.
_UNITS: dict[Period, tuple[str, int]] = {
    "today": ("day", 0),
    "yesterday": ("day", 1),
    "week": ("week", 0),
    "month": ("month", 0),
}


async def tell_sales(desk: Desk, command: Sales) -> None:
    unit, days_back = _UNITS[command.period]
    report = await owner_reports.sales(desk.conn, unit=unit, days_back=days_back)
    text = words.sales_note(
        report,
        command.period,
        currency=desk.boutique.currency,
        timezone=desk.boutique.timezone,
        language=desk.language,
    )
    await desk.say(text)


async def tell_pending(desk: Desk) -> None:
    conn = desk.conn
    patience = timedelta(hours=desk.services.settings.conversation.handoff_hours)
    text = words.pending_note(
        to_send=await owner_reports.waiting_orders(
            conn, which=owner_reports.TO_SEND, limit=_LISTED
        ),
        to_be_paid=await owner_reports.waiting_orders(
            conn, which=owner_reports.TO_BE_PAID, limit=_LISTED
        ),
        to_review=await owner_reports.waiting_orders(
            conn, which=owner_reports.TO_REVIEW, limit=_LISTED
        ),
        people=await conversations.with_people(
            conn, patience=patience, owner_phone=desk.boutique.owner_phone or "", limit=_LISTED
        ),
        requests=await owner_reports.open_requests(conn, limit=_LISTED),
        currency=desk.boutique.currency,
        language=desk.language,
    )
    await desk.say(text)
