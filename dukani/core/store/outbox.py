"""The outbox: claims the next message of a partition to send, and stores the result.

A partition is a conversation's messages of one channel, or a boutique's notes to its owner (no
conversation). A message
`sending` with an error code was refused for now and is known not to have been sent; one `sending`
without an error code may have been sent: its worker has not reported back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from dukani.core.channels import Channel, MessagingProvider
from dukani.core.database import Connection, Executes
from dukani.core.jobs import BEHIND_JOB
from dukani.core.store.consents import MAY_MARKET, MAY_SMS, OPTED_OUT
from dukani.core.store.messages import Message, ToldStatus, is_due
from dukani.core.store.resting import RESTS_S
from dukani.core.store.rows import columns, part


@dataclass(frozen=True, slots=True)
class SendingAccount:
    """The account that sends a partition's messages, and their recipient.

    `secrets` are encrypted; none when the boutique has no account with the provider. `to` is a
    phone in E.164 or a WhatsApp id, the one the customer wrote with last; each note to the owner
    names its own recipient; an SMS goes to the phone. `opted_out`: the customer said stop.
    `may_market`, `may_sms`: the customer agreed to marketing, to SMS. For `rests_s` seconds no new
    message is sent from the account, because its provider has just refused one for a reason that
    concerns the whole account.
    """

    provider: MessagingProvider
    slug: str
    currency: str
    to: str | None = field(repr=False)
    last_inbound_at: datetime | None
    opted_out: bool
    account: str | None
    secrets: str | None = field(repr=False)
    rests_s: float
    may_market: bool = False
    may_sms: bool = False
    taken_over_at: datetime | None = None  # when a person last wrote, while people answer
    restored_at: datetime | None = None  # of a backup, while the shop is paused for it


class Waiting(NamedTuple):
    """A message to send, and the account to send it with.

    `hold_s`: seconds to wait for a status of the message before this one, which carries a picture
    that the provider has just accepted: a picture takes longer than a text to arrive.
    """

    message: Message
    sender: SendingAccount
    hold_s: float = 0.0


class Told(NamedTuple):
    """A message of ours after a delivery status.

    `was_unclear`: it was not known before whether the provider had it, so that the messages behind
    it waited.
    """

    message: Message
    was_unclear: bool


# SQL, for boutiques as `b`: the boutique's account at `provider`.
KEYS = """left join provider_credentials k
  on k.boutique_id = b.id and k.provider = {provider} and k.active"""

_TO_CUSTOMER = f"""
select w.provider, b.slug, b.currency, case when m.channel = 'sms' then c.phone
    else coalesce(v.answer_to, c.phone, c.wa_user_id) end as "to",
  v.last_inbound_at, {OPTED_OUT.format(customer="c")} as opted_out, k.account, k.secrets,
  {RESTS_S.format(provider="w.provider")} as rests_s,
  {MAY_MARKET.format(customer="c")} as may_market,
  {MAY_SMS.format(customer="c")} as may_sms,
  case when v.handed_off_at is not null then v.last_staff_at end as taken_over_at,
  (b.platform_pauses ->> 'restored')::timestamptz as restored_at
from conversations v
join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
join boutiques b on b.id = v.boutique_id
-- The provider of the conversation; of an SMS the one at which the boutique has its sender now.
cross join lateral (
  select case when m.channel <> 'sms' then v.provider else coalesce((
    select s.provider from provider_credentials s where s.boutique_id = b.id and s.active
      and s.provider in ('twilio_sms', 'africastalking')), m.provider) end as provider
) w
{KEYS.format(provider="w.provider")}
where v.id = %(id)s
"""

_TO_OWNER = f"""
select b.whatsapp_provider as provider, b.slug, b.currency, null as "to",
  null::timestamptz as last_inbound_at, false as opted_out, k.account, k.secrets,
  {RESTS_S.format(provider="b.whatsapp_provider")} as rests_s, false as may_market,
  false as may_sms, null::timestamptz as taken_over_at, null::timestamptz as restored_at
