"""Writes `docs/citus.md`: which tables Citus could distribute by boutique, and what does not fit.

python -m scripts.check_citus [--check]

It reads the catalogue of a database that it migrates for this. A table with a boutique's column is
distributed by it. Citus (docs.citusdata.com, "Creating and modifying distributed objects") asks
that each unique key of such a table has this column, that a foreign key between two of them has it
on both sides, and that no table kept whole refers to a distributed one. With `--check` nothing is
written, and the exit code is 1 if the document says something else than the schema.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from dukani.core import migrations
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import ROOT

DOCUMENT = ROOT / "docs" / "citus.md"

# `boutiques` is distributed by its own id. Extensions' tables are no business of ours.
_TABLES = """
select c.oid::regclass::text as name, a.attname as key, coalesce(a.attnotnull, false) as always
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
  and a.attname = case when c.oid = 'public.boutiques'::regclass then 'id' else 'boutique_id' end
where c.relkind in ('r', 'p') and not c.relispartition
  and n.nspname = any(%(schemas)s)
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by n.nspname <> 'public', n.nspname, c.relname
"""
_UNIQUE = """
select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name,
  array(select a.attname::text from unnest(i.indkey) k
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k) as columns
from pg_index i where i.indisunique or i.indisexclusion
order by 1, 2
"""
_FOREIGN = """
select f.conrelid::regclass::text as table, f.conname as name,
  f.confrelid::regclass::text as to,
  array(select a.attname::text from unnest(f.conkey) with ordinality k (n, place)
    join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.n
    order by place) as columns,
  array(select a.attname::text from unnest(f.confkey) with ordinality k (n, place)
    join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.n
    order by place) as to_columns
from pg_constraint f where f.contype = 'f' and f.conparentid = 0
order by 1, 2
"""
SCHEMAS = ("public", "private", "jobs", "auth")

_BY_DIRECTORY = (
    "found before the boutique is known: a reference table (key → boutique) with this unique key,"
    " written in the same transaction; here the key begins with the boutique"
)
_BY_CHANCE = "a random token: unique with the boutique, which its address then names as well"
_WHOLE = "kept whole on the coordinator, without its foreign keys: it is there before any boutique"
# What would be done for each of them. A new misfit needs a line here, or another key.
CHANGES = {
    ("webhook_events", "boutique_id"): _WHOLE,
    ("webhook_events", "webhook_events_pkey"): "as above",
    ("private.platform_acts", "boutique_id"): _WHOLE,
    ("private.platform_acts", "private.platform_acts_pkey"): "as above",
    ("automation_sends", "automation_sends_code_key"): _BY_DIRECTORY,
    ("boutiques", "boutiques_slug_key"): _BY_DIRECTORY,
    ("cart_links", "cart_links_token_digest_key"): _BY_CHANCE,
    ("catalog_links", "catalog_links_slug_key"): _BY_DIRECTORY,
    ("mpesa_tests", "mpesa_tests_callback_token_key"): _BY_CHANCE,
    ("provider_credentials", "provider_credentials_callback"): _BY_DIRECTORY,
    ("provider_credentials", "provider_credentials_inbound"): _BY_DIRECTORY,
    ("provider_credentials", "provider_credentials_sms_number"): _BY_DIRECTORY,
    ("wallet_top_up_steps", "wallet_top_up_steps_receipt"): (
        "a receipt of M-Pesa pays once in the whole installation: a reference table of receipts"
    ),
    ("wallet_top_ups", "wallet_top_ups_callback_token_key"): _BY_CHANCE,
}

_HEAD = """# Citus, on paper

