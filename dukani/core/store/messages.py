"""Messages, inbound and outbound, and notes to the owner.

A trigger lets a status move forward only, so every function here may run twice or late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import Channel, MessagingProvider
from dukani.core.database import Connection, Executes

# In the payload of a message that the customer must get although they said stop.
DESPITE_STOP = "despite_stop"
# In the payload of a person's message from the app: the member's id.
WRITTEN_BY = "written_by"
# In the payload of a note to the owner: the id of the conversation it is about.
ABOUT = "about"
# In the payload of a note to the owner: the version of the question that it asks.
ASKS = "asks"

_KEYS_OF_SENDING = ("sent_again", "words_alone", "copied")

# reply: an answer, or a message that follows from one; utility: the customer must know it;
# marketing: an offer.
Purpose = Literal["reply", "utility", "marketing"]
Author = Literal["customer", "assistant", "staff", "owner"]
ToldStatus = Literal["sent", "delivered", "read", "failed"]  # reported by the provider
MessageStatus = Literal["received", "queued", "sending"] | ToldStatus

COLUMNS = """id::text as id, boutique_id::text as boutique_id, seq,
  conversation_id::text as conversation_id, recipient, direction, author, kind, body, media_path,
  reply_to, payload, understanding, channel, provider, provider_id, status::text as status,
  error_code, attempts, created_at, updated_at, sent_at, changes, perceived, purpose, send_after,
  template, reference, wording, campaign_recipient_id::text as campaign_recipient_id,
  trace_id::text as trace_id"""


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble. `payload` keeps what its kind needs: media, row_id, location, options, …"""

    id: str
    boutique_id: str
    seq: int
    conversation_id: str | None
    recipient: str | None = field(repr=False)
    direction: Literal["in", "out"]
    author: Author
    kind: str
    body: str = field(repr=False)
    media_path: str | None
    reply_to: str | None
    payload: dict[str, Any] = field(repr=False)
    understanding: dict[str, Any] | None = field(repr=False)
    channel: Channel
    provider: MessagingProvider
    provider_id: str | None
    status: MessageStatus
    error_code: str | None
    attempts: int
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None  # when it was written, as the provider reports
    changes: str | None = None  # provider id of the message it corrects or deletes
    # Results of the language model and of image recognition, until the turn is done.
    perceived: dict[str, Any] | None = field(default=None, repr=False)
    purpose: Purpose = "reply"
    send_after: datetime | None = None  # the message leaves no earlier
    template: dict[str, Any] | None = field(default=None, repr=False)  # an approved one, filled in
    # The cause of sending, or what it is about: `order:DK-1001`, `campaign:…`, `automation:…`.
    reference: str | None = None
    # The facts it conveys, while a model may still reword it; none: the text is final.
    wording: dict[str, Any] | None = field(default=None, repr=False)
    # Of a campaign, whose dispatch sends it; the outbox leaves it alone.
    campaign_recipient_id: str | None = None
    trace_id: str | None = None  # what it came of: `core/observability/following.py`


