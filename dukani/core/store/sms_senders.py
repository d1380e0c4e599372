"""The boutique's sender of SMS: a row of `provider_credentials` at one of two providers."""

from __future__ import annotations

from dataclasses import dataclass

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
