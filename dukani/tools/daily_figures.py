"""Writes the figures of the days that are over, so that a page reads a row a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from dukani.core.services import Services
from dukani.core.store import boutiques
from dukani.core.store.figures import days
from dukani.core.store.figures.days import OVER_FOR, Span

log = structlog.get_logger()

AT_ONCE = 31  # days in one transaction


async def write_every_boutique(services: Services) -> int:
    """Of all boutiques, closed ones too; returns how many days were written.

    A boutique that fails keeps no other back. Raises the last error after all were tried.
    """
    async with services.database.system_connection() as conn:
        shops = await boutiques.every(conn)
    written = 0
    failed: Exception | None = None
    for shop in shops:
        try:
            zone = ZoneInfo(shop.timezone)
            written += await write_boutique(services, boutique_id=shop.id, zone=zone)
        except Exception as error:
            log.exception("daily_figures_failed", boutique=shop.id)
            failed = error
    if failed is not None:
        raise failed
    return written


async def write_boutique(
    services: Services, *, boutique_id: str, zone: ZoneInfo, now: datetime | None = None
) -> int:
    """Writes what is not written of the days before now, and anew what has changed of them."""
    end = ((now or datetime.now(UTC)) - OVER_FOR).astimezone(zone).date()  # not over yet
    written = 0
    for first in await _beginnings(services, boutique_id, zone, end):
        last = min(first + timedelta(days=AT_ONCE), end)
        # One at a time in a boutique: a second one finds the days written.
        async with services.database.tenant_connection(
            boutique_id, partition=f"figures:{boutique_id}", long=True
        ) as conn:
            if await days.zone_of(conn) != zone.key:
                return written  # its days are others now, and written the next time
            changed = await days.take_changed(conn)
            there = await days.written(conn, first=first, end=last)
            lacking = [day for day in _each(first, last) if day not in there]
            for span in _months([*lacking, *changed], zone):
                await days.write(conn, span, days=_within([*lacking, *changed], span))
            written += len({*lacking, *changed})
    if written:
        log.info("daily_figures_written", boutique=boutique_id, days=written)
    return written


async def _beginnings(
    services: Services, boutique_id: str, zone: ZoneInfo, end: date
) -> list[date]:
    """The first days of the spans that lack something; one at least, for what has changed."""
    async with services.database.tenant_connection(boutique_id) as conn:
        first = await days.first_day(conn, zone=zone)
        if first is None or first >= end:
            return []
        there = await days.written(conn, first=first, end=end)
    lacking = [day for day in _each(first, end) if day not in there]
    if not lacking:
        return []
    beginnings = [lacking[0]]
    for day in lacking:
        if day >= beginnings[-1] + timedelta(days=AT_ONCE):
            beginnings.append(day)
    return beginnings


def _each(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += timedelta(days=1)


def _months(chosen: Sequence[date], zone: ZoneInfo) -> Iterator[Span]:
    """Spans of at most `AT_ONCE` days that hold the days."""
    rest = sorted(set(chosen))
    while rest:
        end = rest[0] + timedelta(days=AT_ONCE)
        held = [day for day in rest if day < end]
        yield Span(held[0], held[-1] + timedelta(days=1), zone)
        rest = rest[len(held) :]


def _within(chosen: Sequence[date], span: Span) -> list[date]:
    return sorted({day for day in chosen if span.first <= day < span.end})
