"""Codes that prove whose a phone is, before offers are sent to it.

Number and code stand here as keyed digests; both together, sealed, until the SMS has left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.window_prompts import DAY, HOUR, Asked

Channel = Literal["whatsapp", "sms"]
MOST_TRIES = 5
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ConsentCode:
    """`sealed`: number and code, until they were sent. `waits_for`: variant id."""

    id: str
    anonymous_id: str
    phone_digest: bytes
    code_digest: bytes
    sealed: str | None
    language: Language
    channels: Sequence[Channel]
    words: str
    waits_for: str | None
    tries: int
    is_late: bool
    is_taken: bool


async def count(conn: Connection, *, phone_digest: bytes, address_digest: bytes) -> Asked:
    """What was asked for so far; nobody else asks in this shop until the transaction ends."""
    await conn.execute(
        "select pg_advisory_xact_lock(hashtextextended("
        "'consent_codes:' || private.current_boutique()::text, 0))"
    )
    cursor = await conn.execute(
        """select
             count(*) filter (where phone_digest = %(phone)s)::int as of_phone,
             count(*) filter (where address_digest = %(address)s
               and created_at > clock_timestamp() - %(hour)s)::int as of_address,
             count(*) filter (where created_at > clock_timestamp() - %(hour)s)::int as of_shop
           from consent_codes
           where boutique_id = private.current_boutique()
             and created_at > clock_timestamp() - %(day)s""",
        {"phone": phone_digest, "address": address_digest, "hour": HOUR, "day": DAY},
    )
    row = await cursor.fetchone()
    assert row is not None  # an aggregate has a row
    return Asked(**row)


async def add(
    conn: Connection,
    *,
    code_id: str,
    anonymous_id: str,
    phone_digest: bytes,
    address_digest: bytes,
    code_digest: bytes,
    sealed: str,
    language: Language,
    channels: Sequence[Channel],
    words: str,
    waits_for: str | None,
) -> None:
    await conn.execute(
        """insert into consent_codes (boutique_id, id, anonymous_id, phone_digest,
             address_digest, code_digest, sealed, language, channels, words, waits_for,
             expires_at)
           values (private.current_boutique(), %(id)s, %(anonymous_id)s, %(phone)s, %(address)s,
             %(code)s, %(sealed)s, %(language)s, %(channels)s, %(words)s, %(waits_for)s,
             clock_timestamp() + %(lasts)s)""",
        {
            "id": code_id,
            "anonymous_id": anonymous_id,
            "phone": phone_digest,
            "address": address_digest,
            "code": code_digest,
            "sealed": sealed,
            "language": language,
            "channels": list(channels),
            "words": words,
            "waits_for": waits_for,
            "lasts": LASTS,
        },
    )


async def get(conn: Connection, *, code_id: str, lock: bool = False) -> ConsentCode | None:
    async with conn.cursor(row_factory=class_row(ConsentCode)) as cursor:
        await cursor.execute(
            b"""select id::text, anonymous_id::text, phone_digest, code_digest, sealed, language,
                  channels, words, waits_for::text, tries,
                  expires_at <= clock_timestamp() as is_late, taken_at is not null as is_taken
                from consent_codes
                where boutique_id = private.current_boutique() and id = %(id)s"""
            + (b" for update" if lock else b""),
            {"id": code_id},
        )
        return await cursor.fetchone()


async def note_sent(conn: Connection, *, code_id: str) -> None:
    """The number is with the provider now, and here no more."""
    await conn.execute(
        """update consent_codes set sealed = null
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": code_id},
    )


async def note_try(conn: Connection, *, code_id: str) -> None:
    await conn.execute(
        """update consent_codes set tries = tries + 1
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": code_id},
    )


async def take(conn: Connection, *, code_id: str, customer_id: str) -> None:
    await conn.execute(
        """update consent_codes
           set customer_id = %(customer_id)s, taken_at = clock_timestamp(), sealed = null
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": code_id, "customer_id": customer_id},
    )


async def purge(conn: Connection) -> None:
    """Forget those that count for nothing any more. Needs a system connection."""
    await conn.execute("delete from consent_codes where created_at < now() - interval '2 days'")
