"""The boutique's accounts at providers as its owner sees and changes them.

Connections are an owner's: she writes the sealed secrets and never reads them; `credentials` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import SmsProvider
from dukani.core.database import Connection
from dukani.core.store.credentials import Provider, callback_digest_of, hints_of


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    provider: Provider
    account: str  # the number at Twilio, Meta's phone number id, SMS's sender, M-Pesa's short code
    hints: Mapping[str, str]  # of each secret, how it ends
    account_since: datetime
    checked_at: datetime | None
    problem: str | None  # what the provider said when it was asked last; none: all is well
    shared: bool  # it is the platform's, for want of one of its own
    held_for: str | None  # why its campaigns are held off the shared number


async def of_boutique(conn: Connection) -> list[ProviderAccount]:
    """Those in use."""
    async with conn.cursor(row_factory=class_row(ProviderAccount)) as cursor:
        await cursor.execute(
            """select provider, account, case when shared then '{}' else hints end as hints,
                 account_since, checked_at, problem, shared, held_for
               from provider_credentials
               where boutique_id = private.current_boutique() and active order by provider"""
        )
        return await cursor.fetchall()


async def put(
    conn: Connection,
    *,
    provider: Provider,
    account: str,
    secrets: Mapping[str, str],
    sealed: str,
    problem: str | None,
) -> None:
    """Take the place of the account there was; the provider was just asked."""
    await conn.execute(
        """insert into provider_credentials as known
             (boutique_id, provider, account, secrets, hints, callback_digest, checked_at, problem)
           values (private.current_boutique(), %(provider)s, %(account)s, %(sealed)s, %(hints)s,
             %(digest)s, now(), %(problem)s)
           on conflict (boutique_id, provider) do update set account = %(account)s,
             secrets = %(sealed)s, hints = %(hints)s, callback_digest = %(digest)s,
             active = true, checked_at = now(), problem = %(problem)s,
             account_since = case when known.account = %(account)s then known.account_since
               else now() end""",
        {
            "provider": provider,
            "account": account,
            "sealed": sealed,
            "hints": Jsonb(hints_of(secrets)),
            "digest": callback_digest_of(secrets),
            "problem": problem,
        },
    )


@dataclass(frozen=True, slots=True)
class KeptKeys:
    """Keys of a boutique as the platform sees them: how each secret ends, at most."""

    provider: Provider
    account: str
    active: bool
    shared: bool
    hints: Mapping[str, str]
    account_since: datetime
    updated_at: datetime
    checked_at: datetime | None
    problem: str | None


async def all_kept(conn: Connection) -> list[KeptKeys]:
    """In use or not. Needs a platform connection in the boutique."""
    async with conn.cursor(row_factory=class_row(KeptKeys)) as cursor:
        await cursor.execute(
            """select provider, account, active, shared,
                 case when shared then '{}' else hints end as hints, account_since, updated_at,
                 checked_at, problem
               from provider_credentials
               where boutique_id = private.current_boutique()
               order by provider in ('twilio', 'meta') desc, provider"""
        )
        return await cursor.fetchall()


async def switch_off(conn: Connection, *, provider: Provider) -> bool:
    """Use the account no more; false when it is not in use, or the platform's shared one."""
    cursor = await conn.execute(
        """update provider_credentials set active = false, problem = null
           where boutique_id = private.current_boutique() and provider = %(provider)s
             and active and not shared""",
        {"provider": provider},
    )
    return cursor.rowcount == 1


async def switch_off_sms(conn: Connection, *, but: SmsProvider) -> None:
    """Send SMS by no other provider: a boutique has one sender at most."""
    await conn.execute(
        """update provider_credentials set active = false, problem = null
           where boutique_id = private.current_boutique() and active and provider <> %(but)s
             and provider in ('twilio_sms', 'africastalking')""",
        {"but": but},
    )


async def note_check(conn: Connection, *, provider: Provider, problem: str | None) -> None:
    """Note what the provider said of the account just now."""
    await conn.execute(
        """update provider_credentials set checked_at = now(), problem = %(problem)s
           where boutique_id = private.current_boutique() and provider = %(provider)s""",
        {"provider": provider, "problem": problem},
    )


async def note_marketing_endpoint(conn: Connection, *, provider: Provider, may_use: bool) -> None:
    """Note whether the provider takes the number's offers at an endpoint of their own."""
    await conn.execute(
        """update provider_credentials set marketing_endpoint = %(may_use)s
           where boutique_id = private.current_boutique() and provider = %(provider)s
             and marketing_endpoint is distinct from %(may_use)s""",
        {"provider": provider, "may_use": may_use},
    )


async def use(conn: Connection, *, whatsapp: str | None = None, payment: str | None = None) -> None:
    """Choose the provider of new messages, or of payments; None leaves it as it is."""
    await conn.execute(
        """update boutiques set whatsapp_provider = coalesce(%(whatsapp)s, whatsapp_provider),
             payment_provider = coalesce(%(payment)s, payment_provider)
           where id = private.current_boutique()""",
        {"whatsapp": whatsapp, "payment": payment},
    )


async def last_message_at(conn: Connection, *, provider: str) -> datetime | None:
    """When a message last came in by this provider: its webhook reaches us."""
    cursor = await conn.execute(
        """select max(last_inbound_at) as at from conversations
           where boutique_id = private.current_boutique() and provider = %(provider)s""",
        {"provider": provider},
    )
    row = await cursor.fetchone()
    return row["at"] if row else None


@dataclass(frozen=True, slots=True)
class NoteStatus:
    id: str
    status: str
    error_code: str | None


async def note_status(conn: Connection, *, message_id: str) -> NoteStatus | None:
    """How far a note to the owner has come."""
    async with conn.cursor(row_factory=class_row(NoteStatus)) as cursor:
        await cursor.execute(
            """select id::text, status, error_code from messages
               where boutique_id = private.current_boutique() and id = %(message_id)s
                 and conversation_id is null and direction = 'out'""",
            {"message_id": message_id},
        )
        return await cursor.fetchone()