from boutiques b
{KEYS.format(provider="b.whatsapp_provider")}
where b.id = private.current_boutique()
"""

PICTURE_LEAD_S = 1.0  # wait after a picture, so that it shows before the next message
# A worker that lives records the provider's answer sooner, and sends what is behind it by itself.
UNCLEAR_AFTER_S = 1.0

_NEXT = f"""
select {columns(Message, "m")}, {columns(SendingAccount, "a")},
  coalesce(picture.hold_s, 0) as hold_s
from (
  select * from messages q
  where {{partition}} and status in ('queued', 'sending') and {is_due("q")}
  order by seq limit 1
) m
cross join lateral ({{account}}) a
left join lateral (
  select case when before.media_path is not null and before.status = 'sent'
      and before.told_at is null
    then extract(epoch from before.updated_at - clock_timestamp())::float8 + {PICTURE_LEAD_S}
    end as hold_s
  from messages before
  where before.boutique_id = m.boutique_id and before.conversation_id = m.conversation_id
    and before.channel = m.channel and before.direction = 'out' and before.seq < m.seq
    and {is_due("before")}
  order by before.seq desc limit 1
) picture on true
"""
_NEXT_TO_CUSTOMER = _NEXT.format(
    partition="conversation_id = %(id)s and channel = %(channel)s", account=_TO_CUSTOMER
)
_NEXT_TO_OWNER = _NEXT.format(partition="conversation_id is null", account=_TO_OWNER)


async def next_to_send(
    conn: Connection, *, conversation_id: str | None, channel: Channel = "whatsapp"
) -> Waiting | None:
    """The oldest message of the partition that is not sent yet."""
    statement = _NEXT_TO_CUSTOMER if conversation_id else _NEXT_TO_OWNER
    of = {"id": conversation_id, "channel": channel}
    row = await (await conn.execute(statement.encode(), of)).fetchone()
    if row is None:
        return None
    hold_s = max(0.0, float(row["hold_s"]))
    return Waiting(part(Message, "m", row), part(SendingAccount, "a", row), hold_s)


async def mark_sending(conn: Connection, *, message: Message, again: bool = False) -> bool:
    """Claim a message for one attempt. False when another worker has claimed it.

    `again` notes a second sending after a first with an unknown result.
    """
    cursor = await conn.execute(
        """update messages set status = 'sending', error_code = null, attempts = attempts + 1,
             payload = case when %(again)s then payload || '{"sent_again": true}' else payload end
           where id = %(message_id)s and status in ('queued', 'sending')
             and attempts = %(attempts)s""",
        {"message_id": message.id, "attempts": message.attempts, "again": again},
    )
    return cursor.rowcount == 1


async def unknown(conn: Connection, *, provider_ids: Sequence[str]) -> list[str]:
    """Those of these ids that none of the boutique's messages has, in their order."""
    cursor = await conn.execute(
        """select provider_id from unnest(%(ids)s::text[]) with ordinality as given (provider_id, n)
           where not exists (select from messages m where m.provider_id = given.provider_id)
           order by n""",
        {"ids": list(provider_ids)},
    )
    return [row["provider_id"] for row in await cursor.fetchall()]


async def mark_refused(conn: Connection, *, message_id: str, error_code: str) -> None:
    """Note that the provider refused the message, which may be tried again."""
    await conn.execute(
        """update messages set error_code = %(error_code)s
           where id = %(message_id)s and status = 'sending'""",
        {"message_id": message_id, "error_code": error_code},
    )


async def mark_sent(conn: Executes, *, message_id: str, provider_id: str) -> bool:
    """Note that the provider accepted the message; whether its partition may hold more.

    A later status that was stored before stays.
    """
    cursor = await conn.execute(
        f"""update messages m
           set status = 'sent', provider_id = %(provider_id)s, error_code = null
           where id = %(message_id)s and status <> 'failed'
           returning m.conversation_id is null or exists (
             select from messages n
             where n.conversation_id = m.conversation_id and n.channel = m.channel
               and n.status in ('queued', 'sending') and n.id <> m.id
               and {is_due("n")}) as more""".encode(),
        {"message_id": message_id, "provider_id": provider_id},
    )
    row = await cursor.fetchone()
    return row is None or bool(row["more"])


