"""How many M-Pesa prompts strangers asked for in the shop's window, by phone, address and shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dukani.core.database import Connection

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """`of_phone` in the last day, the others in the last hour."""

    of_phone: int
    of_address: int
    of_shop: int


async def count(conn: Connection, *, phone_digest: bytes, address_digest: bytes) -> Asked:
    """What was asked for so far; nobody else asks in this shop until the transaction ends."""
    await conn.execute(
        "select pg_advisory_xact_lock(hashtextextended("
        "'window_prompts:' || private.current_boutique()::text, 0))"
    )
    cursor = await conn.execute(
        """select
             count(*) filter (where phone_digest = %(phone)s)::int as of_phone,
             count(*) filter (where address_digest = %(address)s
               and created_at > clock_timestamp() - %(hour)s)::int as of_address,
             count(*) filter (where created_at > clock_timestamp() - %(hour)s)::int as of_shop
           from window_prompts
           where boutique_id = private.current_boutique()
             and created_at > clock_timestamp() - %(day)s""",
        {"phone": phone_digest, "address": address_digest, "hour": HOUR, "day": DAY},
    )
    row = await cursor.fetchone()
    assert row is not None  # an aggregate has a row
    return Asked(**row)


async def note(conn: Connection, *, phone_digest: bytes, address_digest: bytes) -> None:
    await conn.execute(
        """insert into window_prompts (boutique_id, phone_digest, address_digest)
           values (private.current_boutique(), %(phone)s, %(address)s)""",
        {"phone": phone_digest, "address": address_digest},
    )


async def purge(conn: Connection) -> None:
    """Forget those that count for nothing any more. Needs a system connection."""
    await conn.execute("delete from window_prompts where created_at < now() - interval '2 days'")
