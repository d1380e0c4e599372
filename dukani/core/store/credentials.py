"""The boutiques' credentials at their providers, encrypted at rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.crypto import SecretBox
from dukani.core.database import Connection

Provider = Literal["twilio", "meta", "twilio_sms", "africastalking", "paylink", "daraja"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A boutique's account at a provider.

    `account` is how the provider names the boutique: Twilio number (E.164), Meta phone number
    id, the sender of SMS (a number, a name or a Messaging Service), M-Pesa shortcode. `secrets`
    holds what its client's account dataclass needs beside it: twilio and twilio_sms `account_sid,
    auth_token`; meta `access_token` and perhaps `waba_id`; africastalking `username, api_key,
    callback_token`.
    """

    provider: Provider
    account: str
    secrets: dict[str, str] = field(repr=False)


async def get(
    conn: Connection, *, boutique_id: str, provider: Provider, box: SecretBox
) -> Credentials | None:
    """The decrypted credentials; none when not set or switched off.

    Raises ConfigurationError when no key decrypts them.
    """
    cursor = await conn.execute(
        """select account, secrets from provider_credentials
           where boutique_id = %(boutique_id)s and provider = %(provider)s and active""",
        {"boutique_id": boutique_id, "provider": provider},
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    return Credentials(provider, row["account"], box.open(row["secrets"]))


async def providers(conn: Connection) -> set[Provider]:
    """The providers at which the boutique has an account in use."""
    cursor = await conn.execute(
        "select provider from provider_credentials"
        " where boutique_id = private.current_boutique() and active"
    )
    return {row["provider"] for row in await cursor.fetchall()}


async def sealed(conn: Connection) -> list[tuple[str, str]]:
    """Slug and encrypted secrets of every account in use. Needs a system connection."""
    cursor = await conn.execute(
        """select b.slug, c.secrets from provider_credentials c
           join boutiques b on b.id = c.boutique_id where c.active and b.active order by b.slug"""
    )
    return [(row["slug"], row["secrets"]) for row in await cursor.fetchall()]


async def put(
    conn: Connection,
    *,
    boutique_id: str,
    provider: Provider,
    account: str,
    secrets: Mapping[str, str],
    box: SecretBox,
) -> None:
    """Encrypt and store; replaces. Needs a system connection: the assistant may only read."""
    await conn.execute(
        """insert into provider_credentials as known
             (boutique_id, provider, account, secrets, hints, callback_digest)
           values (%(boutique_id)s, %(provider)s, %(account)s, %(sealed)s, %(hints)s, %(digest)s)
           on conflict (boutique_id, provider)
           do update set account = excluded.account, secrets = excluded.secrets, active = true,
             hints = excluded.hints, callback_digest = excluded.callback_digest,
             account_since = case when known.account = excluded.account
               then known.account_since else now() end""",
        {
            "boutique_id": boutique_id,
            "provider": provider,
            "account": account,
            "sealed": box.seal(secrets),
            "hints": Jsonb(hints_of(secrets)),
            "digest": callback_digest_of(secrets),
        },
    )


def callback_digest_of(secrets: Mapping[str, str]) -> bytes | None:
    """By what a call without a signature finds its boutique; None: the provider signs its calls."""
    token = secrets.get("callback_token")
    return sha256(token.encode()).digest() if token else None


# What is no secret is shown whole, so that an owner knows which account it is.
_SHOWN = frozenset(("account_sid", "waba_id", "username", "project", "till", "base_url", "tracing"))
_LEAST_OF_A_SECRET = 12  # characters: of a shorter one the last four would tell too much


def hints_of(secrets: Mapping[str, str]) -> dict[str, str]:
    """How each secret ends, by which its owner knows it again."""
    return {
        name: value
        if name in _SHOWN
        else f"…{value[-4:] if len(value) >= _LEAST_OF_A_SECRET else ''}"
        for name, value in secrets.items()
    }


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """A number, and until when its provider's list of received messages was read."""

    boutique_id: str
    account: str
    created_at: datetime
    read_until: datetime


async def numbers(conn: Connection, *, provider: Provider) -> list[ListedNumber]:
    """Every boutique's own number at a provider. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(ListedNumber)) as cursor:
        await cursor.execute(
            """select boutique_id::text as boutique_id, account, created_at,
                 coalesce(inbound_read_until, created_at) as read_until
               from provider_credentials where provider = %(provider)s and active
                 and not shared
               order by boutique_id""",
            {"provider": provider},
        )
        return await cursor.fetchall()


async def note_read(
    conn: Connection, *, boutique_id: str, provider: Provider, until: datetime
) -> None:
    """Note until when the list of received messages was read. Needs a system connection."""
    await conn.execute(
        """update provider_credentials
           set inbound_read_until = greatest(inbound_read_until, %(until)s)
           where boutique_id = %(boutique_id)s and provider = %(provider)s""",
        {"boutique_id": boutique_id, "provider": provider, "until": until},
    )


async def switch_off_others(
    conn: Connection, *, boutique_id: str, kept: Sequence[Provider]
) -> None:
    """Switch off the credentials at all other providers than `kept`, but for a sender of SMS."""
    await conn.execute(
        """update provider_credentials set active = false
           where boutique_id = %(boutique_id)s and provider <> all(%(kept)s)
             and provider not in ('twilio_sms', 'africastalking')""",
        {"boutique_id": boutique_id, "kept": list(kept)},
    )
