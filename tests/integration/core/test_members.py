"""A person of the shop acts in one boutique, with the rights of an owner or of staff.

What each may do is written down here once, and every table is tried for everything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from dukani.core.database import Connection, Database
from dukani.core.errors import NotAMember, OwnersOnly
from dukani.core.queue import defer
from dukani.core.store import customer_erasing, messages
from tests.every_table import fill_every_table, views_of
from tests.factories import a_boutique, a_conversation

# Columns they may change, by table.
STAFF_CHANGE: dict[str, set[str]] = {
    "customers": {"notes"},
    "conversations": {"handed_off_at", "handoff_reason", "last_staff_at", "staff_read_seq",
                      "assigned_to"},
    "orders": {"fulfilment_status"},
    "requests": {"status", "done_at"},
    "quick_replies": {"shortcut", "english", "swahili"},
}  # fmt: skip
OWNERS_CHANGE: dict[str, set[str]] = {
    **STAFF_CHANGE,
    "boutiques": {
        "name", "timezone", "language", "owner_name", "owner_phone", "delivery_fee_minor",
        "shop_info", "owner_muted", "low_stock_at", "cart_left_after",
        "whatsapp_provider", "payment_provider", "agents_on",
    },
    "provider_credentials": {
        # And `secrets` and `callback_digest`, which nobody may read: "set secrets = secrets"
        # proves nothing here.
        "account", "hints", "active", "account_since", "checked_at", "problem",
        "marketing_endpoint",
    },
    "boutique_members": {"role"},
    "automation_rules": {
        "name", "trigger", "class", "precedence", "is_on", "definition", "removed_at",
    },
    "customers": {"notes", "name", "language"},
    "orders": {"fulfilment_status", "address", "latitude", "longitude", "note", "zone"},
    "products": {
        "sku", "name", "description", "category", "pattern", "embroidery", "occasions",
        "price_minor", "active", "low_stock_at", "embroidery_density", "embroidery_type",
    },
    "segments": {"name", "rule"},
    "saved_views": {"name", "params", "kept_by", "opens_first"},  # the shop's
    "campaigns": {
        "name", "status", "status_reason", "audience", "pieces", "message", "schedule", "pace",
        "experiment", "score_rules_version", "next_at", "ended_at",
    },
    "product_variants": {"colour", "size", "sku", "price_minor", "retired"},
    "product_images": {"colour", "position"},
    "delivery_zones": {
        "name", "aliases", "fee_minor", "days_min", "days_max", "pickup", "latitude",
        "longitude", "radius_km", "position",
    },
    "size_charts": {"category", "audience", "rows"},
    "api_keys": {"revoked_at"},
    "message_templates": {"name", "language", "category", "form"},  # of a draft
}  # fmt: skip
# Rows that only bear the member's own name (notes, API keys) are no copies of others'.
STAFF_ADD_TO = {"messages", "conversation_events", "customer_tags", "quick_replies"}
STAFF_DELETE_FROM = {"customer_tags", "quick_replies"}
OWNERS_ADD_TO = STAFF_ADD_TO | {
    "unmet_wishes_done", "synonyms", "own_answers",
    "boutique_members", "products", "product_variants", "product_images", "delivery_zones",
    "size_charts", "provider_credentials", "segments", "audience_lists", "audience_list_members",
    "campaigns", "score_rules", "message_templates", "product_costs", "saved_views",
    "automation_rules", "automation_channels",
}  # fmt: skip
OWNERS_DELETE_FROM = STAFF_DELETE_FROM | {
    "boutique_members", "product_images", "delivery_zones", "size_charts", "segments",
    "audience_lists", "audience_list_members", "campaigns", "message_templates", "saved_views",
    "synonyms", "own_answers", "automation_channels",
}  # fmt: skip
UNREAD = {
    "automation_cursors", "automation_fallbacks_due", "window_carts", "agent_carts",
    "cart_codes", "cart_links", "visitor_customers", "window_prompts", "consent_codes",
    "alert_choices", "alert_pushes", "push_subscriptions",  # of others
    "conversation_events", "conversation_memories", "former_names", "idempotency_keys",
    "owner_inbox", "owner_notices", "daily_closes", "daily_close_lines",
    "debt_payments", "debt_reminders",
    "mpesa_statements", "statement_lines", "statement_matches",
    "piece_columns", "piece_import_pictures", "piece_import_rows", "piece_imports",
    "owner_sessions",    "product_embeddings", "sending_paces", "webhook_events",
}  # fmt: skip
OF_MEMBERS_KIND = {
    "messages": {"direction": "out", "author": "staff", "status": "queued"},
    "conversation_events": {"kind": "hand_back"},
}


async def a_member(superuser_url: str, boutique: str, role: str) -> str:
    """The id of a new person of the boutique."""
    user = str(uuid4())
    async with await psycopg.AsyncConnection.connect(superuser_url) as conn:
        await conn.execute("insert into auth.users (id) values (%s)", (user,))
        await conn.execute(
            "insert into boutique_members (boutique_id, user_id, role) values (%s, %s, %s)",
            (boutique, user, role),
        )
    return user


async def a_full_boutique(database: Database, superuser_url: str) -> str:
    """With a row in every table."""
    boutique = await a_boutique(database)
    await fill_every_table(superuser_url, boutique)
    return boutique


class Everything:
    """Every table as it is past row level security, with a boutique's row of each."""

    def __init__(self, superuser_url: str, boutique: str) -> None:
        self.boutique = boutique
        with psycopg.connect(superuser_url, row_factory=dict_row) as conn:
            self.columns: dict[str, list[str]] = {}
            for row in conn.execute(
                "select c.relname as table, a.attname as column from pg_class c"
                " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
                " and not a.attisdropped where c.relnamespace = 'public'::regnamespace"
                " and c.relkind in ('r', 'p') order by 1, 2"
            ):
                self.columns.setdefault(row["table"], []).append(row["column"])
            self.rows = {table: self._row(conn, table) for table in self.columns}

    def _row(self, conn: psycopg.Connection[DictRow], table: str) -> dict[str, Any]:
        found = conn.execute(
            sql.SQL("select to_jsonb(t) as row from {} t where {} = {} limit 1").format(
                sql.Identifier(table), self._key(table), self.boutique
            )
        ).fetchone()
        assert found is not None, f"{table}: add a row to tests/every_table.py"
        return dict(found["row"])

    @staticmethod
    def _key(table: str) -> sql.Identifier:
        return sql.Identifier("id" if table == "boutiques" else "boutique_id")

    async def readable(self, conn: Connection) -> set[str]:
        """Tables of which the boutique's rows are seen, in whatever columns."""
        seen = set()
        for table in self.columns:
            statement = sql.SQL("select from {} where {} = {}")
            if await self._touches(conn, statement, table):
                seen.add(table)
        return seen

    async def changeable(self, conn: Connection) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for table, columns in self.columns.items():
            for column in columns:
                change = sql.SQL("update {{}} set {0} = {0} where {{}} = {{}}").format(
                    sql.Identifier(column)
                )
                if await self._touches(conn, sql.SQL(change.as_string(conn)), table):  # type: ignore[arg-type]
                    found.setdefault(table, set()).add(column)
        return found

    async def deletable(self, conn: Connection) -> set[str]:
        statement = sql.SQL("delete from {} where {} = {}")
        return {t for t in self.columns if await self._touches(conn, statement, t)}

    async def addable(self, conn: Connection) -> set[str]:
        """Tables that take a copy of the boutique's row, or refuse it only for being one."""
        return {table for table in self.columns if await self._takes_a_copy(conn, table)}

    async def _takes_a_copy(self, conn: Connection, table: str) -> bool:
        granted = await (
            await conn.execute(
                "select coalesce(array_agg(c), '{}') as columns from unnest(%s::text[]) c"
                " where has_column_privilege(%s, c, 'insert')",
                (self.columns[table], f"public.{table}"),
            )
        ).fetchone()
        assert granted is not None
        names = granted["columns"] or self.columns[table]
        row = self.rows[table] | OF_MEMBERS_KIND.get(table, {})
        statement = sql.SQL(
            "insert into {0} ({1}) select {1} from jsonb_populate_record(null::{0}, {2}::jsonb)"
        ).format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            json.dumps(row),
        )
        try:
            async with conn.transaction(force_rollback=True):
                await conn.execute(statement)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.GeneratedAlways):
            return False
        except psycopg.errors.IntegrityError:  # row level security was asked before
            return True
        return True

    async def _touches(self, conn: Connection, statement: sql.SQL, table: str) -> bool:
        try:
            async with conn.transaction(force_rollback=True):
                cursor = await conn.execute(
                    statement.format(sql.Identifier(table), self._key(table), self.boutique)
                )
                return cursor.rowcount > 0
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.GeneratedAlways):
            return False


