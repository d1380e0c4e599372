"""`dukani customers …` exports and erases one customer, found by number."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import psycopg
import pytest

from dukani.core.crypto import new_key
from dukani.core.database import Database
from tests.commands import dukani
from tests.factories import a_boutique, a_customer

pytestmark = pytest.mark.slow  # each command starts a process


async def test_a_customer_is_exported_and_erased_by_her_number(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    boutique = await a_boutique(database, slug="malaika")
    await a_customer(database, boutique, name="Amina", phone="+254722000111")
    key, file = new_key(), tmp_path / "amina.zip"

    def say(*words: str) -> str:
        keys = f'["{key}"]'
        done = dukani(
            *("customers", *words), folder=tmp_path, DUKANI_DATABASE__URL=superuser_url,
            DUKANI_SECURITY__ENCRYPTION_KEYS=keys,
        )  # fmt: skip
        return f"{done.returncode} {done.stdout} {done.stderr}"

    assert say("export", "malaika", "0722 000 111", str(file)).startswith("0 ")
    with zipfile.ZipFile(file) as written:
        assert json.loads(written.read("data.json"))["customers"][0]["name"] == "Amina"

    assert "Erased " in say("erase", "malaika", "0722000111", "--yes")
    assert say("erase", "malaika", "0722000111", "--yes").startswith("1")
    with psycopg.connect(superuser_url) as conn:
        assert conn.execute("select phone, name from customers").fetchall() == [(None, None)]


async def test_a_whole_boutique_is_exported_and_the_log_says_by_which_way(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    boutique = await a_boutique(database, slug="malaika")
    await a_customer(database, boutique, name="Amina", phone="+254722000111")
    file = tmp_path / "malaika.zip"

    done = dukani(
        *("boutique", "export", "malaika", str(file)), folder=tmp_path,
        DUKANI_DATABASE__URL=superuser_url,
        DUKANI_SECURITY__ENCRYPTION_KEYS=f'["{new_key()}"]',
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(file) as written:
        assert "Amina" in written.read("tables/customers.csv").decode()
    with psycopg.connect(superuser_url) as conn:
        lines = conn.execute("select actor, via, action from audit_log").fetchall()
    assert lines == [("system", "command", "boutique_export_fetched")]
