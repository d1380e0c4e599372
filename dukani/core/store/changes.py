"""The audit log as its owner reads it: who changed which thing, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key

ChangeKind = Literal[
    "pieces", "orders", "customers", "chats", "money", "campaigns", "shop", "people"
]
# What a subject begins with, by kind; a test compares them with the tables that are audited.
SUBJECTS: Mapping[ChangeKind, tuple[str, ...]] = {
    "pieces": (
        "products", "product_variants", "product_images", "product_costs", "size_charts",
        "piece_imports", "synonyms", "variant", "product",
    ),
    "orders": ("order", "orders", "requests", "cart_reminders"),
    "customers": ("customers", "customer_tags", "consents", "wearers"),
    "chats": (
        "conversations", "conversation", "messages", "conversation_events", "internal_notes",
        "quick_replies",
    ),
    "money": (
        "counter_sales", "sale", "refund", "debt_payments", "debt_reminders", "daily_closes",
        "tax_settings", "statement", "statement_line", "debt_payment", "top_up",
    ),
    "campaigns": (
        "campaigns", "segments", "audience_lists", "score_rules", "message_templates",
        "automation_rules", "automation_channels",
    ),
    "shop": (
        "boutiques", "boutique", "delivery_zones", "provider_account", "mpesa_tests",
        "boutique_exports", "meta_catalogues", "saved_views", "own_answers", "unmet_wishes_done",
    ),
    "people": ("boutique_members", "api_keys", "alert_choices", "push_subscriptions"),
}  # fmt: skip
_NOBODY = str(UUID(int=0))  # ids of lines are numbers: no two lines need a second one
# Each message has its own place, and so has what was read up to where.
_CHATTER: LiteralString = """(a.action = 'messages_insert' or a.action = 'conversations_update'
  and a.details -> 'columns' <@ '["last_staff_at", "staff_read_seq"]')"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`actor`: a member's user id, or assistant, customer, provider, system, platform.

    `thing`: one thing's own history, as `products:<id>`. `since` is inclusive, `until` not.
    """

    actor: str | None = None
    kind: ChangeKind | None = None
    thing: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A line. `was` and `now` hold what was in each column that changed.

    `via`: `key:<id>`, `command` or `whatsapp`; none: the dashboard, or the assistant by itself.
    `label`: what people call the thing; none: it has no name, or is gone.
    """

    id: int
    at: datetime
    actor: str
    actor_email: str | None
    via: str | None
    key_name: str | None
    action: str
    subject: str
    thing: str
    label: str | None
    columns: list[str]
    was: Any
    now: Any
    details: dict[str, Any]

    @property
    def key(self) -> Key:
        return Key(self.id, _NOBODY)


