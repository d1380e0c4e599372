"""How many tokens of language models each conversation used on a day of the boutique, by model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from dukani.core.database import Connection, Executes

_TODAY: LiteralString = """(now() at time zone (
  select b.timezone from boutiques b where b.id = private.current_boutique()))::date"""


@dataclass(frozen=True, slots=True)
class TokensUsed:
    """Calls to one model, and the tokens they took."""

    calls: int
    input_tokens: int
    output_tokens: int


async def used_today(conn: Executes, *, conversation_id: str) -> int:
    """The conversation's tokens of today, of all models."""
    cursor = await conn.execute(
        f"""select coalesce(sum(input_tokens + output_tokens), 0)::bigint as used from token_usage
           where boutique_id = private.current_boutique() and conversation_id = %(conversation_id)s
             and on_day = {_TODAY}""".encode(),
        {"conversation_id": conversation_id},
    )
    row = await cursor.fetchone()
    return int(row["used"]) if row else 0


async def add(
    conn: Executes, *, conversation_id: str, model: str, input_tokens: int, output_tokens: int
) -> None:
    """Count one call."""
    await conn.execute(
        f"""insert into token_usage as t (boutique_id, conversation_id, on_day, model, calls,
             input_tokens, output_tokens)
           values (private.current_boutique(), %(conversation_id)s,
             {_TODAY}, %(model)s, 1, %(input_tokens)s, %(output_tokens)s)
           on conflict (boutique_id, conversation_id, on_day, model) do update set
             calls = t.calls + 1, input_tokens = t.input_tokens + excluded.input_tokens,
             output_tokens = t.output_tokens + excluded.output_tokens""".encode(),
        {
            "conversation_id": conversation_id,
            "model": model,
            "input_tokens": input_tokens,
            "output_tokens": output_tokens,
        },
    )


async def by_model(conn: Connection) -> dict[str, TokensUsed]:
    """All that the connection may see: of one boutique, or for the service of all of them."""
    cursor = await conn.execute(
        """select model, sum(calls)::bigint as calls, sum(input_tokens)::bigint as input_tokens,
             sum(output_tokens)::bigint as output_tokens
           from token_usage group by model order by model"""
    )
    return {
        row["model"]: TokensUsed(row["calls"], row["input_tokens"], row["output_tokens"])
        for row in await cursor.fetchall()
    }
