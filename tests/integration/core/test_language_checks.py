"""Every table that holds a language takes those that there are."""

from __future__ import annotations

import re

import psycopg

from dukani.core.languages import LANGUAGES

CHECKS = """select conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint where contype = 'c' and pg_get_constraintdef(oid) ~ '[( ]language = ANY'
  order by 1"""


def test_each_column_of_a_language_takes_all_of_them(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CHECKS).fetchall()

    taken = {name: set(re.findall(r"'([a-z_]+)'::text", told)) for name, told in checks}
    wrong = [name for name in taken if taken[name] != set(LANGUAGES)]
    assert len(taken) >= 8
    assert not wrong, f"a migration must make these take {LANGUAGES}:\n" + "\n".join(wrong)
