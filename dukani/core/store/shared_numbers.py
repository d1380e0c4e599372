"""A number that several boutiques send from: who uses it, and whose a message to it is.

Everything here is of no boutique, and needs a system connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import WHATSAPP_PROVIDERS, MessagingProvider
from dukani.core.database import Connection
from dukani.core.languages import Language
from dukani.core.store.credentials import hints_of

_USERS = """provider_credentials k join boutiques b on b.id = k.boutique_id and b.active
where k.shared and k.active and k.provider = %(provider)s and k.account = %(account)s"""


async def give(
    conn: Connection,
    *,
    provider: str,
    account: str,
    secrets: Mapping[str, str],
    sealed: str,
    seal_of: str,
    instead_of: Sequence[str],
) -> int:
    """Give the number to every open boutique without one; how many got it, or new secrets for it.

    `seal_of` tells other secrets: sealing the same twice gives two texts. A boutique that chose a
    provider besides those in `instead_of` keeps its choice: such a number is never shared.
    """
    cursor = await conn.execute(
        """with its as (
             insert into provider_credentials as known
               (boutique_id, provider, account, secrets, hints, shared)
             select b.id, %(provider)s, %(account)s, %(sealed)s, %(hints)s, true
             from boutiques b
             where b.active and b.whatsapp_provider = any(%(instead_of)s) and not exists (
               select from provider_credentials k where k.boutique_id = b.id
                 and k.provider = any(%(of_whatsapp)s) and k.active and not k.shared)
             on conflict (boutique_id, provider) do update
               set account = excluded.account, secrets = excluded.secrets, hints = excluded.hints
               where known.shared and (known.account <> excluded.account
                 or known.hints ->> 'seal_of' is distinct from %(seal_of)s)
             returning boutique_id
           ), using_it as (
             update boutiques b set whatsapp_provider = %(provider)s from its
             where b.id = its.boutique_id and b.whatsapp_provider <> %(provider)s)
           select count(*)::int as boutiques from its""",
        {
            "provider": provider,
            "account": account,
            "sealed": sealed,
            "hints": Jsonb(hints_of(secrets) | {"seal_of": seal_of}),
            "seal_of": seal_of,
            "instead_of": list(instead_of),
            "of_whatsapp": list(WHATSAPP_PROVIDERS),
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # an aggregate has one row
    return int(row["boutiques"])


async def take_back(conn: Connection, *, provider: str | None, account: str | None) -> int:
    """Take every other shared number away, and this one from whoever has one of her own now."""
    cursor = await conn.execute(
        """delete from provider_credentials k where k.shared
             and ((k.provider, k.account) is distinct from (%(provider)s::text, %(account)s::text)
               or exists (select from provider_credentials o where o.boutique_id = k.boutique_id
                 and o.provider = any(%(of_whatsapp)s) and o.active and not o.shared))""",
        {"provider": provider, "account": account, "of_whatsapp": list(WHATSAPP_PROVIDERS)},
    )
    return cursor.rowcount


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A boutique on the number that she exchanged messages with; `last_at`: the last of them.

    Without a `customer_id` she is its owner.
    """

    boutique_id: str
    name: str
    language: Language  # hers, else the boutique's
    customer_id: str | None
    last_at: datetime


async def acquaintances(
    conn: Connection,
    *,
    provider: MessagingProvider,
    account: str,
    phone: str | None,
    wa_user_id: str | None,
) -> list[Acquaintance]:
    """The last one first. What did not leave is no message."""
    async with conn.cursor(row_factory=class_row(Acquaintance)) as cursor:
        await cursor.execute(
            f"""select b.id::text as boutique_id, b.name,
                  coalesce(c.language, b.language) as language, c.id::text as customer_id,
                  last.created_at as last_at
                from (select b.* from {_USERS}) b
                join customers c on c.boutique_id = b.id
                  and (c.phone = %(phone)s or c.wa_user_id = %(wa_user_id)s)
                join conversations v on v.boutique_id = c.boutique_id and v.customer_id = c.id
                join lateral (
                  select m.created_at from messages m
                  where m.boutique_id = v.boutique_id and m.conversation_id = v.id
                    and m.provider = %(provider)s
                    and (m.direction = 'in'
                      or m.status in ('sending', 'sent', 'delivered', 'read'))
                  order by m.seq desc limit 1) last on true
                union all
                select b.id::text, b.name, b.language, null,
                  coalesce(s.last_inbound_at, '2000-01-01Z')
                from (select b.* from {_USERS}) b
                left join owner_sessions s on s.boutique_id = b.id
                where b.owner_phone = %(phone)s
                order by last_at desc, boutique_id""".encode(),
            {
                "provider": provider,
                "account": account,
                "phone": phone,
                "wa_user_id": wa_user_id,
            },
        )
        return await cursor.fetchall()


