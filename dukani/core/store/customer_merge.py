"""Makes two rows of one customer one: nothing she did is lost, nothing is written twice.

A shopper may first show only her WhatsApp id and later her phone. The kept row takes over the
other's orders, cart, messages and open events; the retired row stays, pointing to it, because
consents are append-only and still name it.
"""

from __future__ import annotations

from dukani.core.database import Connection

# Frees the id for the kept row; whoever still holds the retired one finds the kept one by it.
_RETIRE = """
with retired as (
  select id, wa_user_id, name, language from customers where id = %(retired_id)s
), renamed as (
  update customers set wa_user_id = 'merged:' || %(kept_id)s || ':' || id
  where id = %(retired_id)s returning id
)
select wa_user_id, name, language from retired
"""

_ADOPT = """
update customers set wa_user_id = %(wa_user_id)s, name = coalesce(name, %(name)s),
  language = coalesce(language, %(language)s)
where id = %(kept_id)s
"""

# The latest word counts, whichever row it was given to.
_COPY_CONSENTS = """
insert into consents (boutique_id, customer_id, purpose, granted, source, words)
select boutique_id, %(kept_id)s, purpose, granted, source, words from (
  select distinct on (purpose) * from consents
  where customer_id in (%(kept_id)s, %(retired_id)s)
  order by purpose, id desc
) latest
where customer_id = %(retired_id)s
"""

# One open cart each: the one touched last is the one she means. A cart being paid stays.
_ABANDON_OLDER_CART = """
update carts set status = 'abandoned' where id in (
  select id from carts
  where customer_id in (%(kept_id)s, %(retired_id)s) and status = 'active'
  order by updated_at desc offset 1
)
"""

_MOVE_CARTS = "update carts set customer_id = %(kept_id)s where customer_id = %(retired_id)s"

# With the lock a turn holds: one under way ends first, so that nothing it queues is left
# behind in the retired conversation.
_CONVERSATIONS = """
select customer_id::text as customer_id, id::text as id,
  pg_advisory_xact_lock(hashtextextended(id::text, 0))
from (
  select customer_id, id from conversations
  where customer_id in (%(kept_id)s, %(retired_id)s) order by id
) both_lanes
"""

_MOVE_CONVERSATION = """
update conversations set customer_id = %(kept_id)s where customer_id = %(retired_id)s
"""

_JOIN_CONVERSATIONS = (
    "update messages set conversation_id = %(into)s where conversation_id = %(from)s",
    "update conversation_events set conversation_id = %(into)s where conversation_id = %(from)s",
    """update conversations kept set
         last_inbound_at = greatest(kept.last_inbound_at, other.last_inbound_at),
         last_staff_at = greatest(kept.last_staff_at, other.last_staff_at),
         handed_off_at = coalesce(kept.handed_off_at, other.handed_off_at),
         handoff_reason = coalesce(kept.handoff_reason, other.handoff_reason)
       from conversations other where kept.id = %(into)s and other.id = %(from)s""",
    "update orders set conversation_id = %(into)s where conversation_id = %(from)s",
    "update requests set conversation_id = %(into)s where conversation_id = %(from)s",
    # Where she talked last is what she means by "the second one" and "cancel".
    """insert into conversation_memories (boutique_id, conversation_id, state, updated_at)
       select boutique_id, %(into)s, state, updated_at
       from conversation_memories where conversation_id = %(from)s
       on conflict (boutique_id, conversation_id)
         do update set state = excluded.state, updated_at = excluded.updated_at
         where conversation_memories.updated_at < excluded.updated_at""",
    "update conversation_memories set state = '{}' where conversation_id = %(from)s",
)

_MOVE_ORDERS = "update orders set customer_id = %(kept_id)s where customer_id = %(retired_id)s"
_MOVE_REQUESTS = "update requests set customer_id = %(kept_id)s where customer_id = %(retired_id)s"


async def merge(conn: Connection, *, kept_id: str, retired_id: str) -> None:
    """Let the kept customer take over everything of the retired one."""
    both = {"kept_id": kept_id, "retired_id": retired_id}
    cursor = await conn.execute(_RETIRE, both)
    retired = await cursor.fetchone()
    await conn.execute(_ADOPT, {**(retired or {}), **both})
    for statement in (
        *(_COPY_CONSENTS, _ABANDON_OLDER_CART, _MOVE_CARTS, _MOVE_ORDERS, _MOVE_REQUESTS),
    ):
        await conn.execute(statement, both)
    await _merge_conversations(conn, both)


async def _merge_conversations(conn: Connection, both: dict[str, str]) -> None:
    rows = await (await conn.execute(_CONVERSATIONS, both)).fetchall()
    ids = {row["customer_id"]: row["id"] for row in rows}
    if both["retired_id"] not in ids:
        return
    if both["kept_id"] not in ids:
        await conn.execute(_MOVE_CONVERSATION, both)
        return
    lanes = {"into": ids[both["kept_id"]], "from": ids[both["retired_id"]]}
    for statement in _JOIN_CONVERSATIONS:
        await conn.execute(statement, lanes)
