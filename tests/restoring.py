"""A restore as it leaves a database: what was under way is put to rest."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg

from dukani.core.backup.in_flight import Rested, put_to_rest

MADE_AT = datetime(2026, 11, 28, 2, tzinfo=UTC)


def rest(superuser_url: str, *, same_server: bool = False) -> Rested:
    """As after `pg_restore`, or after the host brought the server back."""
    with psycopg.connect(superuser_url) as conn:
        return put_to_rest(conn, made_at=MADE_AT, same_server=same_server)