Nothing here has run on Citus. This page is written from the schema's own catalogue by
`python -m scripts.check_citus`, and a test compares the two: it says how far the keys are from what
Citus asks, so that a new table does not take it further away. When it would be worth it:
[scaling.md](scaling.md#what-to-add-when).

A boutique is the shard: each table with its id would be distributed by it, colocated. Citus asks of
such tables that each primary and unique key has the boutique, and that each foreign key between two
of them has it on both sides. All keys have, but for these:

## What does not fit

| table | key or column | why | what would be done |
|---|---|---|---|
{misfits}

## Beside the keys

- A turn reads and writes one boutique, so one node. Its jobs are in `jobs`, which stays on the
  coordinator: a turn would commit on two nodes (two-phase commit), and the queue's ceiling, one
  database's, would stay. A queue for each node comes first.
- The tables' triggers (audit, versions, figures) need `citus.enable_unsafe_triggers`; each touches
  rows of its own boutique alone. Row level security, its roles and the functions of `private` must
  be made on each node, and `vector` installed there.
- What looks at all boutiques (the clock's tasks, the platform's pages, `dukani audit`) asks every
  node.

So the first step beyond one database is another installation, with boutiques of its own: it needs
no change of the code. Moving a boutique from one to the other is not built.

## Kept whole, on every node: referred to by distributed tables

{reference}

## Kept whole, on the coordinator

{local}
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """The rows of the catalogue. `distributed` has the key column of each table that has one."""

    distributed: dict[str, str]
    whole: Sequence[str]
    without_shop: Sequence[str]  # tables whose key may be null
    unique: Sequence[dict[str, Any]]
    foreign: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Misfit:
    table: str
    name: str
    why: str


def read(conn: psycopg.Connection[Any]) -> Schema:
    """The schema of a migrated database."""
    with conn.cursor(row_factory=dict_row) as cursor:
        tables = cursor.execute(_TABLES, {"schemas": list(SCHEMAS)}).fetchall()
        return Schema(
            {row["name"]: row["key"] for row in tables if row["key"]},
            [row["name"] for row in tables if not row["key"]],
            [row["name"] for row in tables if row["key"] and not row["always"]],
            cursor.execute(_UNIQUE).fetchall(),
            cursor.execute(_FOREIGN).fetchall(),
        )


def misfits(schema: Schema) -> list[Misfit]:
    """What Citus would refuse if each table with a boutique's column were distributed by it."""
    return [*_unset(schema), *_keys(schema), *_references(schema)]


def _unset(schema: Schema) -> Iterable[Misfit]:
    for table in schema.without_shop:
        yield Misfit(table, schema.distributed[table], "may be null")


def _keys(schema: Schema) -> Iterable[Misfit]:
    for key in schema.unique:
        column = schema.distributed.get(key["table"])
        if column is not None and column not in key["columns"]:
            yield Misfit(key["table"], key["name"], f"unique without `{column}`")


def _references(schema: Schema) -> Iterable[Misfit]:
    for reference in schema.foreign:
        table, to = reference["table"], reference["to"]
        if to not in schema.distributed:
            continue
        pair = (schema.distributed.get(table), schema.distributed[to])
        if pair[0] is None:
            yield Misfit(table, reference["name"], f"a whole table refers to `{to}`")
        elif pair not in zip(reference["columns"], reference["to_columns"], strict=True):
            yield Misfit(table, reference["name"], f"refers to `{to}` without the boutique")


def described(schema: Schema) -> str:
    """The document. Raises KeyError for a misfit that nobody has said a change for."""
    referred = {one["to"] for one in schema.foreign if one["table"] in schema.distributed}
    reference = [table for table in schema.whole if table in referred]
    local = [table for table in schema.whole if table not in referred]
    return _HEAD.format(
        misfits="\n".join(
            f"| `{one.table}` | `{one.name}` | {one.why} | {CHANGES[one.table, one.name]} |"
            for one in misfits(schema)
        ),
        reference=_listed(reference),
        local=_listed(local),
    )


def _counted(schema: Schema) -> str:
    """The sum of it, which changes with every table."""
    ours = schema.distributed
    keys = sum(one["table"] in ours for one in schema.unique)
    between = sum(one["table"] in ours and one["to"] in ours for one in schema.foreign)
    return (
        f"{len(ours)} tables with a boutique, {len(schema.whole)} without; {keys} unique keys and"
        f" {between} foreign keys of the former; {len(misfits(schema))} do not fit"
    )


def _listed(tables: Sequence[str]) -> str:
    return textwrap.fill(
        ", ".join(f"`{table}`" for table in tables) + ".",
        width=100,
        break_long_words=False,
        break_on_hyphens=False,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dukani-citus-") as folder:
        schema = _of_a_new_database(Path(folder))
    print(_counted(schema))
    text = described(schema)
    if not given.check:
        DOCUMENT.write_text(text, encoding="utf-8")
        return 0
    same = DOCUMENT.exists() and DOCUMENT.read_text(encoding="utf-8") == text
    print(
        "The document is as the schema is."
        if same
        else f"{DOCUMENT.name} is not what the schema says"
    )
    return 0 if same else 1


def _of_a_new_database(folder: Path) -> Schema:
    server = EmbeddedServer(folder)
    server.start()
    try:
        migrations.create_database(server.url("postgres", user="postgres"), "citus")
        url = server.url("citus", user="postgres")
        migrations.migrate(url, bootstrap=True)
        with psycopg.connect(url) as conn:
            return read(conn)
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