async def mark_failed(conn: Connection, *, message_id: str, error_code: str) -> None:
    """Note that the message will not be sent."""
    await conn.execute(
        """update messages set status = 'failed', error_code = %(error_code)s
           where id = %(message_id)s and status in ('queued', 'sending')""",
        {"message_id": message_id, "error_code": error_code},
    )


async def apply_status(
    conn: Executes,
    *,
    provider_id: str,
    status: ToldStatus,
    message_id: str | None = None,
    error_code: str | None = None,
) -> Told | None:
    """Store a delivery status; returns the message, or none when it is not ours.

    `message_id` is our own id if it came back with the status: a status may arrive before the
    answer to the send, when the provider's id is not stored yet. Of a message sent twice only
    the copy with the stored provider id counts. What is told of a campaign's message is kept
    beside it, each status once, whatever the row shows, unless its recipient is gone.
    """
    cursor = await conn.execute(
        f"""with before as (
            select boutique_id, id, status = 'sending' and error_code is null
              and updated_at < clock_timestamp() - interval '{UNCLEAR_AFTER_S} s' as was_unclear
            from messages where direction = 'out' and id = coalesce(
              (select m.id from messages m where m.id = %(message_id)s::uuid),
              (select m.id from messages m where m.provider_id = %(provider_id)s))
            ), applied as (
            update messages m set status = %(status)s::message_status,
              provider_id = coalesce(m.provider_id, %(provider_id)s),
              told_at = coalesce(m.told_at, clock_timestamp()),
              error_code = case
                when m.status >= 'delivered' then m.error_code  -- arrived or given up: final
                when %(status)s = 'failed' then %(error_code)s end
            from before b
            where m.boutique_id = b.boutique_id and m.id = b.id
              and (%(status)s <> 'failed'
                or coalesce(m.provider_id, %(provider_id)s) = %(provider_id)s)
            returning m.*, b.was_unclear
            ), told as (
            insert into campaign_statuses (boutique_id, recipient_id, provider_id, status, code)
            select r.boutique_id, r.id, %(provider_id)s, %(status)s, %(error_code)s
            from applied
            join campaign_recipients r on r.boutique_id = applied.boutique_id
              and r.id = applied.campaign_recipient_id
            on conflict do nothing
            )
            select {columns(Message, "applied")}, was_unclear from applied""".encode(),
        {
            "provider_id": provider_id,
            "status": status,
            "message_id": message_id,
            "error_code": error_code,
        },
    )
    row = await cursor.fetchone()
    return Told(part(Message, "applied", row), bool(row["was_unclear"])) if row else None


_DELIVERY_BEHIND = BEHIND_JOB.format(
    message="done.id", conversation="done.conversation_id", channel="done.channel"
)
_DEFER_BEHIND = f"""
select {_DELIVERY_BEHIND} from messages done
where done.id = %(message_id)s and exists (
  select from messages behind
  where behind.boutique_id = done.boutique_id
    and behind.conversation_id is not distinct from done.conversation_id
    and behind.channel = done.channel
    and behind.status = 'queued' and {is_due("behind")})
"""


async def defer_behind(conn: Executes, *, message_id: str) -> None:
    """Defer the delivery of the messages that waited for what became of this one."""
    await conn.execute(_DEFER_BEHIND.encode(), {"message_id": message_id})


async def set_words(conn: Connection, *, message_id: str, body: str | None) -> None:
    """Make the text final: `body`, or (none) the text as it was."""
    await conn.execute(
        """update messages set wording = null, body = coalesce(%(body)s, body)
           where id = %(message_id)s and wording is not null""",
        {"message_id": message_id, "body": body},
    )


async def set_picture(conn: Connection, *, message_id: str, media_path: str | None) -> None:
    """Set the composed picture of the options; none: the text is sent alone."""
    await conn.execute(
        """update messages set media_path = %(media_path)s,
             kind = case when %(media_path)s::text is null then 'text' else kind end
           where id = %(message_id)s""",
        {"message_id": message_id, "media_path": media_path},
    )
