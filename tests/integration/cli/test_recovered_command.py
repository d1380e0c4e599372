"""`dukani recovered` and `dukani platform resume`: after the host brought the database back."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from dukani.core.crypto import new_key
from dukani.core.database import Database
from tests.factories import a_boutique
from tests.integration.cli.test_add_boutique import dukani
from tests.integration.core.audit.whole_shop import open_whole_shop

pytestmark = pytest.mark.slow  # each command starts a process


async def test_what_was_under_way_rests_until_an_admin_lets_the_shop_go_on(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    # given a shop whose database was brought back with a job to do
    open_whole_shop(superuser_url, await a_boutique(database, slug="malaika"))
    with psycopg.connect(superuser_url) as conn:
        told = conn.execute("select max(transaction_id::text::bigint) from domain_events")
        newest = told.fetchone()

    def run(*words: str) -> tuple[int, str]:
        done = dukani(
            *words, folder=tmp_path, DUKANI_DATABASE__URL=superuser_url,
            DUKANI_SECURITY__ENCRYPTION_KEYS=f'["{new_key()}"]',
        )  # fmt: skip
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def pauses() -> tuple[object, ...] | None:
        with psycopg.connect(superuser_url) as conn:
            return conn.execute("select platform_pauses from boutiques").fetchone()

    # when that is told
    code, said = run("recovered", "2026-11-28T02:00:00")

    # then the shop is paused, and readers of events go on where they were: it is the same server
    assert code == 0, said
    assert "1 boutiques are paused" in said
    [paused] = pauses() or ({},)
    assert isinstance(paused, dict) and paused.keys() == {"all", "restored"}
    with psycopg.connect(superuser_url) as conn:
        after = conn.execute(
            "select count(*) from domain_events where transaction_id::text::bigint <= %s",
            (newest or (0,)),
        ).fetchone()
    assert after is not None and after[0] > 0

    # and it goes on when an admin says so, once
    code, said = run("platform", "resume")
    assert code == 0
    assert "malaika goes on." in said
    assert pauses() == ({},)
    code, said = run("platform", "resume", "malaika")
    assert code == 1
    assert "malaika is not paused since a restore" in said
