"""What the assistant's role can do beyond its own boutique's rows: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dukani.core import migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.queue import build_queue, defer
from dukani.core.settings import Queue as QueueSettings
from dukani.core.store import webhook_events
from tests.factories import a_boutique

TEN_YEARS = timedelta(days=3650)


@pytest.mark.parametrize(
    ("task", "of"),
    [
        ("handle_turn", "another"),
        ("deliver", "another"),
        ("handle_turn", "nobody"),
        ("handle_payment_callback", "its own"),  # reads any event, whosever it is
        ("sweep", "its own"),  # the clock's
        ("builtin:procrastinate.builtin_tasks.remove_old_jobs", "its own"),
        ("anything", "its own"),
    ],
)
async def test_a_boutique_defers_nothing_but_its_own(
    database: Database, task: str, of: str
) -> None:
    mine, other = await a_boutique(database), await a_boutique(database)
    args: dict[str, Any] = {
        "another": {"boutique_id": other},
        "nobody": {},
        "its own": {"boutique_id": mine},
    }[of]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(mine) as conn:
            await defer(conn, task, lock="a", **args)


async def test_no_job_stands_in_another_boutiques_partition(database: Database) -> None:
    # given a job of one boutique, in a partition where another has put one due in ten years
    mine, other, partition = await a_boutique(database), await a_boutique(database), str(uuid4())
    async with database.tenant_connection(other) as conn:
        await defer(conn, "handle_turn", lock=partition, delay=TEN_YEARS, boutique_id=other)
        await defer(
            conn, "handle_turn", lock=f"{mine}/{partition}", delay=TEN_YEARS, boutique_id=other
        )
    async with database.tenant_connection(mine) as conn:
        await defer(conn, "handle_turn", lock=partition, boutique_id=mine)

    # when a worker looks for something to do
    queue = build_queue(database.url, QueueSettings())
    async with queue.open_async():
        worker = await queue.job_manager.register_worker()
        job = await queue.job_manager.fetch_job(queues=None, worker_id=worker)

    # then it is the one that is due
    assert job is not None
    assert job.task_kwargs == {"boutique_id": mine}


def test_of_the_queues_functions_it_may_call_one(superuser_url: str) -> None:
    for role in ("boutique_agent", "boutique_staff", "boutique_owner"):
        assert callable_by(superuser_url, role, "jobs") == {"defer"}
    assert callable_by(superuser_url, "authenticated", "jobs") == set()
    assert callable_by(superuser_url, "anon", "jobs") == set()


async def test_an_events_key_tells_nothing_of_another_boutique(database: Database) -> None:
    async def told(boutique: str) -> int | None:
        async with database.tenant_connection(boutique) as conn:
            return await webhook_events.store(
                conn,
                provider="twilio",
                event_key="SM1",
                kind="message",
                payload={},
                boutique_id=boutique,
            )

    mine, other = await a_boutique(database), await a_boutique(database)
    first = await told(mine)
    assert first is not None
    assert await told(other) is not None  # as if the first were not there
    assert await told(mine) is None  # and each is told once


async def test_a_callback_told_twice_before_it_had_a_boutique_is_placed_once(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    async with database.system_connection() as conn:
        for outcome in ("handled", "ignored"):
            event = await webhook_events.store(
                conn, provider="paylink", event_key="ws_CO_1:0", kind="payment", payload={}
            )
            assert event is not None
            await webhook_events.set_outcome(
                conn, event_id=event, outcome=outcome, boutique_id=boutique
            )
            found = await webhook_events.get(conn, event_id=event)
            assert found is not None
            assert (found.outcome, found.boutique_id) == (
                outcome,
                boutique if outcome == "handled" else None,
            )


@pytest.fixture
def like_supabase(server: EmbeddedServer) -> Iterator[str]:
    with one_like_supabase(server) as url:
        yield url


@contextmanager
def one_like_supabase(server: EmbeddedServer) -> Iterator[str]:
    """A database that opens `public` to its API's roles by default, as Supabase's do."""
    name, admin = f"t_supabase_{uuid4().hex[:8]}", server.url("postgres", user="postgres")
    migrations.create_database(admin, name)
    url = server.url(name, user="postgres")
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(migrations.BOOTSTRAP.read_bytes())
        for things in ("tables", "sequences", "functions"):
            conn.execute(
                f"alter default privileges in schema public grant all on {things}"
                " to postgres, anon, authenticated, service_role".encode()
            )
        conn.execute("grant usage on schema public to anon, authenticated, service_role")
    yield url
    with psycopg.connect(admin, autocommit=True) as conn:
        conn.execute(f'drop database "{name}" with (force)'.encode())


def test_nothing_new_is_open_on_supabase(like_supabase: str) -> None:
    # given our schema there, and what a later migration may add without a word about rights
    migrations.migrate(like_supabase)
    with psycopg.connect(like_supabase, autocommit=True) as conn:
        for schema in ("public", "private", "jobs"):
            conn.execute(
                f"create function {schema}.later() returns int language sql as 'select 1'".encode()
            )
        conn.execute("create table public.later_table (id bigserial primary key)")

    # then nobody may call or read it, and nothing of ours is open either
    for role in ("anon", "authenticated", "boutique_agent", "boutique_owner"):
        assert "later" not in callable_by(like_supabase, role, "public", "private", "jobs")
    assert callable_by(like_supabase, "anon", "public", "private", "jobs") == set()
    assert callable_by(like_supabase, "authenticated", "public", "private", "jobs") == {
        "am_i_platform_admin",
        "current_boutique",
        "member_role",
        "my_boutiques",
        "my_looks",
    }
    with psycopg.connect(like_supabase) as conn:
        readable = conn.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind = 'r' and has_table_privilege('anon', oid, 'select')"
        ).fetchall()
    assert readable == []


def callable_by(url: str, role: str, *schemas: str) -> set[str]:
    """Functions a role may call, in those schemas; not those of an extension."""
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            """select proname from pg_proc p
               where pronamespace::regnamespace::text = any(%s)
                 and has_function_privilege(%s, p.oid, 'execute')
                 and not exists (select from pg_depend d where d.objid = p.oid and deptype = 'e')
               order by 1""",
            (list(schemas), role),
        ).fetchall()
    return {name for (name,) in rows}
