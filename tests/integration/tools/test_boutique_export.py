"""A boutique's file holds every table and file of it, nothing of another, and no way in."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import boutique_exports, boutique_tables
from dukani.tools.boutique_export import job, writing
from dukani.tools.boutique_export.writing import Progress
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.wiring import some_services

# Named like a way in, and none.
HARMLESS = {
    "api_keys.begins_with", "customer_totals.name_key", "owner_sessions.pending",
    "webhook_events.event_key", "collages.key", "piece_import_rows.key", "wallet_holds.key",
    "wallet_transfers.key", "wallet_top_ups.tokens", "wallet_transfers.tokens",
    "wallet_entries.tokens", "campaign_recipients.tokens", "token_usage.input_tokens",
    "token_usage.output_tokens", "daily_models.input_tokens", "daily_models.output_tokens",
    "statement_lines.digest",
}  # fmt: skip


async def the_file(services: Services, boutique: str) -> zipfile.ZipFile:
    progress = Progress()
    parts = [
        part
        async for part in writing.written(services, boutique_id=boutique, progress=progress)
        if part
    ]
    return zipfile.ZipFile(io.BytesIO(b"".join(parts)))


def rows(file: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    text = file.read(f"tables/{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


async def test_every_table_is_in_it_with_the_boutiques_rows_alone(
    services: Services, superuser_url: str
) -> None:
    # given two boutiques with a row in every table
    mine, other = await a_boutique(services.database), await a_boutique(services.database)
    for boutique in (mine, other):
        await fill_every_table(superuser_url, boutique)

    file = await the_file(services, mine)

    # then each table with a boutique's rows has its file, and each row is mine
    with psycopg.connect(superuser_url) as conn:
        tables = {
            name
            for (name,) in conn.execute(
                "select table_name from information_schema.columns"
                " where table_schema = 'public' and column_name = 'boutique_id'"
            )
        }
    wanted = (tables | {"boutiques"}) - boutique_tables.LEFT_OUT_TABLES
    names = {name for name in file.namelist() if name.startswith("tables/")}
    assert names == {f"tables/{table}.csv" for table in wanted}
    manifest = json.loads(file.read("manifest.json"))
    for table in wanted:
        found = rows(file, table)
        assert found, f"{table}: add a row to tests/every_table.py"
        assert {row["id" if table == "boutiques" else "boutique_id"] for row in found} == {mine}
        assert manifest["tables"][table] == len(found)
    whole = b"".join(file.read(name) for name in file.namelist())
    assert other.encode() not in whole
    assert file.testzip() is None and "README.txt" in file.namelist()


async def test_no_secret_is_in_it(services: Services) -> None:
    """By the names of the columns, so that a new one must be thought of."""
    async with services.database.system_connection() as conn:
        tables = await boutique_tables.of_a_boutique(conn)
    telling = re.compile(r"secret|digest|token|password|p256dh|^auth$|endpoint$|(^|_)key$")
    shown = {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if telling.search(column.name)
    }
    assert shown - HARMLESS == {"provider_credentials.marketing_endpoint"}  # yes or no


async def test_files_are_in_it_once_and_missing_ones_are_named(
    services: Services, superuser_url: str
) -> None:
    # given a picture that two rows name, and one that the store has lost
    boutique = await a_boutique(services.database)
    await fill_every_table(superuser_url, boutique)
    picture = f"{boutique}/a.jpg"
    await services.media.put(picture, b"a picture", "image/jpeg")
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update messages set media_path = %s where boutique_id = %s", (picture, boutique)
        )

    file = await the_file(services, boutique)

    assert [name for name in file.namelist() if name == "media/a.jpg"] == ["media/a.jpg"]
    assert file.read("media/a.jpg") == b"a picture"
    manifest = json.loads(file.read("manifest.json"))
    assert manifest["files"] == 1
    assert f"{boutique}/collages/a.jpg" in manifest["missing_files"]


async def test_nothing_in_it_runs_as_a_formula(services: Services, superuser_url: str) -> None:
    boutique = await a_boutique(services.database)
    await fill_every_table(superuser_url, boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update customers set name = '=cmd()' where boutique_id = %s", (boutique,))

    file = await the_file(services, boutique)

    assert rows(file, "customers")[0]["name"] == "'=cmd()"
    # and a number below zero stays a number
    assert "-1000" in {row["amount_minor"] for row in rows(file, "credit_entries")}


async def test_parts_leave_before_all_is_written(
    services: Services, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits in memory is a part, however large the shop is."""
    boutique = await a_boutique(services.database)
    monkeypatch.setattr(writing, "PART", 64 * 1024)
    for number in range(8):
        await services.media.put(f"{boutique}/{number}.jpg", bytes(40_000), "image/jpeg")
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "with piece as (insert into products (boutique_id, sku, name, category, price_minor)"
            " values (%(b)s, 'A', 'A', 'dress', 1) returning id)"
            " insert into product_images (boutique_id, product_id, path)"
            " select %(b)s, id, %(b)s || '/' || n || '.jpg' from piece, generate_series(0, 7) n",
            {"b": boutique},
        )

    sizes = [
        len(part)
        async for part in writing.written(services, boutique_id=boutique, progress=Progress())
        if part
    ]

    assert len(sizes) >= 4
    assert max(sizes) < 3 * 64 * 1024


async def test_the_job_writes_it_and_its_day_ends(services: Services, superuser_url: str) -> None:
    # given an export that was asked for, and broken off once
    boutique = await a_boutique(services.database)
    await fill_every_table(superuser_url, boutique)
    async with services.database.tenant_connection(boutique) as conn:
        asked = await job.ask(conn, boutique_id=boutique, asked_by=str(uuid4()))
        with pytest.raises(job.ExportUnderWay):
            await job.ask(conn, boutique_id=boutique, asked_by=str(uuid4()))
    async with services.database.operator_connection(boutique) as conn:
        await boutique_exports.begin(conn, export_id=asked.id)

    # when the job runs
    await job.export_boutique(services, boutique_id=boutique, export_id=asked.id)

    # then it is there, as large as it says
    async with services.database.tenant_connection(boutique) as conn:
        done = await boutique_exports.get(conn, export_id=asked.id)
    assert done is not None and done.status == "done" and done.run == 2
    assert done.tables_done == done.tables > 50 and done.rows > 50
    parts = [part async for part in job.parts_of(services, boutique_id=boutique, export=done)]
    whole = b"".join(parts)
    assert len(whole) == done.bytes
    assert zipfile.ZipFile(io.BytesIO(whole)).testzip() is None

    # and after its day it is gone
    with psycopg.connect(superuser_url) as conn2:
        conn2.execute("update boutique_exports set expires_at = now() where status = 'done'")
    assert await job.remove_expired(services) == 1
    with pytest.raises(NotFound):
        await services.media.get(job.part_path(boutique, asked.id, 2, 0))


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as made:
        yield made