@contextmanager
def nothing_changes(superuser_url: str) -> Iterator[None]:
    def snapshot() -> dict[str, list[tuple[object, ...]]]:
        with psycopg.connect(superuser_url) as conn:
            tables = [
                name
                for (name,) in conn.execute(
                    "select tablename from pg_tables where schemaname = 'public'"
                )
            ]
            query: LiteralString = "select t::text from {} t order by 1"
            return {
                table: conn.execute(sql.SQL(query).format(sql.Identifier(table))).fetchall()
                for table in tables
            }

    before = snapshot()
    yield
    assert snapshot() == before


@pytest.mark.parametrize("role", ["owner", "staff"])
async def test_each_role_may_do_what_is_written_here_and_nothing_else(
    database: Database, superuser_url: str, role: str
) -> None:
    # given a boutique with a row in every table
    boutique = await a_full_boutique(database, superuser_url)
    everything = Everything(superuser_url, boutique)
    member = await a_member(superuser_url, boutique, role)

    # when a member tries to read, change, add and delete everywhere
    async with database.member_connection({"sub": member}, boutique) as conn:
        readable = await everything.readable(conn)
        changeable = await everything.changeable(conn)
        addable = await everything.addable(conn)
        deletable = await everything.deletable(conn)

    # then it is what that role is for
    owner = role == "owner"
    unread = UNREAD if owner else UNREAD | {
        "provider_credentials", "api_keys", "product_costs", "mpesa_tests", "mpesa_test_steps",
        "wallet_transfers", "wallet_entries", "wallet_top_ups", "wallet_top_up_steps",
        "platform_looks",
        "retention_purges", "boutique_exports", "agent_calls",
    }  # fmt: skip
    assert everything.columns.keys() - readable == unread
    assert changeable == (OWNERS_CHANGE if owner else STAFF_CHANGE)
    assert addable == (OWNERS_ADD_TO if owner else STAFF_ADD_TO)
    assert deletable == (OWNERS_DELETE_FROM if owner else STAFF_DELETE_FROM)


