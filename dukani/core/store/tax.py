"""What a shop's tax return needs: its registration, its sales of a month, their eTIMS numbers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

Vat = Literal["not_registered", "standard", "zero_rated", "exempt"]
DocumentKind = Literal["order", "sale", "refund"]


@dataclass(frozen=True, slots=True)
class TaxSettings:
    """`counts_from`: a day of the boutique's calendar; None: always."""

    kra_pin: str | None
    vat: Vat
    counts_from: date | None = None


NOT_SAID = TaxSettings(None, "not_registered")


@dataclass(frozen=True, slots=True)
class TaxDocument:
    """A sale, or money given back (below zero); prices include the tax.

    `number`: ours; `of_number`: of a refund, the order's. `etims_number`: KRA's, as noted.
    """

    id: str
    kind: DocumentKind
    number: str
    of_number: str | None
    at: datetime
    buyer: str | None
    items: str
    paid_with: str
    total_minor: int
    vat_percent: int
    vat_minor: int
    etims_number: str | None

    @property
    def taxable_minor(self) -> int:
        return self.total_minor - self.vat_minor

    @property
    def key(self) -> Key:
        return Key(self.at, self.id)


@dataclass(frozen=True, slots=True)
class TaxSums:
    documents: int
    total_minor: int
    vat_minor: int
    without_number: int


_DOCUMENTS: LiteralString = """
select d.*, rate.vat_percent, e.number as etims_number,
  private.vat_contained(d.total_minor, rate.vat_percent) as vat_minor
from (
  select o.id, 'order' as kind, o.number, null as of_number, o.paid_at as at, c.name as buyer,
    (select string_agg(i.quantity || ' × ' || i.name, ', ' order by i.id) from order_items i
     where i.boutique_id = o.boutique_id and i.order_id = o.id) as items,
    coalesce((select p.paid_by from payments p where p.boutique_id = o.boutique_id
      and p.order_id = o.id and p.status = 'succeeded' order by p.attempt limit 1), 'mpesa')
      as paid_with, o.total_minor, o.boutique_id
  from orders o
  join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and o.paid_at >= %(since)s and o.paid_at < %(until)s
  union all
  select s.id, 'sale', s.number, null, s.created_at, s.buyer_name,
    (select string_agg(i.quantity || ' × ' || i.name, ', ' order by i.position)
     from counter_sale_items i where i.boutique_id = s.boutique_id and i.sale_id = s.id),
    s.paid_by, s.total_minor, s.boutique_id
  from counter_sales s
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.created_at >= %(since)s and s.created_at < %(until)s
  union all
  select r.id, 'refund', o.number || '/R' || r.number, o.number, r.created_at, c.name, r.words,
    r.method, -r.amount_minor, r.boutique_id
  from refunds r
  join orders o on o.boutique_id = r.boutique_id and o.id = r.order_id
  join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
  where r.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and r.reason <> 'paid_twice'  -- that money was no sale's
    and r.created_at >= %(since)s and r.created_at < %(until)s
) d
join boutiques b on b.id = d.boutique_id
cross join lateral (
  select private.vat_percent(d.boutique_id, (d.at at time zone b.timezone)::date) as vat_percent
) rate
left join etims_invoices e on e.boutique_id = d.boutique_id
  and d.id = coalesce(e.order_id, e.sale_id, e.refund_id)"""
_COLUMNS: LiteralString = """t.id::text, t.kind, t.number, t.of_number, t.at, t.buyer,
  coalesce(t.items, '') as items, t.paid_with, t.total_minor, t.vat_percent,
  t.vat_minor, t.etims_number"""


async def settings(conn: Connection) -> TaxSettings:
    """As they were said last."""
    async with conn.cursor(row_factory=class_row(TaxSettings)) as cursor:
        await cursor.execute(
            """select kra_pin, vat, nullif(counts_from, '-infinity') as counts_from
               from tax_settings where boutique_id = private.current_boutique()
               order by tax_settings.counts_from desc limit 1"""
        )
        return await cursor.fetchone() or NOT_SAID


