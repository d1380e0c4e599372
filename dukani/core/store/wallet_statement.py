"""The statement of a wallet: its moves, newest first. For owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.wallet import TransferKind

Moves = Literal["all", "bought", "campaigns", "messages"]
_KEYED = str(UUID(int=0))  # a move's number alone is its place

# `all` is what changed the tokens available; each single message only when it is asked for.
_WHICH: dict[Moves, LiteralString] = {
    "all": "t.kind not in ('accept', 'settle')",
    "bought": "t.kind in ('top_up', 'grant')",
    "campaigns": "t.kind in ('hold', 'release')",
    "messages": "t.kind in ('accept', 'settle', 'give_back', 'late', 'lose', 'expire')",
}


@dataclass(frozen=True, slots=True)
class Move:
    id: int
    at: datetime
    kind: TransferKind
    tokens: int
    change: int  # of the tokens available
    available_after: int
    campaign_id: str | None
    campaign_name: str | None  # none: of no campaign, or of one that was removed
    recipient: str | None
    message_id: str | None
    top_up_id: str | None
    amount_minor: int | None  # what was paid, of a top-up
    currency: str | None
    receipt: str | None
    note: str
    actor: str

    def key(self) -> Key:
        return Key(self.id, _KEYED)


async def page(
    conn: Connection,
    *,
    which: Moves,
    campaign_id: str | None,
    after: Key | None,
    limit: int,
) -> list[Move]:
    of_campaign: LiteralString = (
        "and t.campaign_id = %(campaign_id)s" if campaign_id is not None else ""
    )
    statement: LiteralString = f"""
        select t.id, t.created_at as at, t.kind, t.tokens,
          case when t.kind in ('top_up', 'grant', 'give_back', 'release', 'expire')
            then t.tokens
            when t.kind in ('hold', 'late') then -t.tokens else 0 end as change,
          t.available_after, t.campaign_id::text, p.name as campaign_name, t.recipient,
          t.message_id::text, t.top_up_id::text, u.amount_minor, u.currency, s.receipt, t.note,
          t.actor
        from wallet_transfers t
        left join campaigns p on p.boutique_id = t.boutique_id and p.id = t.campaign_id
        left join wallet_top_ups u on u.boutique_id = t.boutique_id and u.id = t.top_up_id
        left join lateral (
          select max(s.receipt) as receipt from wallet_top_up_steps s
          where s.boutique_id = u.boutique_id and s.top_up_id = u.id
            and s.step in ('paid', 'receipt')) s on true
        where t.boutique_id = private.current_boutique() and {_WHICH[which]} {of_campaign}
          and (%(after)s::bigint is null or t.id < %(after)s)
        order by t.id desc limit %(limit)s
        """
    values: Mapping[str, object] = {
        "campaign_id": campaign_id,
        "after": after.value if after else None,
        "limit": limit,
    }
    async with conn.cursor(row_factory=class_row(Move)) as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchall()
