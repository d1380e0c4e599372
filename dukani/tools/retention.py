"""Deletes, once a night, what is older than the settings keep it; kind after kind, in batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog

from dukani.core.services import Services
from dukani.core.settings import Retention
from dukani.core.store import retention, retention_runs
from dukani.domain.attachments import attachments_of
from dukani.tools.media import path_of_attachment

log = structlog.get_logger()

AT_ONCE = 5000  # rows deleted in one transaction
CHATS_AT_ONCE = 100
FILES_AT_ONCE = 200
THE_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def days_of(settings: Retention) -> Mapping[str, int]:
    """For how many days each kind is kept, in the order in which they are deleted."""
    return {name.removesuffix("_days"): days for name, days in settings.model_dump().items()}


async def delete_what_is_old(services: Services, *, now: datetime | None = None) -> dict[str, int]:
    """Delete all that is too old; how many of each kind. A kind that fails keeps no other back.

    Raises the last error after all kinds were tried.
    """
    now = now or datetime.now(UTC)
    removed: dict[str, int] = {}
    failed: Exception | None = None
    for kind, days in days_of(services.settings.retention).items():
        try:
            removed[kind] = await _delete(services, kind, days=days, now=now)
        except Exception as error:
            log.exception("retention_failed", kind=kind)
            failed = error
    log.info("retention_done", **removed)
    if failed is not None:
        raise failed
    return removed


async def _delete(services: Services, kind: str, *, days: int, now: datetime) -> int:
    before = now - timedelta(days=days)
    async with services.database.system_connection() as conn:
        done_until = await retention_runs.begin(conn, kind=kind, now=now, days=days)
    since = done_until or THE_BEGINNING
    if kind in _EMPTYING:
        number = await _EMPTYING[kind](services, now, since, before)
    else:
        number = await _delete_rows(services, kind, now, before)
    async with services.database.system_connection() as conn:
        await retention_runs.finish(conn, kind=kind, until=before if kind in _EMPTYING else None)
    if number:
        log.info("retention_deleted", kind=kind, days=days, rows=number)
    return number


async def _delete_rows(services: Services, kind: str, now: datetime, before: datetime) -> int:
    number, last = 0, AT_ONCE
    while last == AT_ONCE:
        async with services.database.system_connection() as conn:
            removed = await retention.delete_some(conn, kind, before=before, most=AT_ONCE)
            await retention_runs.note(conn, kind=kind, now=now, removed=removed)
        last = sum(removed.values())
        number += last
    return number


async def _forget(services: Services, now: datetime, since: datetime, before: datetime) -> int:
    number = 0
    until: datetime | None = since
    while until is not None:
        async with services.database.system_connection() as conn:
            batch = await retention.forget_understanding(
                conn, since=until, before=before, most=AT_ONCE
            )
            await retention_runs.note(
                conn, kind="understanding", now=now, removed=batch.removed, until=batch.until
            )
        until = batch.until
        number += sum(batch.removed.values())
    return number


async def _remove_files(
    services: Services, now: datetime, since: datetime, before: datetime
) -> int:
    """Files first: a run that is broken off finds their messages again."""
    number = 0
    while True:
        async with services.database.system_connection() as conn:
            old = await retention.old_files(conn, since=since, before=before, most=FILES_AT_ONCE)
        for one in old:
            for path in _paths(one):
                await services.media.remove(path)
        removed: dict[str, int] = {}
        for one in old:
            removed[one.boutique_id] = removed.get(one.boutique_id, 0) + 1
        async with services.database.system_connection() as conn:
            await retention.without_files(conn, old)
            until = old[-1].created_at if old else None
            await retention_runs.note(conn, kind="media", now=now, removed=removed, until=until)
        number += len(old)
        if until is None:
            return number
        since = until


def _paths(one: retention.OldFile) -> list[str]:
    """The message's file, and those beside it that its row does not name."""
    further = [
        path_of_attachment(one.boutique_id, one.message_id, each.number)
        for each in attachments_of(one.message_id, one.kind, one.payload)
        if each.number > 0
    ]
    return [one.media_path, *further]


async def _empty_chats(services: Services, now: datetime, since: datetime, before: datetime) -> int:
    number, chats = 0, 1
    while chats:
        async with services.database.system_connection() as conn:
            removed, chats = await retention.empty_silent_chats(
                conn, now=now, before=before, most=CHATS_AT_ONCE
            )
            await retention_runs.note(conn, kind="texts", now=now, removed=removed)
        number += sum(removed.values())
    return number


_EMPTYING: Mapping[str, Callable[[Services, datetime, datetime, datetime], Awaitable[int]]] = {
    "understanding": _forget,
    "media": _remove_files,
    "texts": _empty_chats,
}
