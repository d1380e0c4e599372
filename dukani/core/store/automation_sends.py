"""Messages that rules had written, one for each step and channel; triggers keep how each fared."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

Channel = Literal["whatsapp", "sms"]
SendState = Literal["queued", "sent", "delivered", "read", "failed", "cancelled"]
_LETTERS = string.ascii_letters + string.digits
CODE_LENGTH = 12  # 71 random bits


@dataclass(frozen=True, slots=True)
class NewSend:
    """`target`: the path of our own pages to which its link leads."""

    id: str
    rule_id: str
    rule_version: int
    enrolment_id: str
    customer_id: str
    step: int
    variant: str | None
    send_class: Literal["service", "marketing"]
    channel: Channel
    code: str
    target: str
    subject_kind: str
    subject_id: str
    replaces_id: str | None = None
    forced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    id: str
    rule_id: str
    rule_version: int
    enrolment_id: str
    customer_id: str
    step: int
    variant: str | None
    send_class: Literal["service", "marketing"]
    channel: Channel
    state: SendState
    error_code: str | None
    message_id: str | None
    code: str
    target: str
    subject_kind: str
    subject_id: str
    created_at: datetime
    forced_by: str | None = None


_COLUMNS: LiteralString = """s.id::text as id, s.rule_id::text as rule_id, s.rule_version,
  s.enrolment_id::text as enrolment_id, s.customer_id::text as customer_id, s.step, s.variant,
  s.class as send_class, s.channel, s.state, s.error_code, s.message_id::text as message_id,
  s.code, s.target, s.subject_kind, s.subject_id::text as subject_id, s.created_at,
  s.forced_by::text as forced_by"""


def new_code() -> str:
    """What stands in a message's links: nobody guesses another's."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


async def add(conn: Connection, new: NewSend) -> Send | None:
    """None: the step was sent on this channel before."""
    async with conn.cursor(row_factory=class_row(Send)) as cursor:
        await cursor.execute(
            f"""insert into automation_sends as s (boutique_id, id, rule_id, rule_version,
                 enrolment_id, customer_id, step, variant, class, channel, code, target,
                 subject_kind, subject_id, replaces_id, forced_by, created_at)
               values (private.current_boutique(), %(id)s, %(rule_id)s, %(rule_version)s,
                 %(enrolment_id)s, %(customer_id)s, %(step)s, %(variant)s, %(send_class)s,
                 %(channel)s, %(code)s, %(target)s, %(subject_kind)s, %(subject_id)s,
                 %(replaces_id)s, %(forced_by)s, clock_timestamp())
               on conflict (boutique_id, enrolment_id, step, channel) do nothing
               returning {_COLUMNS}""".encode(),
            {name: getattr(new, name) for name in NewSend.__slots__},
        )
        return await cursor.fetchone()


async def was_sent(conn: Connection, *, enrolment_id: str, step: int, channel: Channel) -> bool:
    """Whether the step went by this channel; for good while the enrolment's row is locked."""
    cursor = await conn.execute(
        """select from automation_sends
           where boutique_id = private.current_boutique() and enrolment_id = %(enrolment_id)s
             and step = %(step)s and channel = %(channel)s""",
        {"enrolment_id": enrolment_id, "step": step, "channel": channel},
    )
    return await cursor.fetchone() is not None


async def set_message(conn: Connection, *, send_id: str, message_id: str) -> None:
    await conn.execute(
        """update automation_sends set message_id = %(message_id)s
           where boutique_id = private.current_boutique() and id = %(send_id)s""",
        {"send_id": send_id, "message_id": message_id},
    )


async def fallbacks_due(conn: Connection, *, limit: int) -> list[Send]:
    """Those that did not arrive on WhatsApp; what is returned is due no more once this commits."""
    async with conn.cursor(row_factory=class_row(Send)) as cursor:
        await cursor.execute(
            f"""with due as (
                 delete from automation_fallbacks_due d using (
                   select boutique_id, send_id from automation_fallbacks_due
                   where boutique_id = private.current_boutique() and at <= now()
                   order by at limit %(limit)s for update skip locked) taken
                 where d.boutique_id = taken.boutique_id and d.send_id = taken.send_id
                 returning d.boutique_id, d.send_id)
               select {_COLUMNS} from due
               join automation_sends s on s.boutique_id = due.boutique_id and s.id = due.send_id
               order by s.created_at""".encode(),
            {"limit": limit},
        )
        return await cursor.fetchall()


async def put_fallback_off(conn: Connection, *, send_id: str, until: datetime) -> None:
    """One that was taken is due again then."""
    await conn.execute(
        """insert into automation_fallbacks_due (boutique_id, send_id, at)
           values (private.current_boutique(), %(send_id)s, %(until)s) on conflict do nothing""",
        {"send_id": send_id, "until": until},
    )
