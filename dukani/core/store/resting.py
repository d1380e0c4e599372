"""Pauses a number after its provider refused a message for the whole number (a circuit breaker).

A rate limit, a missing payment or a block concerns the whole number: messages to other customers
would be refused as well, and attempts count against a rate limit too. The refused message is
retried by its own rules; messages not tried yet wait. The pause is computed from the refused
messages, so every process knows it, also after a refusal that only a status told.
"""

from __future__ import annotations

from collections.abc import Iterable

from dukani.core.clients.send_errors import ACTIONS, HELD, Action, SetUp, set_up_of

# Short, because only time ends the pause: a shop that solved its trouble should not wait long.
LONGEST_REST_S = 60
FIRST_REST_S = 2  # after a rate limit; doubled with each attempt of the refused message

# Refusals for some customers only: on a trial, or in a country that is not switched on.
_OF_SOME = (SetUp.TRIAL, SetUp.PERMISSION)
_LIMITS = sorted(code for code, action in ACTIONS.items() if action is Action.WAIT_NUMBER)
_HELD = sorted(
    code for code, action in ACTIONS.items() if action in HELD and set_up_of(code) not in _OF_SOME
)


def _array(codes: Iterable[str]) -> str:
    return f"array[{', '.join(repr(code) for code in codes)}]"


# SQL, for a boutique as `b`: seconds until its number at `provider` may send again; 0: now.
RESTS_S = f"""greatest(0, coalesce((
    select max(extract(epoch from refused.updated_at - clock_timestamp())::float8
      + case when refused.error_code = any({_array(_LIMITS)})
          then least({LONGEST_REST_S}, {FIRST_REST_S} * 2 ^ least(refused.attempts - 1, 10))
          else {LONGEST_REST_S} end)
    from messages refused
    where refused.boutique_id = b.id and refused.provider = {{provider}}
      and refused.status = 'sending' and refused.error_code is not null
      and refused.error_code = any({_array([*_LIMITS, *_HELD])})
      and refused.updated_at > clock_timestamp() - interval '{LONGEST_REST_S} s'
  ), 0))"""
