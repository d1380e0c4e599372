"""Every table that people change tells the audit log who did it; what it tells is harmless."""

from __future__ import annotations

import re

import psycopg

from dukani.core.database import Database
from dukani.core.store.changes import SUBJECTS
from tests.factories import a_boutique, a_product

# Tables that members write to, whose lines would tell nothing.
OF_NO_INTEREST = {
    "idempotency_keys": "the answers of repeated calls, for a day",
}
# Written with the assistant's rights, also by a member who acts; told otherwise, or by no person.
TOLD_OTHERWISE = {
    # By a line that a tool writes with what was before: order_dispatched, refunded …
    "dispatches", "dispatch_items", "refunds", "refund_items", "payments", "order_items",
    "tax_settings", "etims_invoices", "mpesa_statements", "statement_lines", "statement_matches",
    "wallet_top_ups", "wallet_top_up_steps",
    # By the line of the row they belong to, or of what they move.
    "stock_movements", "stock_reservations", "counter_sale_items", "credit_entries",
    "daily_close_lines", "mpesa_test_steps", "piece_import_rows", "piece_import_pictures",
    # Of machines and customers: what is remembered, sent, drawn, counted and found.
    "alert_pushes", "campaign_conversions", "campaign_occurrences", "campaign_recipients",
    "campaign_statuses", "cart_codes", "cart_items", "cart_links", "carts", "catalog_link_opens",
    "catalog_links", "collages", "conversation_memories", "customer_profiles", "domain_events",
    "former_names", "marketing_contacts", "owner_inbox", "owner_notices", "owner_sessions",
    "piece_columns", "product_embeddings", "product_pairs", "sending_paces", "size_facts",
    "suppressed_identities", "token_usage", "visitor_customers", "consent_codes", "webhook_events",
    "window_prompts", "audit_log", "chat_sessions", "unmet_wishes", "daily_sales", "daily_kinds",
    "daily_buyers", "daily_chats", "daily_models", "daily_figures", "changed_days",
    "automation_enrolments", "automation_sends", "automation_fallbacks_due",
    "automation_decisions", "automation_clicks", "automation_conversions", "automation_cursors",
    "stock_waits", "window_carts", "catalogue_items", "catalogue_pushes",
    "agent_carts", "agent_calls", "photo_models",
}  # fmt: skip

_WRITTEN_BY = """
select c.relname from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and (has_any_column_privilege(%(role)s, c.oid, 'insert, update')
    or has_table_privilege(%(role)s, c.oid, 'delete'))"""
_AUDITED = """
select c.relname from pg_class c
where exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
  where t.tgrelid = c.oid and p.proname in ('audit_member', 'audit_many', 'audit_account'))"""


def named(superuser_url: str, query: str, role: str = "") -> set[str]:
    with psycopg.connect(superuser_url) as conn:
        return {name for (name,) in conn.execute(query.encode(), {"role": role})}


def test_every_table_that_members_change_is_audited(superuser_url: str) -> None:
    audited = named(superuser_url, _AUDITED)
    for role in ("boutique_staff", "boutique_owner"):
        written = named(superuser_url, _WRITTEN_BY, role)
        missing = written - audited - OF_NO_INTEREST.keys()
        assert missing == set(), f"{role}: give them the trigger of private.audit_member"


def test_every_table_that_a_member_changes_by_a_tool_is_told(superuser_url: str) -> None:
    written = named(superuser_url, _WRITTEN_BY, "boutique_agent")
    missing = written - named(superuser_url, _AUDITED) - TOLD_OTHERWISE - OF_NO_INTEREST.keys()
    assert missing == set(), "give them the trigger, or say here what tells of them"


def test_no_column_that_lets_in_or_names_a_number_is_written_down(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        columns = conn.execute(
            "select table_name, column_name, private.audit_hides(column_name)"
            " from information_schema.columns where table_schema = 'public'"
        ).fetchall()
    audited = named(superuser_url, _AUDITED)
    telling = re.compile(r"secret|digest|token|phone|p256dh|^auth$|endpoint$|wa_user_id|password")
    shown = {
        f"{table}.{column}"
        for table, column, hidden in columns
        if table in audited and telling.search(column) and not hidden
    }
    # Whether Meta's endpoint for marketing is used: yes or no.
    assert shown == {"provider_credentials.marketing_endpoint"}


def test_every_audited_table_is_of_a_kind(superuser_url: str) -> None:
    known = {name for names in SUBJECTS.values() for name in names}
    # Whose lines are named otherwise: `order:DK-1`, `provider_account:daraja`.
    otherwise = {"orders", "provider_credentials", "audience_list_members"}
    assert named(superuser_url, _AUDITED) - known - otherwise == set()


async def test_what_a_command_changes_is_told(superuser_url: str) -> None:
    # given a process that runs commands, and a boutique with a piece
    async with Database(superuser_url_of_app(superuser_url), via="command") as database:
        boutique = await a_boutique(database)
        await a_product(database, boutique)
        # when a command changes a price
        async with database.operator_connection(boutique) as conn:
            await conn.execute("update products set price_minor = 1")
            # then it is told as a command's, with what was before
            row = await (
                await conn.execute(
                    "select actor, via, was, now from audit_log where action = 'products_update'"
                )
            ).fetchone()
    assert row is not None
    assert (row["actor"], row["via"], row["now"]) == ("system", "command", {"price_minor": 1})
    assert row["was"]["price_minor"] > 1


async def test_what_the_owner_writes_to_her_shop_is_told_as_hers(database: Database) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("select set_config('app.via', 'whatsapp', true)")
        await conn.execute("update products set price_minor = 1")
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("update products set price_minor = 2")  # the assistant's own work
        rows = await (await conn.execute("select actor, via from audit_log")).fetchall()

    assert rows == [{"actor": "staff", "via": "whatsapp"}]


async def test_many_who_join_a_list_are_one_line(database: Database, superuser_url: str) -> None:
    boutique = await a_boutique(database)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("select set_config('app.via', 'command', true)")
        conn.execute(
            """with list as (
                 insert into audience_lists (boutique_id, name, source)
                 values (%(b)s, 'VIP', 'manual') returning id),
               people as (
                 insert into customers (boutique_id, wa_user_id, phone)
                 select %(b)s, 'w' || n, '+25472200' || (1000 + n) from generate_series(1, 50) n
                 returning id)
               select 1""",
            {"b": boutique},
        )
        conn.execute(
            """insert into audience_list_members (boutique_id, list_id, customer_id)
               select %(b)s, l.id, c.id from audience_lists l, customers c
               where l.boutique_id = %(b)s and c.boutique_id = %(b)s""",
            {"b": boutique},
        )
        lines = conn.execute(
            "select details from audit_log where action = 'audience_list_members_insert'"
        ).fetchall()

    assert lines == [({"rows": 50},)]


def superuser_url_of_app(superuser_url: str) -> str:
    return superuser_url.replace("//postgres:", "//dukani_app:", 1)
