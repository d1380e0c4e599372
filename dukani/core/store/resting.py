"""Numbers that send nothing new for a moment: their provider has just refused one of theirs.

A limit, a missing payment or a block is of the whole number and no customer's own: each other
conversation would only hear the same, and attempts count against a limit too. What was refused
tries again by its own rules; what was not tried yet waits meanwhile. It is read from the refused
messages themselves, so every process knows it, also of what only a status told.
"""

from __future__ import annotations

from collections.abc import Iterable

from dukani.core.clients.send_errors import ACTIONS, HELD, Action, SetUp, set_up_of

# Short, because it ends by itself only: a shop that was mended is not kept waiting for it.
LONGEST_REST_S = 60
FIRST_REST_S = 2  # of a limit; twice as long for each attempt of the message that was refused

# What is refused for some customers only: on a trial, or in a country that is not switched on.
_OF_SOME = (SetUp.TRIAL, SetUp.PERMISSION)
_LIMITS = sorted(code for code, action in ACTIONS.items() if action is Action.WAIT_NUMBER)
_HELD = sorted(
    code for code, action in ACTIONS.items() if action in HELD and set_up_of(code) not in _OF_SOME
)


def _array(codes: Iterable[str]) -> str:
    return f"array[{', '.join(repr(code) for code in codes)}]"


# Of a boutique as `b`: how many seconds its number at `provider` rests still; 0 when it does not.
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
