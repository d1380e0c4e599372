"""The recipients of campaigns: written down in bulk, read page by page, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Json

from dukani.core.database import Connection
from dukani.core.languages import Language

Deed = Literal["clicked", "replied", "converted", "opted_out"]
_DID: Mapping[Deed, LiteralString] = {
    "clicked": "r.clicked_at is not null",
    "replied": "r.replied_at is not null",
    "converted": "r.converted_at is not null",
    "opted_out": "r.opted_out_at is not null",
}
HELD_OUT = "holdout"  # the reason of a recipient who is kept apart, and gets nothing

_COLUMNS = """r.id::text as id, r.campaign_id::text as campaign_id,
  r.occurrence_id::text as occurrence_id, r.customer_id::text as customer_id, r.identity, r.variant,
  r.state, r.reason, r.variables, r.language, r.due_at, r.tries, r.lease_until,
  r.message_id::text as message_id, r.tokens, r.posting_at, r.accepted_at, r.sent_at,
  r.delivered_at, r.read_at, r.failed_at, r.skipped_at, r.clicked_at, r.replied_at, r.converted_at,
  r.opted_out_at"""
_LISTED = """c.name as customer_name, (select v.id::text from conversations v
  where v.boutique_id = r.boutique_id and v.customer_id = r.customer_id) as conversation_id"""


@dataclass(frozen=True, slots=True)
class NewRecipient:
    """`id`: chosen by the caller, so that her link can name it; `held_out`: she gets nothing."""

    id: str
    customer_id: str
    identity: str
    variables: Mapping[str, str]
    language: Language
    due_at: datetime
    variant: str | None = None
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    id: str
    campaign_id: str
    occurrence_id: str
    customer_id: str
    identity: str
    variant: str | None
    state: str
    reason: str | None
    variables: Mapping[str, str]
    language: Language
    due_at: datetime
    tries: int
    lease_until: datetime | None
    message_id: str | None
    tokens: int | None
    posting_at: datetime | None
    accepted_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None
    skipped_at: datetime | None
    clicked_at: datetime | None
    replied_at: datetime | None
    converted_at: datetime | None
    opted_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedRecipient(Recipient):
    """With who she is now; `conversation_id`: her chat, None before she or the shop wrote."""

    customer_name: str | None
    conversation_id: str | None


async def add(
    conn: Connection, *, campaign_id: str, occurrence_id: str, recipients: Sequence[NewRecipient]
) -> set[str]:
    """The ids of those written down; who is a recipient of the occurrence already stays as it is.

    Who is held out is one that is skipped, so that what she does can be compared.
    """
    if not recipients:
        return set()
    # As one document: psycopg takes four times as long to write as many arrays.
    cursor = await conn.execute(
        """insert into campaign_recipients (boutique_id, campaign_id, occurrence_id, id,
             customer_id, identity, variables, language, due_at, variant, state, reason, skipped_at)
           select private.current_boutique(), %(campaign_id)s, %(occurrence_id)s, new.id,
             new.customer_id, new.identity, new.variables, new.language, new.due_at,
             new.variant, case when new.held_out then 'skipped' else 'planned' end,
             case when new.held_out then %(reason)s end, case when new.held_out then now() end
           from json_to_recordset(%(recipients)s)
             as new (id uuid, customer_id uuid, identity text, variables jsonb, language text,
               due_at timestamptz, variant text, held_out boolean)
           on conflict do nothing returning id::text as id""",
        {
            "campaign_id": campaign_id,
            "occurrence_id": occurrence_id,
            "reason": HELD_OUT,
            "recipients": Json([_plain(one) for one in recipients]),
        },
    )
    return {row["id"] for row in await cursor.fetchall()}


def _plain(one: NewRecipient) -> dict[str, Any]:
    return {
        "id": one.id,
        "customer_id": one.customer_id,
        "identity": one.identity,
        "variables": dict(one.variables),
        "language": one.language,
        "due_at": one.due_at.isoformat(),
        "variant": one.variant,
        "held_out": one.held_out,
    }


async def get(conn: Connection, *, recipient_id: str) -> Recipient | None:
    return await _one(conn, {"recipient_id": recipient_id}, "r.id = %(recipient_id)s")


async def of_message(conn: Connection, *, message_id: str) -> Recipient | None:
    """Whom this message was for."""
    return await _one(conn, {"message_id": message_id}, "r.message_id = %(message_id)s")


async def page(
    conn: Connection,
    *,
    campaign_id: str,
    occurrence_id: str | None = None,
    state: str | None = None,
    did: Deed | None = None,
    after: str | None = None,
    limit: int,
) -> list[ListedRecipient]:
    """In the order of their ids, after the one with the id `after`; of one state, or who did it."""
    async with conn.cursor(row_factory=class_row(ListedRecipient)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS}, {_LISTED} from campaign_recipients r
                join customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
                where r.boutique_id = private.current_boutique()
                  and r.campaign_id = %(campaign_id)s
                  and (%(occurrence_id)s::uuid is null or r.occurrence_id = %(occurrence_id)s)
                  and (%(state)s::text is null or r.state = %(state)s)
                  and {_DID[did] if did else "true"}
                  and (%(after)s::uuid is null or r.id > %(after)s::uuid)
                order by r.id limit %(limit)s""".encode(),
            {
                "campaign_id": campaign_id,
                "occurrence_id": occurrence_id,
                "state": state,
                "after": after,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


async def counts(
    conn: Connection, *, campaign_id: str, occurrence_id: str | None = None
) -> dict[str, int]:
    """How many are in each state; who is held out is in none of them."""
    cursor = await conn.execute(
        """select r.state, count(*) as recipients from campaign_recipients r
           where r.boutique_id = private.current_boutique() and r.campaign_id = %(campaign_id)s
             and (%(occurrence_id)s::uuid is null or r.occurrence_id = %(occurrence_id)s)
             and r.reason is distinct from %(held_out)s
           group by r.state""",
        {"campaign_id": campaign_id, "occurrence_id": occurrence_id, "held_out": HELD_OUT},
    )
    return {row["state"]: int(row["recipients"]) for row in await cursor.fetchall()}


async def _one(conn: Connection, values: Mapping[str, Any], which: str) -> Recipient | None:
    async with conn.cursor(row_factory=class_row(Recipient)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from campaign_recipients r
                where r.boutique_id = private.current_boutique() and {which}""".encode(),
            values,
        )
        return await cursor.fetchone()
