"""When a message is sent, sent again, waited for or given up: decisions only, no sending.

The one thing that must not happen is a blind duplicate. A message marked `sending` by a worker
that died, or whose call was not answered, may have reached the customer. The provider's status
callbacks carry our own message id, so it is given time to tell; then the provider is asked, if
it can be; only then is it sent a second time, and never a third. A provider that cannot be asked
repeats its statuses: after we were down it is given the time to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dukani.core.clients.send_errors import WAITS_S, Action, action_for
from dukani.core.errors import ProviderError, ProviderRefused, ProviderUnavailable
from dukani.core.store.messages import DESPITE_STOP, Message

WINDOW = timedelta(hours=24)  # WhatsApp lets us answer freely this long after her last message
UNCLEAR_WAIT = timedelta(seconds=15)
RETOLD_WAIT = timedelta(seconds=45)  # a status that found us down comes again within this
HOLD_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(minutes=15)
MAX_AGE = timedelta(hours=24)

_MAX_ATTEMPTS = {Action.RETRY: 5, Action.SUPPRESS: 3}
_HELD = (Action.HOLD_QUEUE, Action.STOP_TENANT)
NOT_REACHED = "unavailable"  # in place of a code, when the provider gave none
OPTED_OUT = "opted_out"  # she said stop before it was sent


@dataclass(frozen=True, slots=True)
class Move:
    """What to do with the first message of a lane."""

    do: Literal["send", "send_again", "wait", "fail"]
    wait: timedelta = timedelta(0)
    code: str = ""


def next_move(
    message: Message,
    *,
    now: datetime,
    window_open: bool,
    opted_out: bool = False,
    up_since: datetime | None = None,
) -> Move:
    """What the message's row calls for.

    `up_since`: when this process began to hear the statuses of a provider that cannot be asked.
    """
    is_unclear = message.status == "sending" and message.error_code is None
    unwanted = opted_out and not message.payload.get(DESPITE_STOP)
    if unwanted and not is_unclear:
        return Move("fail", code=OPTED_OUT)
    if message.status == "sending":
        due_at = _due_at(message, up_since)
        if now < due_at:
            return Move("wait", wait=due_at - now)
    if unwanted:
        return Move("fail", code=OPTED_OUT)
    if is_unclear and message.payload.get("sent_again"):
        return Move("fail", code="unclear")
    if not window_open:
        return Move("fail", code="outside_window")
    if now - message.created_at > MAX_AGE:
        return Move("fail", code="too_old")
    return Move("send_again" if is_unclear else "send")


def _due_at(message: Message, up_since: datetime | None) -> datetime:
    """Until when a message already tried is left alone."""
    if message.error_code is not None:
        return message.updated_at + retry_wait(message.error_code, message.attempts)
    was_down = up_since is not None and up_since > message.updated_at
    told_by = message.updated_at + UNCLEAR_WAIT
    return max(told_by, up_since + RETOLD_WAIT) if up_since and was_down else told_by


def is_window_open(last_inbound_at: datetime | None, now: datetime) -> bool:
    return last_inbound_at is not None and now - last_inbound_at < WINDOW


def retry_wait(code: str, attempts: int) -> timedelta:
    """How long a message refused with `code` waits after so many attempts."""
    action = action_for(code)
    if code != NOT_REACHED and action in _HELD:
        return HOLD_WAIT
    base_s = WAITS_S.get(action, 60.0 if action is Action.SUPPRESS else 2.0)
    return min(timedelta(seconds=base_s * 2 ** min(attempts - 1, 12)), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a failed attempt means: tried again after `wait`, or given up when there is none."""

    code: str
    wait: timedelta | None = None
    held: bool = False  # our account is at fault: people must look


def judge(error: ProviderError, message: Message, *, now: datetime) -> Consequence:
    """What follows from an attempt that is known not to have sent the message.

    `message` is its row before the attempt.
    """
    code = error.code or NOT_REACHED
    attempts = message.attempts + 1
    if now - message.created_at > MAX_AGE:
        return Consequence(code)
    action = action_for(code)
    if isinstance(error, ProviderRefused):
        if action not in (*_HELD, Action.SUPPRESS):
            return Consequence(code)
    elif error.code is None:
        action = Action.WAIT_NUMBER  # nobody there: no attempt of this message counts
    if attempts >= _MAX_ATTEMPTS.get(action, attempts + 1):
        return Consequence(code)
    asked = error.retry_after_s if isinstance(error, ProviderUnavailable) else None
    wait = max(retry_wait(code, attempts), timedelta(seconds=asked or 0))
    return Consequence(code, wait=wait, held=action in _HELD)
