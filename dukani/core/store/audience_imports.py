"""Customers of a file, and what they agreed to, written down in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.core.database import Connection

SOURCE = "csv"


async def add_customers(conn: Connection, *, names: Mapping[str, str | None]) -> dict[str, str]:
    """The ids of the customers with these phones (E.164), made where there were none.

    A customer who is known keeps her name.
    """
    phones = sorted(names)
    await conn.execute(
        """insert into customers (boutique_id, phone, name)
           select private.current_boutique(), new.phone, new.name
           from unnest(%(phones)s::text[], %(names)s::text[]) as new (phone, name)
           on conflict do nothing""",
        {"phones": phones, "names": [names[phone] for phone in phones]},
    )
    cursor = await conn.execute(
        """select phone, id::text as id from customers
           where boutique_id = private.current_boutique() and phone = any(%(phones)s::text[])""",
        {"phones": phones},
    )
    return {row["phone"]: row["id"] for row in await cursor.fetchall()}


async def said_no(conn: Connection, *, customer_ids: Sequence[str]) -> set[str]:
    """Those whose last word on marketing, or on messages at all, was a no."""
    cursor = await conn.execute(
        """select distinct its.customer_id::text as id from (
             select distinct on (customer_id, purpose) customer_id, granted from consents
             where boutique_id = private.current_boutique()
               and customer_id = any(%(ids)s::uuid[])
             order by customer_id, purpose, id desc) its
           where not its.granted""",
        {"ids": list(customer_ids)},
    )
    return {row["id"] for row in await cursor.fetchall()}


async def add_consents(conn: Connection, *, proofs: Mapping[str, str]) -> int:
    """A yes with its proof for each customer who said nothing of marketing yet; how many."""
    ids = sorted(proofs)
    cursor = await conn.execute(
        """insert into consents (boutique_id, customer_id, purpose, granted, source, words)
           select private.current_boutique(), new.id, 'marketing', true, %(source)s, new.proof
           from unnest(%(ids)s::uuid[], %(proofs)s::text[]) as new (id, proof)
           where not exists (
             select from consents n where n.boutique_id = private.current_boutique()
               and n.customer_id = new.id and n.purpose = 'marketing')""",
        {"source": SOURCE, "ids": ids, "proofs": [proofs[one] for one in ids]},
    )
    return cursor.rowcount
