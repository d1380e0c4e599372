"""M-Pesa statements that the boutique imported, and their lines: append-only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

LineKind = Literal["paid_in", "paid_out", "charge", "withdrawal", "reversal"]
# `noted`: a charge, a withdrawal, money sent, the reversal of money that was never the shop's.
LineState = Literal["matched", "left", "set_aside", "noted"]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """`amount_minor` is positive; `kind` says which way it went."""

    line: int  # as the file counts
    receipt: str
    kind: LineKind
    amount_minor: int
    completed_at: datetime
    details: str
    phone: str | None = field(repr=False)  # digits, with * where M-Pesa hides them
    other_party: str | None = field(repr=False)
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of the lines of one kind of a statement."""

    kind: LineKind
    state: LineState
    lines: int
    sum_minor: int


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """`lines` were read, of which `new_lines` were on no statement before."""

    id: str
    file_name: str
    lines: int
    new_lines: int
    left: int  # of its own lines, now
    bad: list[dict[str, Any]]
    created_at: datetime

    @property
    def key(self) -> Key:
        return Key(self.created_at, self.id)


@dataclass(frozen=True, slots=True)
class KeptLine:
    id: str
    statement_id: str
    line: int
    receipt: str
    kind: LineKind
    amount_minor: int
    completed_at: datetime
    details: str
    phone: str | None = field(repr=False)
    other_party: str | None = field(repr=False)
    original: str | None
    state: LineState
    how: str | None
    payment_id: str | None
    sale_id: str | None
    refund_id: str | None
    debt_payment_id: str | None
    order_id: str | None
    reason: str | None
    note: str | None

    @property
    def key(self) -> Key:
        return Key(self.completed_at, self.id)


_STATE: LiteralString = """case when m.how = 'set_aside' then 'set_aside'
  when m.line_id is not null then 'matched'
  when l.kind = 'paid_in' then 'left' else 'noted' end"""
_JOINED: LiteralString = """statement_lines l
  left join statement_matches m on m.boutique_id = l.boutique_id and m.line_id = l.id"""
_LINES: LiteralString = f"""select l.id::text, l.statement_id::text, l.line, l.receipt, l.kind,
  l.amount_minor, l.completed_at, l.details, l.phone, l.other_party, l.original,
  {_STATE} as state, m.how, m.payment_id::text, m.sale_id::text, m.refund_id::text,
  m.debt_payment_id::text,
  coalesce(p.order_id, r.order_id)::text as order_id, m.reason, m.note
from {_JOINED}
left join payments p on p.boutique_id = m.boutique_id and p.id = m.payment_id
left join refunds r on r.boutique_id = m.boutique_id and r.id = m.refund_id
where l.boutique_id = private.current_boutique()"""
_STATEMENTS: LiteralString = f"""select s.id::text, s.file_name, s.lines, s.new_lines, s.bad,
  s.created_at, (select count(*) from {_JOINED} where l.boutique_id = s.boutique_id
    and l.statement_id = s.id and m.line_id is null
    and l.kind = 'paid_in')::int as left
from mpesa_statements s where s.boutique_id = private.current_boutique()"""


async def lock(conn: Connection) -> None:
    """One import or decision at a time in a boutique, until the transaction ends."""
    await conn.execute(
        """select pg_advisory_xact_lock(
             hashtextextended('statements:' || private.current_boutique()::text, 0))"""
    )


