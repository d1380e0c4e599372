"""Customers: found by phone, by WhatsApp's business-scoped user id, or by both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store import customer_merge

_COLUMNS = "id::text as id, phone, wa_user_id, name, language"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of one boutique; at least one of phone (E.164) and WhatsApp id is known."""

    id: str
    phone: str | None = field(repr=False)
    wa_user_id: str | None = field(repr=False)
    name: str | None
    language: Language | None


async def find_or_create(
    conn: Connection,
    *,
    phone: str | None,
    wa_user_id: str | None = None,
    name: str | None = None,
) -> Customer:
    """The customer with this phone or WhatsApp id; the row learns the name it lacked.

    Two rows of one person (one without the phone, one without the id) are merged. Two rows with
    both names stay two people: a merge could show one of them the other's orders. The row with
    the phone is then returned, for payments and the owner know customers by phone.
    """
    found = await _matching(conn, phone=phone, wa_user_id=wa_user_id)
    if not found:
        await _insert(conn, phone=phone, wa_user_id=wa_user_id, name=name)
        found = await _matching(conn, phone=phone, wa_user_id=wa_user_id)
    customer = await _one_of(conn, found, phone=phone, wa_user_id=wa_user_id)
    return await _learn(conn, customer, phone=phone, wa_user_id=wa_user_id, name=name)


async def get(conn: Connection, *, customer_id: str) -> Customer | None:
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        await cursor.execute(
            f"select {_COLUMNS} from customers where id = %(customer_id)s",
            {"customer_id": customer_id},
        )
        return await cursor.fetchone()


async def by_phone(conn: Connection, *, phone: str) -> Customer | None:
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from customers
                where boutique_id = private.current_boutique() and phone = %(phone)s""",
            {"phone": phone},
        )
        return await cursor.fetchone()


async def by_wa_user_id(conn: Connection, *, wa_user_id: str) -> Customer | None:
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from customers
                where boutique_id = private.current_boutique() and wa_user_id = %(wa_user_id)s""",
            {"wa_user_id": wa_user_id},
        )
        return await cursor.fetchone()


async def lock(conn: Connection, *, customer_id: str) -> None:
    """Let nobody else change what the customer said until this transaction ends."""
    await conn.execute(
        """select from customers where boutique_id = private.current_boutique()
             and id = %(customer_id)s for no key update""",
        {"customer_id": customer_id},
    )


async def prefer(
    conn: Connection, *, customer_id: str, channel: Literal["whatsapp", "sms"]
) -> None:
    """Note where she would rather be written."""
    await conn.execute(
        """update customers set preferred_channel = %(channel)s
           where boutique_id = private.current_boutique() and id = %(customer_id)s""",
        {"customer_id": customer_id, "channel": channel},
    )


async def _matching(
    conn: Connection, *, phone: str | None, wa_user_id: str | None
) -> list[Customer]:
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        # Locked in the order of ids, so that two webhooks of one person do not deadlock.
        await cursor.execute(
            f"""select {_COLUMNS} from customers
                where phone = %(phone)s or wa_user_id = %(wa_user_id)s
                order by id for update""",
            {"phone": phone, "wa_user_id": wa_user_id},
        )
        return await cursor.fetchall()


async def _insert(
    conn: Connection, *, phone: str | None, wa_user_id: str | None, name: str | None
) -> None:
    await conn.execute(
        """insert into customers (boutique_id, phone, wa_user_id, name)
           values (private.current_boutique(), %(phone)s, %(wa_user_id)s, %(name)s)
           on conflict do nothing""",
        {"phone": phone, "wa_user_id": wa_user_id, "name": name},
    )


async def _one_of(
    conn: Connection, found: list[Customer], *, phone: str | None, wa_user_id: str | None
) -> Customer:
    if len(found) == 1:
        return found[0]
    by_phone, by_id = sorted(found, key=lambda row: row.phone != phone)
    if by_phone.wa_user_id is None or by_id.phone is None:
        await customer_merge.merge(conn, kept_id=by_phone.id, retired_id=by_id.id)
        (by_phone,) = await _matching(conn, phone=phone, wa_user_id=wa_user_id)
    return by_phone


async def _learn(
    conn: Connection,
    customer: Customer,
    *,
    phone: str | None,
    wa_user_id: str | None,
    name: str | None,
) -> Customer:
    """Store the names that the message shows; the newest phone and id are valid."""
    async with conn.cursor(row_factory=class_row(Customer)) as cursor:
        await cursor.execute(
            f"""update customers set
                  phone = coalesce(%(phone)s, phone),
                  -- An id that another complete row holds stays there.
                  wa_user_id = case when exists (
                      select from customers other
                      where other.wa_user_id = %(wa_user_id)s and other.id <> customers.id)
                    then wa_user_id else coalesce(%(wa_user_id)s, wa_user_id) end,
                  name = coalesce(name, %(name)s)
                where id = %(customer_id)s
                  and (phone is distinct from coalesce(%(phone)s, phone)
                    or wa_user_id is distinct from coalesce(%(wa_user_id)s, wa_user_id)
                    or name is distinct from coalesce(name, %(name)s))
                returning {_COLUMNS}""",
            {
                "customer_id": customer.id,
                "phone": phone,
                "wa_user_id": wa_user_id,
                "name": name,
            },
        )
        return await cursor.fetchone() or customer
