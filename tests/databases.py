"""Databases for tests: each test gets one that is as the template is.

A clone costs a tenth of a second of the processor, more than most tests do. So a database serves
several tests, and is emptied between them. One that a test changed otherwise is thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg

from dukani.core.embedded import EmbeddedServer
from tests.kept_connections import KEPT

# Deleted rows stay in the files, since nothing vacuums here: a fresh clone is small again.
MOST_USES = 100
LEAVING_S = 10.0

_numbers = count(1)

# What a database is beside its rows. Every change of a row of these has a higher xmin or another
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


class LentDatabase:
    """A clone that tests have one after another, and a superuser's connection to it."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.uses = 0
        self._conn = psycopg.connect(url, autocommit=True)
        tables = [row[0] for row in self._conn.execute(_TABLES.encode())]
        # The template's own rows, as the history of migrations, are not to be changed at all.
        filled = [table for table in tables if self._has_rows(table)]
        watched = (*_CATALOGUES, *_OF_THIS_DATABASE, *filled)
        self._look = " union all ".join(_state_of(source) for source in watched).encode()
        self._empty = _emptying(
            [table for table in tables if table not in filled],
            [(row[0], row[1]) for row in self._conn.execute(_SEQUENCES.encode())],
        )
        self._state = self._see()

    def clean(self) -> bool:
        """Leave it as the template is; False when that cannot be done."""
        try:
            if not self._is_alone() or self._see() != self._state:
                return False
            self._conn.execute(self._empty)
        except psycopg.Error:  # this connection was closed too, or the history is gone
            return False
        return True

    def close(self) -> None:
        self._conn.close()

    def _has_rows(self, table: str) -> bool:
        return self._conn.execute(f"select from {table} limit 1".encode()).fetchone() is not None

    def _see(self) -> list[tuple[object, ...]]:
        return self._conn.execute(self._look).fetchall()

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
        return LentDatabase(name, self._server.url(name, user="postgres"))

    def _drop(self, lent: LentDatabase) -> None:
        KEPT.forget(lent.name)
        lent.close()
        self._as_admin(f'drop database "{lent.name}" with (force)')

    def _as_admin(self, statement: str) -> None:
        admin = self._server.url("postgres", user="postgres")
        with psycopg.connect(admin, autocommit=True) as conn:
            conn.execute(statement.encode())


def _state_of(source: str) -> str:
    return f"select count(*), max(xmin::text::bigint) from {source}"


def _emptying(tables: list[str], sequences: list[tuple[str, int]]) -> bytes:
    """One statement; a replica's session is held back by no trigger and no foreign key."""
    deletes = [f"delete from {table};" for table in tables]
    restarts = [f"perform setval('{name}', {start}, false);" for name, start in sequences]
    body = "\n".join((*deletes, *restarts))
    return (
        f"do $emptying$ begin set local session_replication_role = replica;\n{body}\nend $emptying$"
    ).encode()