async def test_another_boutiques_owner_gets_nothing_and_changes_nothing(
    database: Database, superuser_url: str
) -> None:
    # given a boutique with a row in every table, and the owner of another
    boutique = await a_full_boutique(database, superuser_url)
    other = await a_full_boutique(database, superuser_url)
    stranger = await a_member(superuser_url, other, "owner")
    everything = Everything(superuser_url, boutique)

    # when the stranger reaches for it from the other boutique, or asks to act in it
    with nothing_changes(superuser_url):
        async with database.member_connection({"sub": stranger}, other) as conn:
            reached = [
                await everything.readable(conn),
                await everything.changeable(conn),
                await everything.addable(conn),
                await everything.deletable(conn),
            ]
        with pytest.raises(NotAMember):
            async with database.member_connection({"sub": stranger}, boutique):
                pass

    # then there is nothing
    assert reached == [set(), {}, set(), set()]


@pytest.mark.parametrize("who", ["assistant", "staff", "acting staff", "acting owner"])
async def test_whoever_works_in_another_boutique_adds_and_deletes_nothing(
    database: Database, superuser_url: str, who: str
) -> None:
    # given a boutique with a row in every table, and somebody at work in another
    boutique = await a_full_boutique(database, superuser_url)
    other = await a_full_boutique(database, superuser_url)
    stranger = await a_member(superuser_url, other, who.split()[-1].replace("assistant", "owner"))
    everything = Everything(superuser_url, boutique)
    at_work = {
        "assistant": lambda: database.tenant_connection(other),
        "staff": lambda: database.member_connection({"sub": stranger}, other),
    }.get(who, lambda: database.acting_connection({"sub": stranger}, other))

    # when that one reaches for every table
    with nothing_changes(superuser_url):
        async with at_work() as conn:
            reached = [
                await everything.readable(conn),
                await everything.addable(conn),
                await everything.deletable(conn),
            ]

    # then there is nothing
    assert reached == [set(), set(), set()]


