"""Messages of a campaign: written down before the provider is called, and what it answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is about to be posted to a recipient whose row the caller has locked."""

    recipient_id: str
    customer_id: str
    body: str = field(repr=False)
    media_path: str | None
    template: Mapping[str, Any] = field(repr=False)
    tokens: int
    options: Sequence[Mapping[str, Any]] = ()  # the pieces that its picture numbers


@dataclass(frozen=True, slots=True)
class Posting:
    """A message on its way; `tries` counts the recipient's, this one included."""

    recipient_id: str
    message_id: str
    tries: int


# One row for each try that failed at the provider; a try that it did not take keeps its row.
_POST = """
with given as (
  select * from unnest(%(recipients)s::uuid[], %(customers)s::uuid[], %(bodies)s::text[],
    %(media)s::text[], %(templates)s::text[], %(tokens)s::int[], %(options)s::text[])
    given (recipient_id, customer_id, body, media_path, template, tokens, options)
), posting as (
  update campaign_recipients r set state = 'posting', posting_at = clock_timestamp(),
    lease_until = clock_timestamp() + %(lease)s::interval, tries = r.tries + 1, reason = null,
    tokens = coalesce(r.tokens, given.tokens)
  from given
  where r.boutique_id = private.current_boutique() and r.id = given.recipient_id
    and r.state = 'planned'
  returning r.id, r.tries
), talks as (
  insert into conversations as v (boutique_id, customer_id, provider)
  select distinct private.current_boutique(), given.customer_id, %(provider)s
  from given join posting on posting.id = given.recipient_id
  on conflict (boutique_id, customer_id) do update set customer_id = v.customer_id
  returning v.id, v.customer_id
), written as (
  insert into messages as m (boutique_id, conversation_id, direction, author, kind, body,
    media_path, provider, status, attempts, updated_at, purpose, template, reference,
    campaign_recipient_id, campaign_try, payload)
  select private.current_boutique(), talks.id, 'out', 'assistant', 'template', given.body,
    given.media_path, %(provider)s, 'sending', 1, clock_timestamp(), 'marketing',
    given.template::jsonb, 'campaign:' || %(campaign_id)s, given.recipient_id,
    1 + (select count(*) from messages f
      where f.boutique_id = private.current_boutique()
        and f.campaign_recipient_id = given.recipient_id and f.status = 'failed'),
    jsonb_build_object('options', given.options::jsonb)
  from given
  join posting on posting.id = given.recipient_id
  join talks on talks.customer_id = given.customer_id
  on conflict (boutique_id, campaign_recipient_id, campaign_try)
    where campaign_recipient_id is not null
    do update set attempts = m.attempts + 1, error_code = null, body = excluded.body,
      media_path = excluded.media_path, template = excluded.template, payload = excluded.payload
  returning m.id, m.campaign_recipient_id
)
select written.id::text as message_id, posting.id::text as recipient_id, posting.tries
from written join posting on posting.id = written.campaign_recipient_id
"""


async def post(
    conn: Connection,
    drafts: Sequence[Draft],
    *,
    campaign_id: str,
    provider: WhatsAppProvider,
    lease: timedelta,
) -> list[Posting]:
    """Note that these are being posted; only who is still planned is, and has a message now.

    Who took tokens for an earlier try keeps those, whatever a message costs by now.
    """
    if not drafts:
        return []
    cursor = await conn.execute(
        _POST,
        {
            "recipients": [draft.recipient_id for draft in drafts],
            "customers": [draft.customer_id for draft in drafts],
            "bodies": [draft.body for draft in drafts],
            "media": [draft.media_path for draft in drafts],
            "templates": [json.dumps(dict(draft.template)) for draft in drafts],
            "tokens": [draft.tokens for draft in drafts],
            "options": [json.dumps([dict(one) for one in draft.options]) for draft in drafts],
            "campaign_id": campaign_id,
            "provider": provider,
            "lease": lease,
        },
    )
    postings = [Posting(**row) for row in await cursor.fetchall()]
    await conn.execute(
        """update campaign_recipients r set message_id = given.message_id
           from unnest(%(recipients)s::uuid[], %(messages)s::uuid[]) given (id, message_id)
           where r.boutique_id = private.current_boutique() and r.id = given.id""",
        {
            "recipients": [one.recipient_id for one in postings],
            "messages": [one.message_id for one in postings],
        },
    )
    return postings


