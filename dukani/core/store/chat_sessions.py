"""How far each talk came: 24 hours of a conversation from the customer's first message on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from dukani.core.database import Connection

LASTS: LiteralString = "interval '24 hours'"


@dataclass(frozen=True, slots=True)
class TurnCounted:
    """What one turn adds to its session. `wrote`: the customer wrote in it, else nothing counts."""

    wrote: bool = False
    replied: bool = False
    shown: bool = False
    in_cart: bool = False
    quoted: bool = False
    with_person: bool = False
    misunderstood: bool = False


# Expressions of a `with`: a turn's last statement counts the turn too, without a round trip.
# Turns of one conversation follow one another, so none begins a second session meanwhile.
COUNT_TURN: LiteralString = f"""
session as (
  select id from chat_sessions
  where boutique_id = private.current_boutique() and conversation_id = %(conversation_id)s
    and started_at > now() - {LASTS}
  order by started_at desc limit 1
), continued as (
  update chat_sessions s set turns = turns + 1, replied = replied or %(replied)s,
    shown = shown or %(shown)s, in_cart = in_cart or %(in_cart)s, quoted = quoted or %(quoted)s,
    with_person = with_person or %(with_person)s,
    misunderstood = misunderstood + %(misunderstood)s::boolean::int
  from session
  where %(wrote)s and s.boutique_id = private.current_boutique() and s.id = session.id
), begun as (
  insert into chat_sessions (boutique_id, conversation_id, replied, shown, in_cart, quoted,
    with_person, misunderstood)
  select private.current_boutique(), %(conversation_id)s, %(replied)s, %(shown)s, %(in_cart)s,
    %(quoted)s, %(with_person)s, %(misunderstood)s::boolean::int
  where %(wrote)s and not exists (select from session)
)"""


async def note_person(conn: Connection, *, conversation_id: str) -> None:
    """A person of the shop wrote in the session under way, whether or not the customer does too."""
    await conn.execute(
        f"""update chat_sessions set with_person = true
            where boutique_id = private.current_boutique()
              and conversation_id = %(conversation_id)s
              and started_at > now() - {LASTS} and not with_person""".encode(),
        {"conversation_id": conversation_id},
    )