async def test_a_member_of_two_boutiques_acts_in_one(
    database: Database, superuser_url: str
) -> None:
    # given a person who owns one boutique and serves in another
    owned = await a_full_boutique(database, superuser_url)
    served = await a_full_boutique(database, superuser_url)
    person = await a_member(superuser_url, owned, "owner")
    with psycopg.connect(superuser_url) as admin:
        admin.execute(
            "insert into boutique_members (boutique_id, user_id) values (%s, %s)", (served, person)
        )

    # when the person acts in one of them
    async with database.member_connection({"sub": person}, owned) as conn:
        in_owned = await Everything(superuser_url, served).readable(conn)
    async with database.member_connection({"sub": person}, served) as conn:
        in_served = await Everything(superuser_url, owned).readable(conn)
        priced = await conn.execute("update customers set notes = 'tall'")

        # then the other is not there, and the rights are those of the one
        assert priced.rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await conn.execute("update products set price_minor = 1")
    assert in_owned == in_served == set()


@pytest.mark.parametrize("claims", [{}, {"sub": str(uuid4())}, {"sub": None}, {"role": "anon"}])
async def test_who_is_no_member_is_refused(database: Database, claims: dict[str, Any]) -> None:
    boutique = await a_boutique(database)
    with pytest.raises(NotAMember, match="ask its owner"):
        async with database.member_connection(claims, boutique):
            pass


async def test_a_removed_member_is_refused_at_once(database: Database, superuser_url: str) -> None:
    # given staff at work
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    staff = await a_member(superuser_url, boutique, "staff")
    async with database.member_connection({"sub": staff}, boutique) as at_work:
        # when the owner removes the member
        async with database.member_connection({"sub": owner}, boutique) as conn:
            removed = await conn.execute(
                "delete from boutique_members where user_id = %s", (staff,)
            )
            assert removed.rowcount == 1

        # then what was begun sees and changes nothing more, and nothing new is begun
        assert await Everything(superuser_url, boutique).readable(at_work) == set()
        noted = await at_work.execute("update customers set notes = 'mine'")
        assert noted.rowcount == 0
    with pytest.raises(NotAMember):
        async with database.member_connection({"sub": staff}, boutique):
            pass


@pytest.mark.parametrize("role", ["staff", "owner"])
async def test_whoever_is_removed_sees_nothing_through_a_view_either(
    database: Database, superuser_url: str, role: str
) -> None:
    """No policy is asked of a view with its maker's rights: it asks for the membership itself."""
    # given a member at work, who sees the boutique through every view of the role
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    member = await a_member(superuser_url, boutique, role)
    views = views_of(superuser_url, f"boutique_{role}")
    assert "private.found_products" in views
    async with database.member_connection({"sub": member}, boutique) as at_work:
        assert await _shown(at_work, views) == set(views)

        # when an owner removes the member
        async with database.member_connection({"sub": owner}, boutique) as conn:
            await conn.execute("delete from boutique_members where user_id = %s", (member,))

        # then what was begun sees nothing more there
        assert await _shown(at_work, views) == set()


