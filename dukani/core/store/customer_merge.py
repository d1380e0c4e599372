"""Merges two rows of one customer: nothing is lost, nothing is stored twice.

A customer may first show only a WhatsApp id and later a phone, or write from a new number before
WhatsApp reports the change. The kept row takes over the orders, cart, messages and open events of
the retired row. The retired row stays and points to the kept one, because consents and domain
events are append-only and still name it.
"""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.queue import JOB

# Frees phone and user id for the kept row; the retired row's `merged:` id points to the kept row.
_RETIRE = """
with retired as (
  select id, phone, wa_user_id, name, language, preferred_channel
  from customers where id = %(retired_id)s
), renamed as (
  update customers set phone = null, wa_user_id = 'merged:' || %(kept_id)s || ':' || id
  where id = %(retired_id)s returning id
)
select phone, wa_user_id, name, language, preferred_channel from retired
"""

_ADOPT = """
update customers set phone = coalesce(phone, %(phone)s),
  wa_user_id = coalesce(%(wa_user_id)s, wa_user_id), name = coalesce(name, %(name)s),
  language = coalesce(language, %(language)s),
  preferred_channel = coalesce(preferred_channel, %(preferred_channel)s)
where id = %(kept_id)s
"""

# A stop said under either row counts, whatever was said under the other before or after: the
# customer could not know of two rows. Without a stop, a yes under either row counts.
_COPY_CONSENTS = """
with latest as (
  select distinct on (customer_id, purpose) boutique_id, customer_id, purpose, granted, source,
    words
  from consents where customer_id in (%(kept_id)s, %(retired_id)s)
  order by customer_id, purpose, id desc
)
insert into consents (boutique_id, customer_id, purpose, granted, source, words)
select r.boutique_id, %(kept_id)s, r.purpose, r.granted, r.source, r.words
from latest r
left join latest k on k.purpose = r.purpose and k.customer_id = %(kept_id)s
where r.customer_id = %(retired_id)s and (k.granted is null or (k.granted and not r.granted))
"""

# Each row may have an open cart: the one changed last is kept, unless it is empty and the other is
# not. A cart in checkout stays.
_ABANDON_OLDER_CART = """
update carts set status = 'abandoned' where id in (
  select c.id from carts c
  where c.customer_id in (%(kept_id)s, %(retired_id)s) and c.status = 'active'
  order by exists (select from cart_items i where i.cart_id = c.id) desc, c.updated_at desc
  offset 1
)
"""

_MOVE_CARTS = "update carts set customer_id = %(kept_id)s where customer_id = %(retired_id)s"

# Takes the lock of a turn: a turn under way ends first, so that none of its messages stays behind
# in the retired conversation.
_CONVERSATIONS = """
select customer_id::text as customer_id, id::text as id,
  pg_advisory_xact_lock(hashtextextended(id::text, 0))
from (
  select customer_id, id from conversations
  where customer_id in (%(kept_id)s, %(retired_id)s) order by id
) both_partitions
"""

_MOVE_CONVERSATION = """
update conversations set customer_id = %(kept_id)s where customer_id = %(retired_id)s
"""

