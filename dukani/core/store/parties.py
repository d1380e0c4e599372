"""Who a conversation is between: read in one statement, for every turn begins with it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from dukani.core.database import Connection
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.customers import Customer


@dataclass(frozen=True, slots=True)
class Parties:
    conversation: Conversation
    boutique: Boutique
    customer: Customer
    opted_out: bool  # she said stop, and has not said start since


_IDS = ("id", "boutique_id", "customer_id")


def _columns(kind: type, alias: str) -> str:
    names = [field.name for field in fields(kind)]
    return ", ".join(
        f"{alias}.{name}{'::text' if name in _IDS else ''} as {alias}_{name}" for name in names
    )


# Three reads cost three round trips and three plans; together they cost one.
_PARTIES = f"""
select {_columns(Conversation, "v")}, {_columns(Boutique, "b")}, {_columns(Customer, "c")},
  not coalesce((
    select granted from consents n
    where n.boutique_id = c.boutique_id and n.customer_id = c.id and n.purpose = 'assistant'
    order by n.id desc limit 1
  ), true) as opted_out
from conversations v
join boutiques b on b.id = v.boutique_id
join customers c on c.boutique_id = v.boutique_id and c.id = v.customer_id
where v.boutique_id = private.current_boutique() and v.id = %(conversation_id)s
"""


async def of_conversation(conn: Connection, *, conversation_id: str) -> Parties | None:
    cursor = await conn.execute(_PARTIES.encode(), {"conversation_id": conversation_id})
    row = await cursor.fetchone()
    if row is None:
        return None
    return Parties(
        conversation=Conversation(**_part(row, "v")),
        boutique=Boutique(**_part(row, "b")),
        customer=Customer(**_part(row, "c")),
        opted_out=row["opted_out"],
    )


def _part(row: dict[str, Any], alias: str) -> dict[str, Any]:
    start = f"{alias}_"
    return {name.removeprefix(start): row[name] for name in row if name.startswith(start)}
