"""What is too old goes, by an index and in batches; what money or taxes need stays for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import retention, retention_runs
from dukani.tools.retention import days_of, delete_what_is_old
from tests.every_table import fill_every_table
from tests.factories import a_boutique, a_conversation
from tests.integration.campaigns.an_automation import a_piece, an_automation
from tests.integration.campaigns.sent import a_paid_order

LATER = timedelta(days=365 * 20)
# Deleted from, or emptied of words; and what goes with a row of theirs.
TOUCHED = {
    "webhook_events", "messages", "conversations", "conversation_memories", "conversation_events",
    "idempotency_keys", "alert_pushes", "piece_imports", "piece_import_rows",
    "piece_import_pictures", "catalog_link_opens", "campaign_statuses", "cart_links", "cart_codes",
    "unmet_wishes", "retention_purges", "automation_decisions", "automation_clicks",
    "automation_enrolments", "window_carts", "stock_waits",
    "agent_carts", "agent_calls", "photo_models", "product_embeddings",
}  # fmt: skip
# Ledgers whose rows of today stay, whatever the clock of the job says.
PROTECTED = {"audit_log", "domain_events"}
NEVER = {
    "orders", "order_items", "payments", "dispatches", "dispatch_items", "refunds", "refund_items",
    "counter_sales", "counter_sale_items", "credit_entries", "debt_payments", "consents",
    "stock_movements", "mpesa_statements", "statement_lines", "statement_matches", "tax_settings",
    "etims_invoices", "daily_closes", "daily_close_lines", "product_costs", "wallets",
    "wallet_transfers", "wallet_entries", "wallet_top_ups", "wallet_top_up_steps", "customers",
    "customer_totals", "token_usage",
}  # fmt: skip


def everything(superuser_url: str) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(superuser_url) as conn:
        tables = [
            name
            for (name,) in conn.execute(
                "select tablename from pg_tables where schemaname = 'public'"
            )
        ]
        return {
            table: conn.execute(
                psycopg.sql.SQL("select t::text from {} t order by 1").format(
                    psycopg.sql.Identifier(table)
                )
            ).fetchall()
            for table in tables
        }


async def test_in_twenty_years_only_what_is_listed_is_gone(
    services: Services, superuser_url: str
) -> None:
    # given a boutique with a row in every table
    boutique = await a_boutique(services.database)
    await fill_every_table(superuser_url, boutique)
    before = everything(superuser_url)

    # when the job runs in twenty years
    await delete_what_is_old(services, now=datetime.now(UTC) + LATER)

    # then nothing else changed, and no table of money, taxes or consents
    after = everything(superuser_url)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= TOUCHED
    assert not TOUCHED & NEVER
    assert all(before[table] == after[table] for table in NEVER | PROTECTED)
    for gone in ("webhook_events", "idempotency_keys", "alert_pushes", "unmet_wishes"):
        assert after[gone] == [], gone


async def test_what_is_younger_stays(services: Services, superuser_url: str) -> None:
    boutique = await a_boutique(services.database)
    await fill_every_table(superuser_url, boutique)
    before = everything(superuser_url)

    await delete_what_is_old(services)

    assert everything(superuser_url) == before


async def test_a_file_goes_with_its_pointer(services: Services, superuser_url: str) -> None:
    # given a photo of a customer, two years old, and one of today
    boutique = await a_boutique(services.database)
    conversation = await a_conversation(services.database, boutique)
    paths = [f"{boutique}/inbound/{name}.jpg" for name in ("old", "new")]
    for path in paths:
        await services.media.put(path, b"a picture", "image/jpeg")
    with psycopg.connect(superuser_url) as conn:
        for path, days in zip(paths, (730, 0), strict=True):
            conn.execute(
                "insert into messages (boutique_id, conversation_id, direction, author, provider,"
                " status, kind, body, media_path, created_at) values (%s, %s, 'in', 'customer',"
                " 'twilio', 'received', 'image', 'mine', %s, now() - %s * interval '1 day')",
                (boutique, conversation, path, days),
            )

    removed = await delete_what_is_old(services)

    assert removed["media"] == 1
    with pytest.raises(NotFound):
        await services.media.get(paths[0])
    assert await services.media.get(paths[1]) == b"a picture"
    with psycopg.connect(superuser_url) as conn:
        kept = conn.execute("select body, media_path from messages order by created_at").fetchall()
    assert kept == [("mine", None), ("mine", paths[1])]
    # and a second night looks at it no more
    assert (await delete_what_is_old(services))["media"] == 0


async def test_a_silent_chat_loses_its_words_and_one_that_goes_on_keeps_them(
    services: Services, superuser_url: str
) -> None:
    # given a chat of three years ago, and one as old in which the customer wrote yesterday
    boutique = await a_boutique(services.database)
    silent = await a_conversation(services.database, boutique)
    alive = await a_conversation(services.database, boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into messages (boutique_id, conversation_id, direction, author, provider,"
            " status, body, perceived, created_at) select %s, c, 'in', 'customer', 'twilio',"
            " 'received', 'hujambo', '{}', now() - interval '3 years' from unnest(%s::uuid[]) c",
            (boutique, [silent, alive]),
        )
        conn.execute(
            "update conversations set created_at = now() - interval '3 years',"
            " last_inbound_at = case id when %s then now() - interval '1 day'"
            " else now() - interval '3 years' end where boutique_id = %s",
            (alive, boutique),
        )

    removed = await delete_what_is_old(services)

    assert removed["texts"] == 1
    with psycopg.connect(superuser_url) as conn:
        bodies = dict(conn.execute("select conversation_id::text, body from messages").fetchall())
        understood = conn.execute("select count(perceived) from messages").fetchone()
    assert bodies == {silent: "", alive: "hujambo"}
    assert understood == (0,)  # what was made of them is kept for half a year only
    assert (await delete_what_is_old(services))["texts"] == 0


async def test_who_was_in_a_rule_long_ago_goes_and_who_is_in_it_stays(
    services: Services, superuser_url: str
) -> None:
    # given an enrolment that ended three years ago with a sale, and one that goes on since then
    over = await an_automation(services.database, superuser_url)
    still = await an_automation(services.database, superuser_url, boutique_id=over.boutique_id)
    over.opened(datetime.now(UTC) - timedelta(hours=1))
    piece = await a_piece(over)
    await a_paid_order(services.database, over.boutique_id, over.customer_id, piece)
    assert over.sales()
    for made in (over, still):
        made.run(
            "update automation_enrolments set began_at = now() - interval '3 years'"
            " where id = %(e)s",
            e=made.enrolment_id,
        )
    over.run(
        "update automation_enrolments set state = 'done', ended_at = now() - interval '3 years'"
        " where id = %(e)s",
        e=over.enrolment_id,
    )

    removed = await delete_what_is_old(services)

    # then the order itself stays
    assert removed["automation_enrolments"] == 1
    assert [str(row["id"]) for row in over.rows("select id from automation_sends")] == [
        still.send_id
    ]
    assert len(over.rows("select id from orders")) == 1


async def test_an_old_line_of_the_log_goes_and_a_younger_one_never(
    services: Services, superuser_url: str
) -> None:
    boutique = await a_boutique(services.database)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into audit_log (boutique_id, actor, action, subject, created_at)"
            " select %s, 'system', action, 'x', now() - age * interval '1 day'"
            " from (values ('old', 1200), ('customer_erased', 1200), ('young', 300))"
            " v (action, age)",
            (boutique,),
        )

    # even a job whose clock is wrong leaves a year's lines
    await delete_what_is_old(services, now=datetime.now(UTC) + LATER)

    with psycopg.connect(superuser_url) as conn:
        kept = {row[0] for row in conn.execute("select action from audit_log").fetchall()}
    assert kept == {"customer_erased", "young"}


async def test_each_boutique_is_told_what_of_its_own_was_deleted(
    services: Services, superuser_url: str
) -> None:
    # given two boutiques with old events
    mine, other = await a_boutique(services.database), await a_boutique(services.database)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into webhook_events (boutique_id, provider, event_key, kind, payload,"
            " created_at) select b, 'twilio', n::text, 'message', '{}', now() - interval '1 year'"
            " from (values (%s::uuid, 3), (%s::uuid, 5)) v (b, most), generate_series(1, most) n",
            (mine, other),
        )

    await delete_what_is_old(services)

    with psycopg.connect(superuser_url) as conn:
        told = dict(
            conn.execute("select boutique_id::text, removed from retention_purges").fetchall()
        )
    assert told == {mine: 3, other: 5}
    async with services.database.system_connection() as conn:
        run = (await retention_runs.runs(conn))["webhook_events"]
    assert run.removed == 8 and run.finished_at is not None


def test_no_purge_scans_a_whole_table(superuser_url: str) -> None:
    """Each finds its rows by an index, also when the table is large."""
    moment = datetime.now(UTC)
    values = {"before": moment, "most": 10, "since": moment, "now": moment}
    with psycopg.connect(superuser_url, cursor_factory=psycopg.ClientCursor) as conn:
        conn.execute("set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off")
        for kind, statement in {
            **retention.STATEMENTS,
            "understanding": retention._FORGET,
            "texts": retention._EMPTY,
        }.items():
            if "private.purge" in statement:
                continue  # a function: its index has a test of its own below
            plan = "\n".join(
                row[0] for row in conn.execute(b"explain (costs off) " + statement.encode(), values)
            )
            assert "Seq Scan" not in plan, f"{kind}\n{plan}"


@pytest.mark.parametrize(("table", "column"), [("audit_log", "created_at"),
                                               ("domain_events", "occurred_at")])  # fmt: skip
def test_the_ledgers_have_the_index_their_purge_reads(
    superuser_url: str, table: str, column: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        found = conn.execute(
            "select 1 from pg_indexes where tablename = %s and indexdef like %s",
            (table, f"%({column})"),
        ).fetchall()
    assert found


def test_every_kind_has_its_days_and_its_way_to_go(services: Services) -> None:
    emptied = {"understanding", "media", "texts"}
    assert set(days_of(services.settings.retention)) == set(retention.STATEMENTS) | emptied


async def test_only_the_system_deletes_from_the_ledgers(database: Database) -> None:
    boutique = await a_boutique(database)
    for purge in ("purge_audit_log", "purge_domain_events"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with database.tenant_connection(boutique) as conn:
                await conn.execute(f"select private.{purge}(now(), 1)".encode())