_JOIN_CONVERSATIONS = (
    "update messages set conversation_id = %(into)s where conversation_id = %(from)s",
    "update conversation_events set conversation_id = %(into)s where conversation_id = %(from)s",
    """update conversations kept set
         answer_to = case when other.last_inbound_at > kept.last_inbound_at
             or kept.last_inbound_at is null
           then coalesce(other.answer_to, kept.answer_to)
           else coalesce(kept.answer_to, other.answer_to) end,
         channel = case when other.last_inbound_at > kept.last_inbound_at
             or kept.last_inbound_at is null
           then other.channel else kept.channel end,
         provider = case when other.last_inbound_at > kept.last_inbound_at
             or kept.last_inbound_at is null
           then other.provider else kept.provider end,
         last_inbound_at = greatest(kept.last_inbound_at, other.last_inbound_at),
         last_staff_at = greatest(kept.last_staff_at, other.last_staff_at),
         handed_off_at = coalesce(kept.handed_off_at, other.handed_off_at),
         handoff_reason = coalesce(kept.handoff_reason, other.handoff_reason),
         assigned_to = coalesce(kept.assigned_to, other.assigned_to),
         -- Read twice by the shop rather than not at all.
         staff_read_seq = least(kept.staff_read_seq, other.staff_read_seq)
       from conversations other where kept.id = %(into)s and other.id = %(from)s""",
    "update orders set conversation_id = %(into)s where conversation_id = %(from)s",
    # The owner's reply to a note reaches the customer, whichever row the note was about.
    """update messages set payload = payload || jsonb_build_object('about', %(into)s::text)
       where conversation_id is null and payload ->> 'about' = %(from)s::text""",
    "update requests set conversation_id = %(into)s where conversation_id = %(from)s",
    "update internal_notes set conversation_id = %(into)s where conversation_id = %(from)s",
    "update chat_sessions set conversation_id = %(into)s where conversation_id = %(from)s",
    "update unmet_wishes set conversation_id = %(into)s where conversation_id = %(from)s",
    # What one person may use of a model is counted for both together.
    """insert into token_usage as t (boutique_id, conversation_id, on_day, model, calls,
         input_tokens, output_tokens)
       select boutique_id, %(into)s, on_day, model, calls, input_tokens, output_tokens
       from token_usage where conversation_id = %(from)s
       on conflict (boutique_id, conversation_id, on_day, model) do update set
         calls = t.calls + excluded.calls, input_tokens = t.input_tokens + excluded.input_tokens,
         output_tokens = t.output_tokens + excluded.output_tokens""",
    "delete from token_usage where conversation_id = %(from)s",
    # "The second one" and "cancel" refer to the later talk, so its memory is kept.
    """insert into conversation_memories (boutique_id, conversation_id, state, updated_at)
       select boutique_id, %(into)s, state, updated_at
       from conversation_memories where conversation_id = %(from)s
       on conflict (boutique_id, conversation_id)
         do update set state = excluded.state, updated_at = excluded.updated_at
         where conversation_memories.updated_at < excluded.updated_at""",
    "update conversation_memories set state = '{}' where conversation_id = %(from)s",
)

# Each row may have a sister of the same name: she is one person, and her lines are the kept one's.
_SAME_WEARERS = """
select k.id as kept_id, r.id as retired_id, r.boutique_id from wearers r
join wearers k on k.boutique_id = r.boutique_id and k.customer_id = %(kept_id)s
  and k.relation = r.relation and lower(coalesce(k.name, '')) = lower(coalesce(r.name, ''))
where r.customer_id = %(retired_id)s
"""
_MERGE_WEARERS = (
    f"""update wearers k set audience = coalesce(k.audience, r.audience),
          age = coalesce(k.age, r.age), age_told_on = coalesce(k.age_told_on, r.age_told_on)
        from ({_SAME_WEARERS}) same
        join wearers r on r.boutique_id = same.boutique_id and r.id = same.retired_id
        where k.boutique_id = same.boutique_id and k.id = same.kept_id""",
    *(
        f"""update {table} i set wearer_id = same.kept_id from ({_SAME_WEARERS}) same
            where i.boutique_id = same.boutique_id and i.wearer_id = same.retired_id"""
        for table in ("cart_items", "order_items", "size_facts")
    ),
    f"""delete from wearers w using ({_SAME_WEARERS}) same
        where w.boutique_id = same.boutique_id and w.id = same.retired_id""",
    "update wearers set customer_id = %(kept_id)s where customer_id = %(retired_id)s",
)

