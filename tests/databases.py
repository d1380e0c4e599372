"""Databases for tests: each test gets one that is as the template is.

A clone costs a tenth of a second of the processor, more than most tests do. So a database serves
several tests, and is emptied between them. One that a test changed otherwise is thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import psycopg

from dukani.core.embedded import EmbeddedServer
from tests.kept_connections import KEPT

# Deleted rows stay in the files, since nothing vacuums here: a fresh clone is small again.
MOST_USES = 100
LEAVING_S = 10.0

_numbers = count(1)

# What a database is beside its rows. Every change of a row of these has another xmin or another
# count. Analysing and vacuuming change rows in place and are not seen, as they need not be.
_CATALOGUES = (
    "pg_attrdef", "pg_attribute", "pg_class", "pg_constraint", "pg_default_acl", "pg_enum",
    "pg_event_trigger", "pg_extension", "pg_index", "pg_namespace", "pg_policy", "pg_proc",
    "pg_rewrite", "pg_trigger", "pg_type",
)  # fmt: skip
_OF_THIS_DATABASE = (
    "pg_database where datname = current_database()",
    "pg_db_role_setting where setdatabase ="
    " (select oid from pg_database where datname = current_database())",
)
# Which migrations were applied is not to be changed at all.
_HISTORY = "supabase_migrations.schema_migrations"
_TABLES = """
select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname not in ('pg_catalog', 'information_schema') order by 1
"""
_SEQUENCES = """
select format('%I.%I', schemaname, sequencename), start_value from pg_sequences order by 1
"""
_OTHERS = """
from pg_stat_activity where datname = current_database()
and pid <> pg_backend_pid() and pid <> all(%s)
"""


@dataclass(frozen=True, slots=True)
class Emptying:
    """How to see what a test did to a clone of one template, and how to undo it.

    `look` tells of everything that is not undone. `used` gives an array of booleans: which of
    `undo` are to be executed.
    """

    look: bytes
    used: bytes
    undo: tuple[str, ...]


def emptying_of(conn: psycopg.Connection) -> Emptying:
    """From a database that is as the template is; the same holds for each clone."""
    tables = [row[0] for row in conn.execute(_TABLES.encode())]
    has_rows = conn.execute(_array_of(f"exists(select from {one})" for one in tables)).fetchone()
    assert has_rows is not None
    filled = {table for table, has in zip(tables, has_rows[0], strict=True) if has}
    steps = [_emptied(table) for table in tables if table not in filled]
    steps += [_restarted(name, start) for name, start in conn.execute(_SEQUENCES.encode())]
    steps += [_refilled(conn, table) for table in sorted(filled) if table != _HISTORY]
    watched = (*_CATALOGUES, *_OF_THIS_DATABASE, _HISTORY)
    return Emptying(
        look=" union all ".join(_state_of(source) for source in watched).encode(),
        used=_array_of(used for used, _ in steps),
        undo=tuple(undo for _, undo in steps),
    )


class LentDatabase:
    """A clone that tests have one after another, and a superuser's connection to it."""

    def __init__(self, name: str, conn: psycopg.Connection, emptying: Emptying) -> None:
        """`conn`: in autocommit, and this object's own from now on."""
        self.name = name
        self.uses = 0
        self._conn = conn
        self._emptying = emptying
        # No trigger and no foreign key holds back what empties a table.
        self._conn.execute("set session_replication_role = replica")
        self._state = self._see()

    def clean(self) -> bool:
        """Leave it as the template is; False when that cannot be done."""
        try:
            if not self._is_alone() or self._see() != self._state:
                return False
            self._empty()
        except psycopg.Error:  # this connection was closed too, or the history is gone
            return False
        return True

    def close(self) -> None:
        self._conn.close()

    def _see(self) -> list[tuple[object, ...]]:
        return self._conn.execute(self._emptying.look, prepare=True).fetchall()

    def _empty(self) -> None:
        """Only what was used: to delete from each table takes longer than most tests do."""
        found = self._conn.execute(self._emptying.used, prepare=True).fetchone()
        assert found is not None
        undo = [one for one, used in zip(self._emptying.undo, found[0], strict=True) if used]
        self._conn.execute("; ".join(undo).encode())  # one transaction

    def _is_alone(self) -> bool:
        """Whoever is still connected is sent away; what they had begun is rolled back."""
        give_up = time.monotonic() + LEAVING_S
        kept = (KEPT.pids(),)
        while self._conn.execute(f"select {_OTHERS} limit 1".encode(), kept).fetchone() is not None:
            if time.monotonic() > give_up:
                return False
            self._conn.execute(f"select pg_terminate_backend(pid) {_OTHERS}".encode(), kept)
            time.sleep(0.002)
        return True


class Databases:
    """Lends databases of one server; `template` is cloned when none is free."""

    def __init__(self, server: EmbeddedServer, template: str) -> None:
        self._server = server
        self._template = template
        self._emptying: Emptying | None = None
        self._free: list[LentDatabase] = []

    @contextmanager
    def lend(self) -> Iterator[str]:
        """The name of a database nobody else has meanwhile."""
        lent = self._free.pop() if self._free else self._clone()
        lent.uses += 1
        try:
            yield lent.name
        finally:
            if lent.uses < MOST_USES and lent.clean():
                self._free.append(lent)
            else:
                self._drop(lent)

    def close(self) -> None:
        while self._free:
            self._drop(self._free.pop())

    def _clone(self) -> LentDatabase:
        name = f"t_{next(_numbers)}"
        self._as_admin(f'create database "{name}" template "{self._template}" strategy file_copy')
        KEPT.databases.add(name)
        conn = psycopg.connect(self._server.url(name, user="postgres"), autocommit=True)
        if self._emptying is None:
            self._emptying = emptying_of(conn)
        return LentDatabase(name, conn, self._emptying)

    def _drop(self, lent: LentDatabase) -> None:
        KEPT.forget(lent.name)
        lent.close()
        self._as_admin(f'drop database "{lent.name}" with (force)')

    def _as_admin(self, statement: str) -> None:
        admin = self._server.url("postgres", user="postgres")
        with psycopg.connect(admin, autocommit=True) as conn:
            conn.execute(statement.encode())


def _state_of(source: str) -> str:
    # A sum, because rows that one transaction wrote have the same xmin.
    return f"select count(*), sum(hashxid(xmin)) from {source}"


def _array_of(conditions: Iterable[str]) -> bytes:
    return f"select array[{', '.join(conditions)}]".encode()


# Each gives whether something is to be undone, and how.


def _emptied(table: str) -> tuple[str, str]:
    return f"exists(select from {table})", f"delete from {table}"


def _restarted(sequence: str, start: int) -> tuple[str, str]:
    moved = f"(select is_called or last_value <> {start} from {sequence})"
    return moved, f"select setval('{sequence}', {start}, false)"


def _refilled(conn: psycopg.Connection, table: str) -> tuple[str, str]:
    """A table that migrations give rows, of which there are few."""
    rows = f"(select json_agg(one order by one::text)::text from {table} one)"
    [(kept,)] = conn.execute(f"select quote_literal({rows})".encode()).fetchall()
    again = f"insert into {table} select * from json_populate_recordset(null::{table}, {kept})"
    return f"{rows} is distinct from {kept}", f"delete from {table}; {again}"