async def of_message(
    conn: Connection,
    *,
    provider: MessagingProvider,
    account: str,
    provider_id: str | None,
    message_id: str | None = None,
) -> str | None:
    """The boutique of a message, by the provider's id of it or by ours."""
    cursor = await conn.execute(
        f"""select b.id::text as id from (select b.* from {_USERS}) b
            where exists (select from messages m where m.boutique_id = b.id
                and m.provider = %(provider)s and m.provider_id = %(provider_id)s)
              or exists (select from messages m where m.boutique_id = b.id
                and m.id::text = %(message_id)s)""".encode(),
        {
            "provider": provider,
            "account": account,
            "provider_id": provider_id,
            "message_id": message_id,
        },
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None


async def of_event(
    conn: Connection, *, provider: MessagingProvider, account: str, event_key: str
) -> list[str]:
    """The boutiques that have it already, for providers tell things twice."""
    cursor = await conn.execute(
        f"""select b.id::text as id from (select b.* from {_USERS}) b
            where exists (select from messages m where m.boutique_id = b.id
                and m.provider = %(provider)s and m.provider_id = %(event_key)s)
              or exists (select from webhook_events e where e.boutique_id = b.id
                and e.provider = %(provider)s and e.event_key = %(event_key)s)
            order by b.id""".encode(),
        {"provider": provider, "account": account, "event_key": event_key},
    )
    return [str(row["id"]) for row in await cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Held:
    boutique_id: str
    held_for: Literal["stops", "spam"]


async def hold_the_disliked(conn: Connection) -> list[Held]:
    """Hold the boutiques whose recipients stop or report too often; those newly held.

    The limits are the row of `private.shared_number_limits`.
    """
    async with conn.cursor(row_factory=class_row(Held)) as cursor:
        await cursor.execute(
            """with judged as (
                 select k.boutique_id, k.provider, l.least, l.most_stops, l.most_spam, its.*
                 from provider_credentials k
                 cross join private.shared_number_limits l
                 cross join lateral (
                   select count(*) filter (where r.accepted_at is not null) as written_to,
                     count(*) filter (where r.opted_out_at is not null) as stops,
                     count(*) filter (where r.reason = '131048') as spam
                   from campaign_occurrences o
                   join campaign_recipients r on r.boutique_id = o.boutique_id
                     and r.occurrence_id = o.id
                   where o.boutique_id = k.boutique_id
                     and o.started_at > now() - l.days * interval '1 day') its
                 where k.shared and k.active and k.held_at is null
               )
               update provider_credentials k set held_at = now(),
                 held_for = case when j.spam > j.most_spam then 'spam' else 'stops' end
               from judged j
               where k.boutique_id = j.boutique_id and k.provider = j.provider
                 and (j.spam > j.most_spam
                   or (j.written_to >= j.least and j.stops > j.most_stops * j.written_to))
               returning k.boutique_id::text as boutique_id, k.held_for"""
        )
        return await cursor.fetchall()


async def let_go(conn: Connection, *, boutique_id: str) -> bool:
    """A person has looked at it: the boutique may send again. False: it was not held."""
    cursor = await conn.execute(
        """update provider_credentials set held_at = null, held_for = null
           where boutique_id = %(boutique_id)s and shared and held_at is not null""",
        {"boutique_id": boutique_id},
    )
    return cursor.rowcount > 0
