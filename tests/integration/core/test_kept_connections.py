"""What one connection set or began, the next that a test opens does not find."""

from __future__ import annotations

import psycopg
import pytest

from dukani.core.embedded import EmbeddedServer
from tests.kept_connections import KEPT


@pytest.fixture
def url(server: EmbeddedServer, database_name: str) -> str:
    return server.url(database_name)


def session_of(conn: psycopg.Connection) -> tuple[object, ...]:
    """Who the session is, its settings, and what it holds."""
    found = conn.execute(
        """select current_user, session_user, current_setting('search_path'),
             nullif(current_setting('app.boutique_id', true), ''),
             (select count(*) from pg_listening_channels()),
             (select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'),
             to_regclass('pg_temp.mine')"""
    ).fetchone()
    assert found is not None
    return found


def test_a_connection_comes_again_as_a_new_one(url: str) -> None:
    # given a session with a role, settings, a lock and more
    with psycopg.connect(url, autocommit=True) as first:
        before, pid = session_of(first), first.info.backend_pid
        first.execute("set role boutique_agent")
        first.execute("set app.boutique_id = 'b'; set search_path = jobs; listen news")
        first.execute("select pg_advisory_lock(1)")
        first.execute("reset role; create temporary table mine (id int)")
        first.execute("set role boutique_agent")
        assert session_of(first) != before

    # when somebody connects in the same way
    with psycopg.connect(url, autocommit=True) as second:
        # then it is the same one, and nothing of that is there
        assert second.info.backend_pid == pid
        assert session_of(second) == before


def test_what_was_prepared_stays_so(url: str) -> None:
    # given a statement that a connection prepared
    counted = "select name from pg_prepared_statements where statement like 'select 1%'"
    with psycopg.connect(url, autocommit=True) as first:
        first.execute("select 1", prepare=True)
        before = first.execute(counted, prepare=False).fetchall()
        assert len(before) == 1

    # when the next has the same one to execute, and another
    with psycopg.connect(url, autocommit=True) as second:
        assert second.execute("select 1").fetchone() == (1,)
        assert second.execute("select 1 + 1", prepare=True).fetchone() == (2,)

        # then it is not prepared again
        after = second.execute(counted, prepare=False).fetchall()
    assert len(after) == 2
    assert set(before) < set(after)


def test_those_to_a_database_may_be_let_go(url: str, database_name: str) -> None:
    with psycopg.connect(url) as first:
        pid = first.info.backend_pid

    KEPT.let_go(database_name)

    with psycopg.connect(url) as second:
        assert second.info.backend_pid != pid


async def test_it_comes_again_to_whoever_connects_alike(url: str) -> None:
    first = await psycopg.AsyncConnection.connect(url, autocommit=True)
    pid = first.info.backend_pid
    await first.close()
    assert first.closed
    with pytest.raises(psycopg.OperationalError):
        await first.execute("select 1")

    with psycopg.connect(url, options="-c search_path=jobs") as otherwise:
        assert otherwise.info.backend_pid != pid
    with psycopg.connect(url) as alike:
        assert alike.info.backend_pid == pid


def test_what_was_begun_is_rolled_back_and_the_connection_closed(url: str) -> None:
    first = psycopg.connect(url)
    pid = first.info.backend_pid
    first.execute("set local role service_role")
    first.execute("insert into boutiques (slug, name) values ('left', 'Left')")
    first.close()

    with psycopg.connect(url) as second:
        assert second.info.backend_pid != pid
        second.execute("set local role service_role")
        assert second.execute("select from boutiques").fetchone() is None


def test_one_that_the_server_closed_is_not_given_again(url: str, superuser_url: str) -> None:
    first = psycopg.connect(url)
    pid = first.info.backend_pid
    first.close()
    with psycopg.connect(superuser_url, autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s, 5000)", (pid,))

    with psycopg.connect(url) as second:
        assert second.info.backend_pid != pid
        assert second.execute("select 1").fetchone() == (1,)
