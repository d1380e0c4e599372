"""A restore as it leaves a database: what was under way is put to rest."""

from __future__ import annotations

import psycopg

from dukani.core.backup.in_flight import Rested, put_to_rest

MADE_AT = "2026-11-28T02:00:00+00:00"


def rest(superuser_url: str) -> Rested:
    """As after `pg_restore`: in one transaction of a superuser."""
    with psycopg.connect(superuser_url) as conn:
        return put_to_rest(conn, made_at=MADE_AT)