# Names are looked up for the lines of the page alone.
_NAMED: LiteralString = """
select l.id, l.created_at as at, l.actor, private.email_of_actor(l.actor) as actor_email, l.via,
  k.name as key_name, l.action, l.subject, l.thing,
  coalesce(
    case when l.kind = 'products' then p.name || coalesce(' · ' || nullif(concat_ws(' ', v.colour,
      v.size), ''), '') end,
    case l.kind
      when 'customers' then c.name when 'conversations' then talked.name
      when 'order' then l.name when 'campaigns' then camp.name
      when 'counter_sales' then sale.number else null end,
    l.now ->> 'name', l.was ->> 'name', l.now ->> 'number', l.was ->> 'number',
    l.now ->> 'shortcut', l.was ->> 'shortcut', l.now ->> 'sku', l.was ->> 'sku',
    case l.kind
      when 'segments' then seg.name when 'audience_lists' then list.name
      when 'message_templates' then tpl.name when 'delivery_zones' then zone.name
      when 'quick_replies' then quick.shortcut when 'api_keys' then named.name
      when 'boutique_members' then colleague.email
      when 'provider_account' then l.name else null end
  ) as label,
  coalesce(array(select jsonb_array_elements_text(l.details -> 'columns')), '{}') as columns,
  coalesce(l.was, l.details -> 'was') as was, coalesce(l.now, l.details -> 'now') as now,
  l.details - 'columns' - 'was' - 'now' as details
from lines l
left join api_keys k on k.boutique_id = l.boutique_id and 'key:' || k.id = l.via
left join products p on l.kind = 'products' and p.boutique_id = l.boutique_id
  and p.id = l.thing_id
left join product_variants v on l.subject like 'product_variants:%%'
  and v.boutique_id = l.boutique_id and v.id = l.subject_id
left join customers c on l.kind = 'customers' and c.boutique_id = l.boutique_id
  and c.id = l.thing_id
left join conversations chat on l.kind = 'conversations' and chat.boutique_id = l.boutique_id
  and chat.id = l.thing_id
left join customers talked on talked.boutique_id = chat.boutique_id
  and talked.id = chat.customer_id
left join campaigns camp on l.kind = 'campaigns' and camp.boutique_id = l.boutique_id
  and camp.id = l.thing_id
left join counter_sales sale on l.kind = 'counter_sales' and sale.boutique_id = l.boutique_id
  and sale.id = l.thing_id
left join segments seg on l.kind = 'segments' and seg.boutique_id = l.boutique_id
  and seg.id = l.thing_id
left join audience_lists list on l.kind = 'audience_lists' and list.boutique_id = l.boutique_id
  and list.id = l.thing_id
left join message_templates tpl on l.kind = 'message_templates'
  and tpl.boutique_id = l.boutique_id and tpl.id = l.thing_id
left join delivery_zones zone on l.kind = 'delivery_zones' and zone.boutique_id = l.boutique_id
  and zone.id = l.thing_id
left join quick_replies quick on l.kind = 'quick_replies' and quick.boutique_id = l.boutique_id
  and quick.id = l.thing_id
left join api_keys named on l.kind = 'api_keys' and named.boutique_id = l.boutique_id
  and named.id = l.thing_id
left join private.my_colleagues() colleague on l.kind = 'boutique_members'
  and colleague.user_id = l.thing_id
order by l.id desc"""
_AN_ID: LiteralString = "'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
# A row that has no name of its own is told as part of what it belongs to, an order by its number.
_LINES: LiteralString = f"""
with found as (
  select a.*, case when split_part(a.subject, ':', 1) in ('product_variants', 'product_images',
      'product_costs', 'customer_tags', 'consents', 'wearers', 'debt_reminders', 'messages',
      'conversation_events', 'internal_notes')
    then coalesce(a.about, a.subject) else a.subject end as thing
  from audit_log a
  where a.boutique_id = private.current_boutique() and FITS
  order by a.id desc limit %(limit)s
), lines as (
  select f.*, split_part(f.thing, ':', 1) as kind, split_part(f.thing, ':', 2) as name,
    case when split_part(f.thing, ':', 2) ~ {_AN_ID}
      then split_part(f.thing, ':', 2)::uuid end as thing_id,
    case when split_part(f.subject, ':', 2) ~ {_AN_ID}
      then split_part(f.subject, ':', 2)::uuid end as subject_id
  from found f
)"""


async def page(conn: Connection, wanted: Wanted, *, before: int | None, limit: int) -> list[Change]:
    """The newest first; `before` is the id of the last line of the page before."""
    fits, values = _conditions(wanted)
    if before is not None:
        fits.append("a.id < %(before)s")
    statement = _LINES.replace("FITS", " and ".join(fits)) + _NAMED
    async with conn.cursor(row_factory=class_row(Change)) as cursor:
        await cursor.execute(statement.encode(), values | {"before": before, "limit": limit})
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Changer:
    """Somebody who changed something: `actor` as in `Wanted`."""

    actor: str
    email: str | None


async def changers(conn: Connection) -> Sequence[Changer]:
    """Everybody of whom the log holds a line, by skipping through the index of actors."""
    async with conn.cursor(row_factory=class_row(Changer)) as cursor:
        await cursor.execute(
            """with recursive one as (
                 select min(actor) as actor from audit_log
                 where boutique_id = private.current_boutique()
                 union all
                 select (select min(a.actor) from audit_log a
                   where a.boutique_id = private.current_boutique() and a.actor > one.actor)
                 from one where one.actor is not null
               )
               select actor, private.email_of_actor(actor) as email from one
               where actor is not null limit 200"""
        )
        return await cursor.fetchall()


def _conditions(wanted: Wanted) -> tuple[list[LiteralString], dict[str, Any]]:
    fits: list[LiteralString] = []
    values: dict[str, Any] = {}
    if wanted.actor is not None:
        fits.append("a.actor = any(%(actors)s)")
        values["actors"] = [wanted.actor, f"owner:{wanted.actor}", f"staff:{wanted.actor}"]
    if wanted.kind is not None:
        fits.append("split_part(a.subject, ':', 1) = any(%(subjects)s)")
        values["subjects"] = list(SUBJECTS[wanted.kind])
    if wanted.kind != "chats" and wanted.thing is None:
        fits.append(f"not {_CHATTER}")
    if wanted.thing is not None:
        fits.append("(a.subject = %(thing)s or a.about = %(thing)s)")
        values["thing"] = wanted.thing
    if wanted.since is not None:
        fits.append("a.created_at >= %(since)s")
        values["since"] = wanted.since
    if wanted.until is not None:
        fits.append("a.created_at < %(until)s")
        values["until"] = wanted.until
    return fits or ["true"], values
