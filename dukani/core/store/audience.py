"""Who a campaign may be for, chunk by chunk, and what decides whether a customer gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language

_AFTER = "(%(after)s::uuid is null or {id} > %(after)s::uuid) order by {id} limit %(limit)s"
GOT_IT = ("accepted", "sent", "delivered", "read")


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of a customer before her taste is asked.

    `agreed`: her last word on marketing; None: she never said. `suppressed`: nobody is reached, or
    a person took her out. `contacts`: marketing in the time asked about; `last_contact`: the last.
    """

    customer_id: str
    identity: str = field(repr=False)  # her phone, else her WhatsApp id
    phone: str | None = field(repr=False)
    name: str | None = field(repr=False)
    language: Language | None
    stopped: bool
    agreed: bool | None
    suppressed: bool
    contacts: int
    last_contact: datetime | None
    last_paid_minor: int | None  # the total of her last paid order
    currency: str | None


async def everybody(conn: Connection, *, after: str | None, limit: int) -> list[str]:
    return await _ids(
        conn,
        f"""select c.id::text as id from customers c
            where c.boutique_id = private.current_boutique() and {_AFTER.format(id="c.id")}""",
        {"after": after, "limit": limit},
    )


async def of_list(conn: Connection, *, list_id: str, after: str | None, limit: int) -> list[str]:
    """Those on a list."""
    return await _ids(
        conn,
        f"""select m.customer_id::text as id from audience_list_members m
            where m.boutique_id = private.current_boutique() and m.list_id = %(list_id)s
              and {_AFTER.format(id="m.customer_id")}""",
        {"list_id": list_id, "after": after, "limit": limit},
    )


async def of_campaign(
    conn: Connection, *, campaign_id: str, responded: bool, after: str | None, limit: int
) -> list[str]:
    """Those who got an earlier campaign, and did or did not open its link, answer or buy."""
    return await _ids(
        conn,
        f"""select its.customer_id::text as id from (
              select r.customer_id, bool_or(coalesce(r.clicked_at, r.replied_at, r.converted_at)
                is not null) as responded
              from campaign_recipients r
              where r.boutique_id = private.current_boutique() and r.campaign_id = %(campaign_id)s
                and r.state = any(%(got_it)s::text[])
              group by r.customer_id) its
            where its.responded = %(responded)s and {_AFTER.format(id="its.customer_id")}""",
        {
            "campaign_id": campaign_id,
            "responded": responded,
            "got_it": list(GOT_IT),
            "after": after,
            "limit": limit,
        },
    )


async def count_everybody(conn: Connection) -> int:
    return await _count(
        conn,
        "select count(*) as found from customers where boutique_id = private.current_boutique()",
        {},
    )


async def count_list(conn: Connection, *, list_id: str) -> int:
    return await _count(
        conn,
        """select count(*) as found from audience_list_members
           where boutique_id = private.current_boutique() and list_id = %(list_id)s""",
        {"list_id": list_id},
    )


async def count_of_campaign(conn: Connection, *, campaign_id: str, responded: bool) -> int:
    return await _count(
        conn,
        """select count(*) as found from (
             select bool_or(coalesce(r.clicked_at, r.replied_at, r.converted_at) is not null)
               as responded
             from campaign_recipients r
             where r.boutique_id = private.current_boutique() and r.campaign_id = %(campaign_id)s
               and r.state = any(%(got_it)s::text[])
             group by r.customer_id) its
           where its.responded = %(responded)s""",
        {"campaign_id": campaign_id, "responded": responded, "got_it": list(GOT_IT)},
    )


# Each part is read once for all of the chunk; a lookup for each customer took three times as long
# for 50,000 (and the planner, which thinks a chunk small, took the wrong index for their orders).
_CONTACTS = """
with asked as materialized (
  select c.id, c.boutique_id, coalesce(c.phone, c.wa_user_id) as identity, c.phone, c.wa_user_id,
    c.name, c.language
  from customers c
  where c.boutique_id = private.current_boutique() and c.id = any(%(customer_ids)s::uuid[])
    and coalesce(c.wa_user_id not like 'merged:%%', true)
), said as materialized (
  select n.customer_id,
    (array_agg(n.granted order by n.id desc) filter (where n.purpose = 'assistant'))[1] as talk,
    (array_agg(n.granted order by n.id desc) filter (where n.purpose = 'marketing'))[1] as offers
  from consents n
  where n.boutique_id = private.current_boutique()
    and n.customer_id = any(%(customer_ids)s::uuid[])
  group by n.customer_id
), marketed as materialized (
  select m.identity, count(*)::int as contacts, max(m.reserved_at) as last_contact
  from marketing_contacts m
  where m.boutique_id = private.current_boutique() and m.released_at is null
    and m.reserved_at > %(at)s::timestamptz - %(within)s
    and m.identity in (select identity from asked)
  group by m.identity
), paid as materialized (
  select distinct on (o.customer_id) o.customer_id, o.total_minor, o.currency
  from orders o
  where o.boutique_id = private.current_boutique()
    and o.customer_id = any(%(customer_ids)s::uuid[])
    and o.payment_status = 'paid' and o.refund_status <> 'all'
    and o.fulfilment_status <> 'returned'
  order by o.customer_id, o.created_at desc, o.id desc
), gone as materialized (
  select s.identity from suppressed_identities s
  where s.boutique_id = private.current_boutique()
    and s.identity in (select phone from asked union all select wa_user_id from asked)
)
select c.id::text as customer_id, c.identity, c.phone, c.name, c.language,
  not coalesce(said.talk, true) as stopped, said.offers as agreed,
  (c.phone is null and c.wa_user_id like 'former:%%')
    or coalesce(c.phone in (select identity from gone), false)
    or coalesce(c.wa_user_id in (select identity from gone), false) as suppressed,
  coalesce(marketed.contacts, 0) as contacts, marketed.last_contact,
  paid.total_minor as last_paid_minor, paid.currency
from asked c
left join said on said.customer_id = c.id
left join marketed on marketed.identity = c.identity
left join paid on paid.customer_id = c.id
order by c.id
"""


async def contacts(
    conn: Connection, *, customer_ids: Sequence[str], at: datetime, within: timedelta
) -> list[Contact]:
    """Those of the customers who are people of their own (no row merged into another), by id.

    Marketing counts that reached or may reach them `within` this long before `at`.
    """
    async with conn.cursor(row_factory=class_row(Contact)) as cursor:
        await cursor.execute(
            _CONTACTS.encode(), {"customer_ids": list(customer_ids), "at": at, "within": within}
        )
        return await cursor.fetchall()


async def _count(conn: Connection, statement: str, values: dict[str, object]) -> int:
    row = await (await conn.execute(statement.encode(), values)).fetchone()
    assert row is not None  # an aggregate has one row
    return int(row["found"])


async def _ids(conn: Connection, statement: str, values: dict[str, object]) -> list[str]:
    cursor = await conn.execute(statement.encode(), values)
    return [row["id"] for row in await cursor.fetchall()]
