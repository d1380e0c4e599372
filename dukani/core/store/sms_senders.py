"""The boutique's sender of SMS: a row of `provider_credentials` at one of two providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.channels import SmsProvider
from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class SmsSender:
    """`sender`: a number in E.164, a short code, a name, or Twilio's SID of a Messaging Service."""

    provider: SmsProvider
    sender: str

    @property
    def can_be_answered(self) -> bool:
        """Whether a customer can reply: to a number or a short code, not to a name.

        A Messaging Service may send from either, so that it counts as a name.
        """
        return self.sender.removeprefix("+").isdigit()


async def in_use(conn: Connection) -> SmsSender | None:
    """The one of the connection's boutique; it has one at most."""
    async with conn.cursor(row_factory=class_row(SmsSender)) as cursor:
        await cursor.execute(
            """select provider, account as sender from provider_credentials
               where boutique_id = private.current_boutique() and active
                 and provider in ('twilio_sms', 'africastalking')"""
        )
        return await cursor.fetchone()


@dataclass(frozen=True, slots=True)
class SealedSender:
    """A sender of any boutique, with its sealed secrets."""

    boutique_id: str
    provider: SmsProvider
    sender: str
    secrets: str


_IN_USE: LiteralString = """
select k.boutique_id::text as boutique_id, k.provider, k.account as sender, k.secrets
from provider_credentials k join boutiques b on b.id = k.boutique_id
where k.active and b.active
"""


async def by_sender(conn: Connection, *, provider: SmsProvider, sender: str) -> list[SealedSender]:
    """Those in use under this number or name: a name may be several boutiques'.

    Needs a system connection: no tenant is known yet.
    """
    async with conn.cursor(row_factory=class_row(SealedSender)) as cursor:
        await cursor.execute(
            f"""{_IN_USE} and k.provider = %(provider)s and k.account = %(sender)s
                order by k.boutique_id limit 20""",
            {"provider": provider, "sender": sender},
        )
        return await cursor.fetchall()


async def by_callback(conn: Connection, *, digest: bytes) -> SealedSender | None:
    """The one whose callback token has this digest. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(SealedSender)) as cursor:
        await cursor.execute(
            f"""{_IN_USE} and k.callback_digest = %(digest)s
                and k.provider in ('twilio_sms', 'africastalking')""",
            {"digest": digest},
        )
        return await cursor.fetchone()
