"""Consents and opt-outs: a ledger in which a customer's last line for each purpose counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

# assistant: may be answered; marketing: may be sent offers; sms: may be written by SMS.
Purpose = Literal["assistant", "marketing", "sms"]

# SQL: whether the customer of a row opted out (said stop, and no start since).
OPTED_OUT: LiteralString = """not coalesce((
  select granted from consents n
  where n.boutique_id = {customer}.boutique_id and n.customer_id = {customer}.id
    and n.purpose = 'assistant'
  order by n.id desc limit 1
), true)"""


# SQL: whether the customer of a row may get marketing: a recorded yes, and no stop since.
MAY_MARKET: LiteralString = (
    """(coalesce((
  select granted from consents n
  where n.boutique_id = {customer}.boutique_id and n.customer_id = {customer}.id
    and n.purpose = 'marketing'
  order by n.id desc limit 1
), false) and not """
    + OPTED_OUT
    + ")"
)


# SQL: whether the customer of a row may be written by SMS: a recorded yes, and no stop since.
MAY_SMS: LiteralString = (
    """(coalesce((
  select granted from consents n
  where n.boutique_id = {customer}.boutique_id and n.customer_id = {customer}.id
    and n.purpose = 'sms'
  order by n.id desc limit 1
), false) and not """
    + OPTED_OUT
    + ")"
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of the ledger: a consent given or withdrawn, where, and in which words."""

    customer_id: str
    purpose: Purpose
    granted: bool
    source: str
    words: str | None
    created_at: datetime


async def record(
    conn: Connection,
    *,
    customer_id: str,
    purpose: Purpose,
    granted: bool,
    source: str,
    words: str | None = None,
) -> None:
    """Add a line. `source` is where the consent was given: whatsapp, meta_preferences, …"""
    await conn.execute(
        """insert into consents (boutique_id, customer_id, purpose, granted, source, words)
           values (private.current_boutique(), %(customer_id)s, %(purpose)s, %(granted)s,
             %(source)s, %(words)s)""",
        {
            "customer_id": customer_id,
            "purpose": purpose,
            "granted": granted,
            "source": source,
            "words": words,
        },
    )


async def latest(conn: Connection, *, customer_id: str, purpose: Purpose) -> Consent | None:
    """The line that counts; none when the customer said nothing about this purpose."""
    async with conn.cursor(row_factory=class_row(Consent)) as cursor:
        await cursor.execute(
            """select customer_id::text as customer_id, purpose, granted, source, words, created_at
               from consents where customer_id = %(customer_id)s and purpose = %(purpose)s
               order by id desc limit 1""",
            {"customer_id": customer_id, "purpose": purpose},
        )
        return await cursor.fetchone()


async def may_answer(conn: Connection, *, customer_id: str) -> bool:
    """Whether the customer may be answered: yes, until the customer says stop."""
    consent = await latest(conn, customer_id=customer_id, purpose="assistant")
    return consent is None or consent.granted


async def may_market(conn: Connection, *, customer_id: str) -> bool:
    """Whether marketing may be sent: after a recorded yes and no stop since.

    A purchase is no such yes. The same SQL decides as the message leaves (`outbox.py`).
    """
    return await _may(conn, MAY_MARKET, customer_id=customer_id)


async def may_sms(conn: Connection, *, customer_id: str) -> bool:
    """Whether the customer may be written by SMS; an offer by SMS needs `may_market` too.

    The same SQL decides as the message leaves (`outbox.py`).
    """
    return await _may(conn, MAY_SMS, customer_id=customer_id)


async def _may(conn: Connection, rule: LiteralString, *, customer_id: str) -> bool:
    asked = rule.format(customer="c")
    cursor = await conn.execute(
        f"select {asked} as may from customers c where c.id = %(customer_id)s",
        {"customer_id": customer_id},
    )
    row = await cursor.fetchone()
    return bool(row and row["may"])
