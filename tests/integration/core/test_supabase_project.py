"""The `supabase/` project comes up from zero as its owner, who is no superuser there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dukani.core.embedded import EmbeddedServer
from scripts.check_supabase import check, late_against
from scripts.supabase import project


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server of its own: roles are of a whole server, and a project begins without ours."""
    server = EmbeddedServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
def test_it_comes_up_and_what_is_wrong_is_found(empty_server: EmbeddedServer) -> None:
    admin, owner = (empty_server.url("postgres", user=user) for user in ("postgres", project.OWNER))

    # when everything is done as the CLI does it
    told = dict(check(admin, owner))

    # then all of it holds
    assert {what: wrong for what, wrong in told.items() if wrong} == {}
    assert late_against(owner) == []

    # when a table is opened and one more is published, then both are told
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute(
            "create table public.open_to_all (id int); grant select on open_to_all to anon"
        )
        conn.execute("alter publication supabase_realtime add table public.customers")
    assert list(project.walls(owner)) == [
        "public.open_to_all has no row level security",
        "public.open_to_all is open to whoever has the public key",
    ]
    assert len(list(project.published(owner))) == 1
