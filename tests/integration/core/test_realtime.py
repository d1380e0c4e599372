"""What others may follow live is two tables, without secrets and without customers' words."""

from __future__ import annotations

import psycopg
import pytest

# Adding to this list shows more to whoever follows: say why in the migration that does.
PUBLISHED = {
    "domain_events": {
        "boutique_id", "transaction_id", "id", "kind", "customer_id", "conversation_id",
        "subject_id", "payload", "occurred_at",
    },
    "messages": {
        "boutique_id", "id", "conversation_id", "direction", "author", "status", "seq",
        "created_at",
    },
}  # fmt: skip


@pytest.fixture
def admin(superuser_url: str):  # type: ignore[no-untyped-def]
    with psycopg.connect(superuser_url) as conn:
        yield conn


def published(admin: psycopg.Connection) -> dict[str, set[str]]:
    rows = admin.execute(
        "select tablename, attnames from pg_publication_tables where pubname = 'supabase_realtime'"
    )
    return {table: set(columns) for table, columns in rows.fetchall()}


def test_only_the_listed_tables_and_columns_are_published(admin: psycopg.Connection) -> None:
    everything = admin.execute(
        "select puballtables from pg_publication where pubname = 'supabase_realtime'"
    ).fetchone()
    whole_schemas = admin.execute("select count(*) from pg_publication_namespace").fetchone()

    assert published(admin) == PUBLISHED
    assert (everything, whole_schemas) == ((False,), (0,))


def test_a_table_that_is_published_later_is_found(admin: psycopg.Connection) -> None:
    admin.execute("alter publication supabase_realtime add table public.provider_credentials")
    assert set(published(admin)) - set(PUBLISHED) == {"provider_credentials"}


@pytest.mark.parametrize("table", sorted(PUBLISHED))
def test_members_may_read_all_of_a_published_table_and_strangers_nothing(
    admin: psycopg.Connection, table: str
) -> None:
    """Realtime reads no column lists: it asks what the follower may read."""
    walled = admin.execute(
        "select relrowsecurity from pg_class where oid = %s::regclass", (table,)
    ).fetchone()
    hidden = admin.execute(
        """select attname from pg_attribute
           where attrelid = %s::regclass and attnum > 0 and not attisdropped
             and not has_column_privilege('authenticated', attrelid, attnum, 'select')""",
        (table,),
    ).fetchall()
    strangers = admin.execute(
        "select has_any_column_privilege('anon', %s::regclass, 'select')", (table,)
    ).fetchone()

    assert (walled, hidden, strangers) == ((True,), [], (False,))


@pytest.mark.parametrize("table", sorted(PUBLISHED))
def test_changed_and_deleted_rows_are_named_by_a_published_key(
    admin: psycopg.Connection, table: str
) -> None:
    """Else PostgreSQL refuses every update of the table."""
    identity = admin.execute(
        "select relreplident::text from pg_class where oid = %s::regclass", (table,)
    ).fetchone()
    key = admin.execute(
        """select attname from pg_index i
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
           where i.indrelid = %s::regclass and i.indisprimary""",
        (table,),
    ).fetchall()

    assert identity == ("d",)
    assert {name for (name,) in key} <= PUBLISHED[table]
