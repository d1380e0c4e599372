"""Every table of a boutique, from the catalogue, and its rows; ways in are left out by name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from psycopg import sql

from dukani.core.database import Connection

# Nobody's but the machine's: answers of repeated calls, and a queue's own notes.
LEFT_OUT_TABLES = frozenset({"idempotency_keys"})
# Ways in, digests of ways in, and whatever a provider's or a browser's door opens to.
LEFT_OUT_COLUMNS = frozenset(
    {
        "secrets", "digest", "token_digest", "callback_token", "endpoint", "p256dh", "auth",
        "phone_digest", "address_digest", "shopper_digest", "callback_digest", "code_digest",
    }
)  # fmt: skip
_DERIVED = ("tsvector", "vector", "xid8")  # made of other columns, or of no use outside
_NUMBERS = (
    "smallint", "integer", "bigint", "real", "double precision", "boolean", "date",
    "timestamp with time zone", "uuid",
)  # fmt: skip
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Column:
    """`is_text`: people may have written into it."""

    name: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        """The column that says whose the row is."""
        return "id" if self.name == "boutiques" else "boutique_id"

    @property
    def paths(self) -> tuple[str, ...]:
        """Columns that name a file in the media store."""
        return tuple(c.name for c in self.columns if c.name in ("path", "media_path"))


async def of_a_boutique(conn: Connection) -> list[Table]:
    """All tables with rows of boutiques, in the order of their names: a new one is among them."""
    cursor = await conn.execute(
        """select c.relname as table, a.attname as column,
             format_type(a.atttypid, null) as type
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
             and (c.relname = 'boutiques' or exists (select from pg_attribute k
               where k.attrelid = c.oid and k.attname = 'boutique_id' and not k.attisdropped))
           order by c.relname, a.attnum"""
    )
    columns: dict[str, list[Column]] = {}
    for row in await cursor.fetchall():
        if row["table"] in LEFT_OUT_TABLES or row["column"] in LEFT_OUT_COLUMNS:
            continue
        if row["type"] in _DERIVED:
            continue
        is_text = row["type"] not in _NUMBERS
        columns.setdefault(row["table"], []).append(Column(row["column"], is_text))
    return [Table(name, tuple(of_it)) for name, of_it in columns.items()]


async def rows_of(
    conn: Connection, table: Table, *, boutique_id: str
) -> AsyncIterator[Sequence[Sequence[str | None]]]:
    """The boutique's rows as text, times in UTC, some at a time. Needs a system connection."""
    await conn.execute("set local timezone to 'UTC'")
    statement = sql.SQL("select {} from {} where {} = {}").format(
        sql.SQL(", ").join(
            sql.SQL("{}::text").format(sql.Identifier(column.name)) for column in table.columns
        ),
        sql.Identifier(table.name),
        sql.Identifier(table.key),
        sql.Placeholder(),
    )
    async with conn.cursor(name="rows_of_a_table") as cursor:
        await cursor.execute(statement, (boutique_id,))
        while found := await cursor.fetchmany(_AT_ONCE):
            yield [tuple(row.values()) for row in found]


async def paths_of(
    conn: Connection, table: Table, column: str, *, boutique_id: str, after: str
) -> list[str]:
    """The next files that the table names, in the order of their paths."""
    statement = sql.SQL(
        "select distinct {0} as path from {1} where boutique_id = {2} and {0} > {3}"
        " order by 1 limit {4}"
    ).format(
        sql.Identifier(column),
        sql.Identifier(table.name),
        sql.Placeholder("boutique"),
        sql.Placeholder("after"),
        sql.Placeholder("most"),
    )
    cursor = await conn.execute(
        statement, {"boutique": boutique_id, "after": after, "most": _AT_ONCE}
    )
    return [row["path"] for row in await cursor.fetchall()]