_MOVE_TAGS = """
with gone as (
  delete from customer_tags where customer_id = %(retired_id)s returning boutique_id, tag
)
insert into customer_tags (boutique_id, customer_id, tag)
select boutique_id, %(kept_id)s, tag from gone on conflict do nothing
"""
_MOVE_ORDERS = "update orders set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
_MOVE_COUNTER_SALES = """
update counter_sales set customer_id = %(kept_id)s where customer_id = %(retired_id)s
"""
_MOVE_REQUESTS = "update requests set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
_MOVE_SIZES = "update size_facts set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
_MOVE_NAMES = "update former_names set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
# A campaign that names both rows sends to the kept one, once; what was sent to either stays.
_MOVE_LISTED = """
with gone as (
  delete from audience_list_members where customer_id = %(retired_id)s
  returning boutique_id, list_id
)
insert into audience_list_members (boutique_id, list_id, customer_id)
select boutique_id, list_id, %(kept_id)s from gone on conflict do nothing
"""
_MOVE_RECIPIENTS = """
update campaign_recipients set customer_id = %(kept_id)s where customer_id = %(retired_id)s
"""
_MOVE_LINKS = (
    "update catalog_links set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
)
_MOVE_CART_LINKS = (
    "update cart_links set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
)
_MOVE_WINDOW = (
    "update cart_codes set customer_id = %(kept_id)s where customer_id = %(retired_id)s",
    "update visitor_customers set customer_id = %(kept_id)s where customer_id = %(retired_id)s",
)
_MOVE_AUTOMATIONS = (
    # Both rows may be in one rule because of one piece: she hears of it once.
    """update automation_enrolments r set state = 'stopped', reason = 'told_before',
         ended_at = now()
       where r.customer_id = %(retired_id)s and r.state = 'active' and exists (
         select from automation_enrolments k
         where k.customer_id = %(kept_id)s and k.rule_id = r.rule_id
           and k.subject_id = r.subject_id and k.state = 'active')""",
    *(
        f"update {table} set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
        for table in ("automation_enrolments", "automation_sends", "automation_decisions")
    ),
    """update stock_waits r set ended_at = now()
       where r.customer_id = %(retired_id)s and r.ended_at is null and exists (
         select from stock_waits k
         where k.customer_id = %(kept_id)s and k.product_id = r.product_id
           and k.variant_id is not distinct from r.variant_id and k.ended_at is null)""",
    "update stock_waits set customer_id = %(kept_id)s where customer_id = %(retired_id)s",
    "update consent_codes set customer_id = %(kept_id)s where customer_id = %(retired_id)s",
)
# Marketing that reached her under the retired row's names is counted under the kept row's.
_MOVE_MARKETING = """
select private.adopt_marketing(array[%(phone)s, %(wa_user_id)s]::text[], %(kept_id)s)
"""
# The kept row's is made anew from the orders of both.
_DROP_PROFILE = "delete from customer_profiles where customer_id = %(retired_id)s"
_RENEWAL = JOB.format(
    task="'renew_profile'",
    lock="'profile:' || %(kept_id)s::text",
    args="""jsonb_build_object(
      'boutique_id', private.current_boutique(), 'customer_id', %(kept_id)s::text)""",
    delay="null",
)
_RENEW_PROFILE = f"""select {_RENEWAL} where exists (
  select from orders where customer_id = %(kept_id)s::uuid and payment_status = 'paid')"""


async def merge(conn: Connection, *, kept_id: str, retired_id: str) -> None:
    """Let the kept customer take over everything of the retired one."""
    both = {"kept_id": kept_id, "retired_id": retired_id}
    cursor = await conn.execute(_RETIRE, both)
    retired = await cursor.fetchone()
    await conn.execute(_ADOPT, {**(retired or {}), **both})
    for statement in (
        *(_COPY_CONSENTS, _ABANDON_OLDER_CART, _MOVE_CARTS, _MOVE_ORDERS, _MOVE_REQUESTS),
        *(_MOVE_COUNTER_SALES, _MOVE_SIZES, _MOVE_NAMES, _MOVE_TAGS, *_MERGE_WEARERS),
        *(_MOVE_LISTED, _MOVE_RECIPIENTS, _MOVE_LINKS, _MOVE_CART_LINKS, *_MOVE_WINDOW),
        *(*_MOVE_AUTOMATIONS, _DROP_PROFILE, _RENEW_PROFILE),
    ):
        await conn.execute(statement, both)
    await conn.execute(_MOVE_MARKETING, {**(retired or {}), **both})
    await _merge_conversations(conn, both)


async def _merge_conversations(conn: Connection, both: dict[str, str]) -> None:
    rows = await (await conn.execute(_CONVERSATIONS, both)).fetchall()
    ids = {row["customer_id"]: row["id"] for row in rows}
    if both["retired_id"] not in ids:
        return
    if both["kept_id"] not in ids:
        await conn.execute(_MOVE_CONVERSATION, both)
        return
    partitions = {"into": ids[both["kept_id"]], "from": ids[both["retired_id"]]}
    for statement in _JOIN_CONVERSATIONS:
        await conn.execute(statement, partitions)
