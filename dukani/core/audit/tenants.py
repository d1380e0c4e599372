"""No row of one boutique points to a row of another: every reference of the catalogue is walked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL, Composed, Identifier

from dukani.core.audit.check import Check
from dukani.core.database import Connection

ROWS_KEEP_TO_THEIR_SHOP = Check(
    name="rows_keep_to_their_shop",
    says="A row refers to rows of its own boutique, and to such as exist.",
    table="every table",
    remedy="Show nobody the row until it is known whose it is; then report which table it is in.",
    sql="select where false",  # a statement for each reference, see `_broken`
)

# Every reference between two tables of boutiques; `key`: what tells a row and names no person.
_REFERENCES = """
select child.relname as child, parent.relname as parent,
  array(select a.attname::text from unnest(c.conkey) with ordinality k (n, i)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by i) as columns,
  array(select a.attname::text from unnest(c.confkey) with ordinality k (n, i)
    join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by i) as targets,
  array(select a.attname::text from pg_index x
    cross join unnest(x.indkey::int2[]) with ordinality k (n, i)
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.n
    join pg_type t on t.oid = a.atttypid
    where x.indrelid = c.conrelid and x.indisprimary and a.attname <> 'boutique_id'
      and t.typname in ('uuid', 'int8', 'int4', 'int2') order by i) as key
from pg_constraint c
join pg_class child on child.oid = c.conrelid
join pg_class parent on parent.oid = c.confrelid
where c.contype = 'f' and c.connamespace = 'public'::regnamespace
  and child.relnamespace = 'public'::regnamespace
  and parent.relnamespace = 'public'::regnamespace and parent.relname <> 'boutiques'
order by child.relname, parent.relname, c.conname
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key from one table of boutiques to another."""

    child: str
    parent: str
    columns: Sequence[str]
    targets: Sequence[str]
    key: Sequence[str]


async def references(conn: Connection) -> list[Reference]:
    cursor = await conn.execute(_REFERENCES.encode())
    return [Reference(**row) for row in await cursor.fetchall()]


async def strangers(
    conn: Connection, reference: Reference, *, boutique_id: str, limit: int
) -> list[dict[str, Any]]:
    """Rows of the boutique that refer to nothing of its own."""
    cursor = await conn.execute(_broken(reference), {"boutique_id": boutique_id, "limit": limit})
    return [
        {"id": row["id"], "table": reference.child, "refers_to": reference.parent}
        for row in await cursor.fetchall()
    ]


def _broken(reference: Reference) -> Composed:
    """Compares every column of the key, and the boutique also where the key leaves it out."""
    pairs = list(zip(reference.columns, reference.targets, strict=True))
    same = SQL(" and ").join(
        SQL("p.{} = c.{}").format(Identifier(target), Identifier(column))
        for column, target in [*pairs, ("boutique_id", "boutique_id")]
    )
    whole = SQL(" and ").join(
        SQL("c.{} is not null").format(Identifier(column)) for column in reference.columns
    )
    named = SQL(", ").join(SQL("c.{}").format(Identifier(column)) for column in reference.key)
    return SQL(
        """select concat_ws('/', {named}) as id from {child} c
           where c.boutique_id = %(boutique_id)s and {whole}
             and not exists (select from {parent} p where {same}) limit %(limit)s"""
    ).format(
        named=named if reference.key else SQL("''"),
        child=Identifier("public", reference.child),
        parent=Identifier("public", reference.parent),
        whole=whole,
        same=same,
    )