_ACCEPTED = """
with given as (
  select * from unnest(%(recipients)s::uuid[], %(messages)s::uuid[], %(ids)s::text[],
    %(held)s::boolean[]) given (recipient_id, message_id, provider_id, held)
), noted as (
  update messages m set status = 'sent', provider_id = given.provider_id, error_code = null
  from given
  where m.boutique_id = private.current_boutique() and m.id = given.message_id
    and m.status <> 'failed'
), told as (
  insert into campaign_statuses (boutique_id, recipient_id, provider_id, status)
  select private.current_boutique(), recipient_id, provider_id, 'accepted' from given
  on conflict do nothing
)
update campaign_recipients r set state = 'accepted', lease_until = null,
  accepted_at = coalesce(r.accepted_at, clock_timestamp()),
  reason = case when given.held then 'held_for_quality_assessment' end
from given
where r.boutique_id = private.current_boutique() and r.id = given.recipient_id
  and r.message_id = given.message_id and r.state in ('posting', 'unknown')
"""


async def note_accepted(conn: Connection, accepted: Sequence[tuple[Posting, str, bool]]) -> None:
    """The provider took these: its id of each, and whether it holds it back for its quality.

    A status that came before the answer stays.
    """
    await conn.execute(
        _ACCEPTED,
        {
            "recipients": [posting.recipient_id for posting, _, _ in accepted],
            "messages": [posting.message_id for posting, _, _ in accepted],
            "ids": [provider_id for _, provider_id, _ in accepted],
            "held": [held for _, _, held in accepted],
        },
    )


async def note_unknown(conn: Connection, *, ids: Sequence[str]) -> None:
    """No answer came: these may have been sent, and are not sent again."""
    await conn.execute(
        """update campaign_recipients set state = 'unknown', lease_until = null
           where boutique_id = private.current_boutique() and id = any(%(ids)s::uuid[])
             and state = 'posting'""",
        {"ids": list(ids)},
    )


async def fail(conn: Connection, *, recipient_id: str, code: str) -> bool:
    """The recipient's message is given up; False when it has arrived meanwhile."""
    cursor = await conn.execute(
        """update campaign_recipients set state = 'failed', reason = %(code)s,
             failed_at = clock_timestamp(), lease_until = null
           where boutique_id = private.current_boutique() and id = %(recipient_id)s
             and state in ('posting', 'unknown', 'accepted', 'sent')""",
        {"recipient_id": recipient_id, "code": code},
    )
    if not cursor.rowcount:
        return False
    await conn.execute(
        """update messages m set status = 'failed', error_code = %(code)s
           from campaign_recipients r
           where r.boutique_id = private.current_boutique() and r.id = %(recipient_id)s
             and m.boutique_id = r.boutique_id and m.id = r.message_id""",
        {"recipient_id": recipient_id, "code": code},
    )
    return True


async def try_later(
    conn: Connection, *, recipient_id: str, code: str, wait: timedelta, counted: bool
) -> bool:
    """The recipient is planned again, for another try; False when the message has arrived."""
    cursor = await conn.execute(
        """update campaign_recipients r set state = 'planned', reason = %(code)s,
             due_at = clock_timestamp() + %(wait)s::interval, lease_until = null,
             tries = r.tries - case when %(counted)s then 0 else 1 end
           where boutique_id = private.current_boutique() and id = %(recipient_id)s
             and state in ('posting', 'unknown', 'accepted', 'sent')""",
        {"recipient_id": recipient_id, "code": code, "wait": wait, "counted": counted},
    )
    if not cursor.rowcount:
        return False
    await conn.execute(
        """update messages m set error_code = %(code)s from campaign_recipients r
           where r.boutique_id = private.current_boutique() and r.id = %(recipient_id)s
             and m.boutique_id = r.boutique_id and m.id = r.message_id""",
        {"recipient_id": recipient_id, "code": code},
    )
    return True