def is_due(messages: LiteralString) -> LiteralString:
    """SQL: whether a row of `messages` (an alias) is due to be sent by the outbox."""
    return f"""({messages}.campaign_recipient_id is null
      and ({messages}.send_after is null or {messages}.send_after <= now()))"""


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> Message | None:
    async with conn.cursor(row_factory=class_row(Message)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()


async def get(conn: Connection, *, message_id: str) -> Message | None:
    return await _one(
        conn,
        f"select {COLUMNS} from messages where id = %(message_id)s",
        {"message_id": message_id},
    )


async def by_provider_id(conn: Connection, *, provider_id: str) -> Message | None:
    """The message with the provider's id, to which a reply or a status refers."""
    return await _one(
        conn,
        f"select {COLUMNS} from messages where provider_id = %(provider_id)s",
        {"provider_id": provider_id},
    )


async def recent(conn: Connection, *, conversation_id: str, limit: int = 20) -> list[Message]:
    """The last messages of a conversation, oldest first."""
    async with conn.cursor(row_factory=class_row(Message)) as cursor:
        await cursor.execute(
            f"""select {COLUMNS} from messages where conversation_id = %(conversation_id)s
                order by seq desc limit %(limit)s""",
            {"conversation_id": conversation_id, "limit": limit},
        )
        return (await cursor.fetchall())[::-1]


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The last that the customer was written, or was to be."""

    author: Author
    status: MessageStatus
    created_at: datetime


async def last_said(conn: Connection, *, conversation_id: str) -> LastSaid | None:
    async with conn.cursor(row_factory=class_row(LastSaid)) as cursor:
        await cursor.execute(
            """select author, status::text as status, created_at from messages
               where conversation_id = %(conversation_id)s and direction = 'out'
               order by seq desc limit 1""",
            {"conversation_id": conversation_id},
        )
        return await cursor.fetchone()


async def queue_outbound(
    conn: Connection,
    *,
    provider: MessagingProvider,
    channel: Channel = "whatsapp",
    conversation_id: str | None = None,
    recipient: str | None = None,
    author: Author = "assistant",
    kind: str = "text",
    body: str = "",
    media_path: str | None = None,
    reply_to: str | None = None,
    payload: Mapping[str, Any] | None = None,
    purpose: Purpose = "reply",
    send_after: timedelta | None = None,
    template: Mapping[str, Any] | None = None,
    reference: str | None = None,
    wording: Mapping[str, Any] | None = None,
    take: bool = False,
) -> Message:
    """Queue a message to a conversation, or to `recipient` (E.164), never both.

    A message with `send_after` (from now, by the database's clock) leaves no earlier, and needs a
    delivery deferred till then (`defer_later_delivery`).

    With `take` the message is `sending` at once and the caller must send it after the commit,
    unless an earlier message of the conversation waits: then it is `queued`.
    """
    queued = await _one(
        conn,
        f"""insert into messages (boutique_id, conversation_id, recipient, direction, author, kind,
              body, media_path, reply_to, payload, channel, provider, status, attempts,
              updated_at, purpose, send_after, template, reference, wording)
            select private.current_boutique(), %(conversation_id)s, %(recipient)s, 'out',
              %(author)s, %(kind)s, %(body)s, %(media_path)s, %(reply_to)s, %(payload)s,
              %(channel)s, %(provider)s,
              (case when taken then 'sending' else 'queued' end)::message_status,
              taken::int,
              clock_timestamp(),  -- it may be under way from here on, however long the turn took
              %(purpose)s, now() + %(send_after)s::interval, %(template)s, %(reference)s,
              %(wording)s
            from (select %(take)s and not exists (
              select from messages n where n.conversation_id = %(conversation_id)s
                and n.channel = %(channel)s and n.status in ('queued', 'sending')
                and {is_due("n")}) as taken) its
            returning {COLUMNS}""",
        {
            "channel": channel,
            "provider": provider,
            "conversation_id": conversation_id,
            "recipient": recipient,
            "author": author,
            "kind": kind,
            "body": body,
            "media_path": media_path,
            "reply_to": reply_to,
            "payload": Jsonb(dict(payload or {})),
            "take": take,
            "purpose": purpose,
            "send_after": send_after,
            "template": None if template is None else Jsonb(dict(template)),
            "reference": reference,
            "wording": None if wording is None else Jsonb(dict(wording)),
        },
    )
    assert queued is not None, "an insert returns its row"
    return queued


async def notes_about(conn: Connection, *, conversation_id: str, since: datetime) -> int:
    """The number of notes the owner got about a conversation since `since`."""
    cursor = await conn.execute(
        """select count(*) as told from messages
           where conversation_id is null and payload ->> 'about' = %(conversation_id)s
             and created_at > %(since)s""",
        {"conversation_id": conversation_id, "since": since},
    )
    row = await cursor.fetchone()
    return int(row["told"]) if row else 0


async def queue_again(
    conn: Connection,
    *,
    message_id: str,
    error_code: str,
    attempts: int,
    noted: Mapping[str, Any],
) -> None:
    """Queue a copy of a failed message; the copy waits like a message refused with `error_code`.

    The copy's payload leaves out the keys about the first sending, and adds `noted`.
    """
    await conn.execute(
        """insert into messages (boutique_id, conversation_id, recipient, direction, author, kind,
              body, media_path, reply_to, payload, channel, provider, status, error_code, attempts,
              updated_at, purpose, send_after, template, reference)
            select boutique_id, conversation_id, recipient, direction, author, kind, body,
              media_path, reply_to, payload - %(of_the_first)s::text[] || %(noted)s, channel,
              provider,
              'sending', %(error_code)s, %(attempts)s, clock_timestamp(),
              purpose, send_after, template, reference
            from messages where id = %(message_id)s""",
        {
            "message_id": message_id,
            "error_code": error_code,
            "attempts": attempts,
            "of_the_first": list(_KEYS_OF_SENDING),
            "noted": Jsonb(dict(noted)),
        },
    )


async def note_once(conn: Connection, *, message_id: str, note: str) -> bool:
    """Note something about a message in its payload. False when it was noted before."""
    cursor = await conn.execute(
        """update messages set payload = payload || jsonb_build_object(%(note)s::text, true)
           where id = %(message_id)s and not payload ? %(note)s""",
        {"message_id": message_id, "note": note},
    )
    return cursor.rowcount == 1


async def set_media_path(conn: Connection, *, message_id: str, media_path: str) -> None:
    """Set the path of the message's picture in the media store."""
    await conn.execute(
        "update messages set media_path = %(media_path)s where id = %(message_id)s",
        {"message_id": message_id, "media_path": media_path},
    )


async def keep_perceived(conn: Executes, *, message_id: str, perceived: Mapping[str, Any]) -> None:
    """Add the results of language model (`readings`) and image recognition (`photos`), by key."""
    await conn.execute(
        b"""update messages set perceived = jsonb_build_object(
             'readings', coalesce(perceived -> 'readings', '{}') || (%(new)s::jsonb -> 'readings'),
             'photos', coalesce(perceived -> 'photos', '{}') || (%(new)s::jsonb -> 'photos'))
           where id = %(message_id)s""",
        {"message_id": message_id, "new": Jsonb(dict(perceived))},
    )


async def keep_transcript(
    conn: Executes, *, message_id: str, text: str, note: Mapping[str, Any]
) -> None:
    """Make what was said in a voice note its message's text, and add `note` to its payload."""
    await conn.execute(
        b"""update messages set body = %(text)s, payload = payload || %(note)s
           where id = %(message_id)s""",
        {"message_id": message_id, "text": text, "note": Jsonb(dict(note))},
    )


async def note_late_media(
    conn: Connection, *, message_id: str, waits_s: Sequence[float]
) -> int | None:
    """Count that a message's file was not there; the number (from 1) of the wait to use now.

    None when all of `waits_s` are used up. Until the wait is over (`media_due_s`, seconds of the
    message's age) no turn fetches the file.
    """
    cursor = await conn.execute(
        """update messages m set payload = m.payload || jsonb_build_object(
             'media_tries', before.tries + 1,
             -- By the transaction's time, from which the delay of the job is counted as well.
             'media_due_s', extract(epoch from now() - m.created_at)::float8
               + (%(waits_s)s::float8[])[before.tries + 1] - 0.05)
           from (select coalesce((payload ->> 'media_tries')::int, 0) as tries
                 from messages where id = %(message_id)s) before
           where m.id = %(message_id)s and before.tries < cardinality(%(waits_s)s::float8[])
           returning before.tries + 1 as number""",
        {"message_id": message_id, "waits_s": list(waits_s)},
    )
    row = await cursor.fetchone()
    return int(row["number"]) if row else None


async def has_said_since(
    conn: Connection, *, phone: str | None, wa_user_id: str | None, body: str, since: datetime
) -> bool:
    """Whether a customer has written the same words again after `since`, whatever their case."""
    cursor = await conn.execute(
        """select 1 from messages m
           join conversations c on c.boutique_id = m.boutique_id and c.id = m.conversation_id
           join customers w on w.boutique_id = c.boutique_id and w.id = c.customer_id
           where m.boutique_id = private.current_boutique() and m.author = 'customer'
             and (w.phone = %(phone)s or w.wa_user_id = %(wa_user_id)s)
             and lower(btrim(m.body)) = lower(btrim(%(body)s))
             and coalesce(m.sent_at, m.created_at) > %(since)s limit 1""",
        {"phone": phone, "wa_user_id": wa_user_id, "body": body, "since": since},
    )
    return await cursor.fetchone() is not None
