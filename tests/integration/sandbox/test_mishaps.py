"""What goes wrong in the demo is there to be mended, and can go wrong again."""

from __future__ import annotations

from pathlib import Path

from dukani.core.database import Database
from dukani.core.store import dead_letters, failed_messages, job_list, webhook_list
from dukani.core.store.webhook_list import WantedEvents
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.mishaps import let_happen, let_happen_once
from tests.factories import a_boutique
from tests.wiring import some_services


async def test_each_mishap_is_seen_and_none_of_another_shop(
    database: Database, tmp_path: Path
) -> None:
    # given
    shop = await a_boutique(database, slug=PWANI.key, whatsapp_provider="meta")

    # when things go wrong, once at the start and once more
    async with some_services(database, tmp_path) as services:
        await let_happen_once(services)
        await let_happen_once(services)
        await let_happen(services)

    # then
    async with database.system_connection() as conn:
        letters = await dead_letters.page(conn, before=None, limit=9)
        unsent = await failed_messages.page(conn, after=None, limit=9)
        jobs = await job_list.page(
            conn, state="failed", queue=None, stalled_after_s=30, before=None, limit=9
        )
        events = await webhook_list.page(conn, WantedEvents(unhandled=True), after=None, limit=9)
    assert [(one.boutique_id, one.fate) for one in letters] == [(shop, "answer")] * 2
    assert [one.boutique_id for one in unsent] == [shop] * 2
    assert [(one.task, one.boutique_id, bool(one.error)) for one in jobs] == [
        ("deliver", shop, True)
    ] * 2
    assert sorted(one.outcome for one in events) == ["ignored"] * 2 + ["unmatched"] * 2
    assert [one.attempts for one in jobs] == [6, 6]


async def test_without_the_second_shop_nothing_goes_wrong(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        await let_happen(services)
    async with database.system_connection() as conn:
        assert await dead_letters.page(conn, before=None, limit=9) == []
