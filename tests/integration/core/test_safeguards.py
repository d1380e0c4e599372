"""Safeguards inside a boutique: what even the system, and even staff, cannot do."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from dukani.core.database import Database
from tests.every_table import fill_every_table
from tests.factories import a_boutique, a_conversation, a_product

LEDGERS = ["consents", "stock_movements", "audit_log", "domain_events"]


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize(
    "change", ["update {} set boutique_id = boutique_id", "delete from {}", "truncate {}"]
)
async def test_the_system_too_only_adds_to_a_ledger(
    database: Database, superuser_url: str, ledger: str, change: str
) -> None:
    await fill_every_table(superuser_url, await a_boutique(database))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.system_connection() as conn:
            await conn.execute(sql.SQL(change).format(sql.Identifier(ledger)))


@pytest.mark.parametrize("ledger", LEDGERS)
def test_nobody_empties_a_ledger(superuser_url: str, ledger: str) -> None:
    with (
        psycopg.connect(superuser_url) as conn,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
    ):
        conn.execute(sql.SQL("truncate {} cascade").format(sql.Identifier(ledger)))


async def test_staff_read_payments_but_not_the_token_that_reports_them_paid(
    database: Database, superuser_url: str
) -> None:
    user = await fill_every_table(superuser_url, await a_boutique(database))
    async with database.user_connection({"sub": user}) as conn:
        cursor = await conn.execute("select status, amount_minor, receipt from payments")
        assert len(await cursor.fetchall()) == 1
    for statement in (b"select callback_token from payments", b"select * from payments"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with database.user_connection({"sub": user}) as conn:
                await conn.execute(statement)


async def test_a_picture_of_another_boutiques_folder_is_refused(database: Database) -> None:
    mine, other = await a_boutique(database), await a_boutique(database)
    [variant] = await a_product(database, mine)
    conversation = await a_conversation(database, mine)
    rows = (
        (
            "insert into product_images (boutique_id, product_id, path) values (%s, %s, %s)",
            variant.product_id,
        ),
        (
            "insert into messages (boutique_id, conversation_id, media_path, direction, author,"
            " provider, status) values (%s, %s, %s, 'out', 'assistant', 'twilio', 'queued')",
            conversation,
        ),
    )
    for statement, about in rows:
        with pytest.raises(psycopg.errors.CheckViolation):
            async with database.tenant_connection(mine) as conn:
                await conn.execute(statement.encode(), (mine, about, f"{other}/secret.jpg"))