async def _shown(conn: Connection, views: list[str]) -> set[str]:
    """The views in which there is any row."""
    found = set()
    for view in views:
        cursor = await conn.execute(
            sql.SQL("select from {} limit 1").format(sql.Identifier(*view.split(".")))
        )
        if cursor.rowcount:
            found.add(view)
    return found


async def test_a_removed_owner_erases_nobody(database: Database, superuser_url: str) -> None:
    # given an owner at work, and a customer
    boutique = await a_full_boutique(database, superuser_url)
    first = await a_member(superuser_url, boutique, "owner")
    second = await a_member(superuser_url, boutique, "owner")
    customer = Everything(superuser_url, boutique).rows["customers"]["id"]
    async with database.member_connection({"sub": second}, boutique) as at_work:
        # when the other owner removes this one
        async with database.member_connection({"sub": first}, boutique) as conn:
            await conn.execute("delete from boutique_members where user_id = %s", (second,))

        # then what was begun erases no customer
        with nothing_changes(superuser_url), pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with at_work.transaction():
                await customer_erasing.erase(at_work, customer_id=customer)


async def test_a_removed_member_defers_nothing(database: Database, superuser_url: str) -> None:
    # given staff at work, who may have a message sent
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    staff = await a_member(superuser_url, boutique, "staff")
    async with database.member_connection({"sub": staff}, boutique) as at_work:
        await defer(at_work, "deliver", lock="first", boutique_id=boutique)

        # when the owner removes the member
        async with database.member_connection({"sub": owner}, boutique) as conn:
            await conn.execute("delete from boutique_members where user_id = %s", (staff,))

        # then what was begun defers no further job
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with at_work.transaction():
                await defer(at_work, "deliver", lock="second", boutique_id=boutique)


async def test_a_demoted_owner_is_staff_at_once(database: Database, superuser_url: str) -> None:
    boutique = await a_full_boutique(database, superuser_url)
    first = await a_member(superuser_url, boutique, "owner")
    second = await a_member(superuser_url, boutique, "owner")
    async with database.member_connection({"sub": second}, boutique) as at_work:
        async with database.member_connection({"sub": first}, boutique) as conn:
            await conn.execute(
                "update boutique_members set role = 'staff' where user_id = %s", (second,)
            )
        repriced = await at_work.execute("update products set price_minor = 1")
        assert repriced.rowcount == 0
    with pytest.raises(OwnersOnly):
        async with database.member_connection({"sub": second}, boutique, owners_only=True):
            pass


@pytest.mark.parametrize(
    "change",
    [
        "delete from boutique_members where user_id = %s",
        "update boutique_members set role = 'staff' where user_id = %s",
    ],
)
async def test_the_last_owner_stays(database: Database, superuser_url: str, change: str) -> None:
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    async with database.member_connection({"sub": owner}, boutique) as conn:
        changed = await conn.execute(change.encode(), (owner,))
        assert changed.rowcount == 0


@pytest.mark.parametrize(
    "statement", ["select secrets from provider_credentials", "select callback_token from payments"]
)
async def test_an_owner_too_reads_no_secret(
    database: Database, superuser_url: str, statement: str
) -> None:
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.member_connection({"sub": owner}, boutique) as conn:
            await conn.execute(statement.encode())


async def test_a_login_by_itself_writes_nowhere(database: Database, superuser_url: str) -> None:
    """What Supabase's public API lets an owner do without us."""
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    everything = Everything(superuser_url, boutique)
    async with database.user_connection({"sub": owner}) as conn:
        assert await everything.changeable(conn) == {}
        assert await everything.addable(conn) == set()
        assert await everything.deletable(conn) == set()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await conn.execute("select * from provider_credentials")


