"""`dukani wallet …` shows, gives and sells message tokens."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from dukani.core.crypto import new_key
from dukani.core.database import Database
from tests.commands import dukani
from tests.factories import a_boutique

pytestmark = pytest.mark.slow  # each command starts a process

TILL = {
    "DUKANI_PLATFORM_MPESA__SHORTCODE": "600100",
    "DUKANI_PLATFORM_MPESA__CONSUMER_KEY": "key",
    "DUKANI_PLATFORM_MPESA__CONSUMER_SECRET": "secret",
    "DUKANI_PLATFORM_MPESA__PASSKEY": "pass",
    "DUKANI_SECURITY__ENCRYPTION_KEYS": f'["{new_key()}"]',
}


async def test_tokens_are_given_once_for_a_key_shown_and_sold(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    # given a shop with a phone
    await a_boutique(database, slug="malaika", owner_phone="+254722000001")

    def say(*words: str) -> str:
        done = dukani("wallet", *words, folder=tmp_path, DUKANI_DATABASE__URL=superuser_url, **TILL)
        return f"{done.returncode} {done.stdout} {done.stderr}"

    # when tokens are given, the second time by the same key
    given = [say("grant", "malaika", "2000", "--key", "welcome") for _ in range(2)]

    # then they are there once, and shown
    assert "has 2,000 tokens more: 2,000 are available" in given[0]
    assert "given those of 'welcome' before: 2,000 are available" in given[1]
    assert "2,000 tokens available" in say("show", "malaika")

    # and a prompt for more is on its way, by a worker
    assert "KES 350 for 100 tokens" in say("top-up", "malaika", "100")
    with psycopg.connect(superuser_url) as conn:
        jobs = conn.execute("select task_name from jobs.procrastinate_jobs").fetchall()
    assert ("push_top_up",) in jobs
    assert say("show", "nobody").startswith("1")