async def set_settings(conn: Connection, said: TaxSettings) -> None:
    await conn.execute(
        """insert into tax_settings (boutique_id, kra_pin, vat, counts_from)
           values (private.current_boutique(), %(pin)s, %(vat)s,
             coalesce(%(since)s::date, '-infinity'))
           on conflict (boutique_id, counts_from) do update
             set kra_pin = excluded.kra_pin, vat = excluded.vat, updated_at = now()""",
        {"pin": said.kra_pin, "vat": said.vat, "since": said.counts_from},
    )


async def page(
    conn: Connection,
    *,
    since: datetime,
    until: datetime,
    open_only: bool,
    after: Key | None,
    limit: int,
) -> list[TaxDocument]:
    """The newest first. `open_only`: without a number of KRA's."""
    which = "t.etims_number is null" if open_only else "true"
    later = "(t.at, t.id) < (%(at)s, %(id)s::uuid)" if after else "true"
    return await _several(
        conn,
        f"""select {_COLUMNS} from ({_DOCUMENTS}) t where {which} and {later}
            order by t.at desc, t.id desc limit %(limit)s""",
        {
            "since": since,
            "until": until,
            "at": after.value if after else None,
            "id": after.id if after else None,
            "limit": limit,
        },
    )


async def get(conn: Connection, *, document_id: str) -> TaxDocument | None:
    found = await _several(
        conn,
        f"select {_COLUMNS} from ({_DOCUMENTS}) t where t.id = %(id)s",
        {"id": document_id, "since": "-infinity", "until": "infinity"},
    )
    return found[0] if found else None


async def sums(conn: Connection, *, since: datetime, until: datetime) -> TaxSums:
    async with conn.cursor(row_factory=class_row(TaxSums)) as cursor:
        await cursor.execute(
            f"""select count(*)::int as documents,
                  coalesce(sum(total_minor), 0)::bigint as total_minor,
                  coalesce(sum(vat_minor), 0)::bigint as vat_minor,
                  (count(*) filter (where etims_number is null))::int as without_number
                from ({_DOCUMENTS}) t""".encode(),
            {"since": since, "until": until},
        )
        found = await cursor.fetchone()
    assert found is not None  # an aggregate gives one row
    return found


async def every(
    conn: Connection, *, since: datetime, until: datetime, at_once: int = 500
) -> AsyncIterator[list[TaxDocument]]:
    """The oldest first, a batch after the other."""
    async with conn.cursor(name="tax_out", row_factory=class_row(TaxDocument)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from ({_DOCUMENTS}) t order by t.at, t.id".encode(),
            {"since": since, "until": until},
        )
        while batch := await cursor.fetchmany(at_once):
            yield batch


async def note(conn: Connection, document: TaxDocument, number: str | None) -> None:
    """KRA's number of a document, in place of what was noted. Raises UniqueViolation."""
    column: LiteralString = {"order": "order_id", "sale": "sale_id", "refund": "refund_id"}[
        document.kind
    ]
    values = {"id": document.id, "number": number}
    if number is None:
        await conn.execute(
            f"""delete from etims_invoices
                where boutique_id = private.current_boutique() and {column} = %(id)s""".encode(),
            values,
        )
        return
    await conn.execute(
        """delete from etims_invoices e using counter_sales s
           where e.boutique_id = private.current_boutique() and e.number = %(number)s
             and s.boutique_id = e.boutique_id and s.id = e.sale_id and s.undone_at is not null""",
        values,
    )
    await conn.execute(
        f"""insert into etims_invoices (boutique_id, {column}, number)
            values (private.current_boutique(), %(id)s, %(number)s)
            on conflict (boutique_id, {column}) where {column} is not null do update
              set number = excluded.number, noted_by = excluded.noted_by,
                noted_at = now()""".encode(),
        values,
    )


async def number_of(
    conn: Connection, *, order_id: str | None = None, sale_id: str | None = None
) -> str | None:
    """KRA's number of an order's or a sale's invoice, if it was noted."""
    cursor = await conn.execute(
        """select number from etims_invoices where boutique_id = private.current_boutique()
             and (order_id = %(order)s::uuid or sale_id = %(sale)s::uuid)""",
        {"order": order_id, "sale": sale_id},
    )
    row = await cursor.fetchone()
    return str(row["number"]) if row else None


async def _several(
    conn: Connection, statement: LiteralString, values: dict[str, Any]
) -> list[TaxDocument]:
    async with conn.cursor(row_factory=class_row(TaxDocument)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