async def audited(database: Database, boutique: str) -> list[dict[str, Any]]:
    async with database.tenant_connection(boutique) as conn:
        rows = await conn.execute(
            "select actor, action, subject, details from audit_log"
            " where actor like '%:%' order by id"
        )
        return [dict(row) for row in await rows.fetchall()]


async def test_what_a_member_writes_is_in_the_audit_log(
    database: Database, superuser_url: str
) -> None:
    # given a boutique whose owner has just changed nothing
    boutique = await a_full_boutique(database, superuser_url)
    owner = await a_member(superuser_url, boutique, "owner")
    staff = await a_member(superuser_url, boutique, "staff")
    async with database.member_connection({"sub": owner}, boutique) as conn:
        await conn.execute("update products set name = name")

    # when the owner lowers a price and removes a zone, and staff send an order out
    async with database.member_connection({"sub": owner}, boutique) as conn:
        row = await (
            await conn.execute(
                "update products set price_minor = 1, name = 'x' where sku = 'A' returning id"
            )
        ).fetchone()
        assert row is not None
        zones = await (await conn.execute("delete from delivery_zones returning id")).fetchall()
    async with database.member_connection({"sub": staff}, boutique) as conn:
        await conn.execute("update orders set fulfilment_status = 'dispatched'")

    # then it says who did what to which, and nothing of what the assistant does
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("update products set price_minor = 2")
    assert await audited(database, boutique) == [
        {
            "actor": f"owner:{owner}",
            "action": "products_update",
            "subject": f"products:{row['id']}",
            "details": {"columns": ["name", "price_minor"]},
        },
        {
            "actor": f"owner:{owner}",
            "action": "delivery_zones_delete",
            "subject": f"delivery_zones:{zones[0]['id']}",
            "details": {},
        },
        {
            "actor": f"staff:{staff}",
            "action": "orders_update",
            "subject": "order:DK-0001",
            "details": {"columns": ["fulfilment_status"]},
        },
    ]


async def test_the_actor_is_told_for_every_connection(
    database: Database, superuser_url: str
) -> None:
    boutique = await a_full_boutique(database, superuser_url)
    staff = await a_member(superuser_url, boutique, "staff")
    async with database.member_connection({"sub": staff}, boutique) as conn:
        assert await actor(conn) == f"staff:{staff}"
    async with database.tenant_connection(boutique) as conn:
        assert await actor(conn) == "assistant"
    async with database.system_connection() as conn:
        assert await actor(conn) == "system"


async def actor(conn: Connection) -> str:
    row = await (await conn.execute("select private.current_actor() as actor")).fetchone()
    assert row is not None
    return str(row["actor"])


async def test_a_reply_of_staff_is_queued_with_its_delivery(
    database: Database, superuser_url: str
) -> None:
    # given staff in a conversation
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    staff = await a_member(superuser_url, boutique, "staff")

    # when the member replies
    async with database.member_connection({"sub": staff}, boutique) as conn:
        queued = await messages.queue_outbound(
            conn, provider="twilio", conversation_id=conversation, author="staff", body="Hi!"
        )
        await defer(conn, "deliver", lock="c", boutique_id=boutique)
    assert queued.status == "queued"

    # then it is in nobody else's name, nothing words it anew, and no money is asked for
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.member_connection({"sub": staff}, boutique) as conn:
            await messages.queue_outbound(
                conn, provider="twilio", conversation_id=conversation, body="I am the assistant"
            )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.member_connection({"sub": staff}, boutique) as conn:
            await messages.queue_outbound(
                conn, provider="twilio", conversation_id=conversation, author="staff", body="Hi!",
                wording={"facts": []},
            )  # fmt: skip
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.member_connection({"sub": staff}, boutique) as conn:
            await defer(conn, "push_payment", lock="p", boutique_id=boutique)
