"""Databases that begin with what was written once into another.

To write a month of a shop takes seconds, to copy its database a tenth of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
from psycopg import sql

from dukani.core.embedded import EmbeddedServer

_numbers = count(1)


@contextmanager
def copy_of(server: EmbeddedServer, source: str) -> Iterator[str]:
    """The name of a database as `source` is, to which nobody may be connected; dropped after.

    No connection to it is kept when it is closed, so that it may be a source itself.
    """
    name = f"copy_{next(_numbers)}"
    copy = sql.SQL("create database {} template {} strategy file_copy")
    _as_admin(server, copy.format(sql.Identifier(name), sql.Identifier(source)))
    try:
        yield name
    finally:
        _as_admin(server, sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _as_admin(server: EmbeddedServer, statement: sql.Composed) -> None:
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
        conn.execute(statement)