async def of_digest(conn: Connection, *, digest: bytes) -> str | None:
    cursor = await conn.execute(
        """select id::text from mpesa_statements
           where boutique_id = private.current_boutique() and digest = %(digest)s""",
        {"digest": digest},
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def add(
    conn: Connection,
    *,
    digest: bytes,
    file_name: str,
    lines: Sequence[StatementLine],
    bad: Sequence[dict[str, Any]],
    imported_by: str | None,
) -> str:
    """Keep a statement and those of its lines that no other had; its id."""
    cursor = await conn.execute(
        """
        with given as materialized (
          select distinct on (receipt, kind, case kind when 'charge' then amount_minor else 0 end) *
          from jsonb_to_recordset(%(lines)s) as (line int, receipt text, kind text,
            amount_minor bigint, completed_at timestamptz, details text, phone text,
            other_party text, original text)
          order by receipt, kind, case kind when 'charge' then amount_minor else 0 end, line
        ), fresh as materialized (
          select g.* from given g where not exists (
            select from statement_lines l where l.boutique_id = private.current_boutique()
              and l.receipt = g.receipt and l.kind = g.kind
              and case l.kind when 'charge' then l.amount_minor else 0 end
                = case g.kind when 'charge' then g.amount_minor else 0 end)
        ), kept as (
          insert into mpesa_statements (boutique_id, digest, file_name, lines, new_lines, bad,
            imported_by)
          values (private.current_boutique(), %(digest)s, %(file_name)s, %(read)s,
            (select count(*) from fresh), %(bad)s, %(imported_by)s)
          returning boutique_id, id
        ), added as (
          insert into statement_lines (boutique_id, statement_id, line, receipt, kind, amount_minor,
            completed_at, details, phone, other_party, original)
          select kept.boutique_id, kept.id, f.line, f.receipt, f.kind, f.amount_minor,
            f.completed_at, f.details, f.phone, f.other_party, f.original
          from fresh f, kept
        )
        select id::text from kept
        """,
        {
            "digest": digest,
            "file_name": file_name,
            "read": len(lines),
            "bad": Jsonb(list(bad)),
            "imported_by": imported_by,
            "lines": Jsonb([_row(line) for line in lines]),
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


def _row(line: StatementLine) -> dict[str, Any]:
    return {
        "line": line.line,
        "receipt": line.receipt,
        "kind": line.kind,
        "amount_minor": line.amount_minor,
        "completed_at": line.completed_at.isoformat(),
        "details": line.details,
        "phone": line.phone,
        "other_party": line.other_party,
        "original": line.original,
    }


async def get(conn: Connection, *, statement_id: str) -> ImportedStatement | None:
    async with conn.cursor(row_factory=class_row(ImportedStatement)) as cursor:
        await cursor.execute(_STATEMENTS + " and s.id = %(id)s", {"id": statement_id})
        return await cursor.fetchone()


async def page(conn: Connection, *, after: Key | None, limit: int) -> list[ImportedStatement]:
    """Newest first."""
    later: LiteralString = " and (s.created_at, s.id) < (%(at)s, %(id)s::uuid)" if after else ""
    statement = _STATEMENTS + later + " order by s.created_at desc, s.id desc limit %(limit)s"
    async with conn.cursor(row_factory=class_row(ImportedStatement)) as cursor:
        await cursor.execute(statement, _place(after, limit))
        return await cursor.fetchall()


async def counts(conn: Connection, *, statement_id: str | None = None) -> list[Counted]:
    """What became of the lines, of one statement or of all."""
    of_one: LiteralString = " and l.statement_id = %(id)s" if statement_id else ""
    async with conn.cursor(row_factory=class_row(Counted)) as cursor:
        await cursor.execute(
            f"""select l.kind, {_STATE} as state, count(*)::int as lines,
                  sum(l.amount_minor)::bigint as sum_minor
                from {_JOINED} where l.boutique_id = private.current_boutique(){of_one}
                group by 1, 2 order by 1, 2""".encode(),
            {"id": statement_id},
        )
        return await cursor.fetchall()


async def line(conn: Connection, *, line_id: str) -> KeptLine | None:
    async with conn.cursor(row_factory=class_row(KeptLine)) as cursor:
        await cursor.execute(_LINES + " and l.id = %(id)s", {"id": line_id})
        return await cursor.fetchone()


async def lines(
    conn: Connection,
    *,
    state: LineState | None,
    statement_id: str | None,
    after: Key | None,
    limit: int,
) -> list[KeptLine]:
    """Newest first."""
    only: LiteralString = f" and {_STATE} = %(state)s" if state else ""
    of_one: LiteralString = " and l.statement_id = %(statement_id)s" if statement_id else ""
    later: LiteralString = " and (l.completed_at, l.id) < (%(at)s, %(id)s::uuid)" if after else ""
    ending: LiteralString = " order by l.completed_at desc, l.id desc limit %(limit)s"
    async with conn.cursor(row_factory=class_row(KeptLine)) as cursor:
        await cursor.execute(
            _LINES + only + of_one + later + ending,
            {"state": state, "statement_id": statement_id, **_place(after, limit)},
        )
        return await cursor.fetchall()


def _place(after: Key | None, limit: int) -> dict[str, Any]:
    return {
        "limit": limit,
        "at": after.value if after else None,
        "id": after.id if after else None,
    }
