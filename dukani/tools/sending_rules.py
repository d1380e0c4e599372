"""Decides when a message is sent, retried, delayed or given up. Decides only, sends nothing.

Blind duplicates must not happen. A message left `sending` by a worker that died, or by a call
without an answer, may have reached the customer. First we wait for the provider's status callback,
which carries our message id; then we ask the provider, if it can be asked; only then is the
message sent a second time, and a third only if the provider says that it has none. A provider
that cannot be asked repeats its statuses, so after downtime we wait for the repetition. One that
neither lists its messages nor names ours in a status is never tried a second time.

No message is dropped for a transient reason: the table of error codes says how long to retry, at
most as long as WhatsApp lets us answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dukani.core.clients.send_errors import (
    HELD,
    NOT_ON_WHATSAPP,
    NOT_REACHED,
    PATIENCE,
    Action,
    action_for,
)
from dukani.core.errors import ProviderError, ProviderUnavailable
from dukani.core.store.messages import DESPITE_STOP, Message
from dukani.core.store.outbox import SendingAccount
from dukani.core.store.sending_paces import PACED

WINDOW = timedelta(hours=24)  # WhatsApp lets us answer freely this long after the last message
UNCLEAR_WAIT = timedelta(seconds=15)
RETOLD_WAIT = timedelta(seconds=45)  # within it providers repeat a status we did not accept
HOLD_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_ASKED_FOR = timedelta(hours=1)  # limit on a provider's Retry-After
MAX_AGE = timedelta(hours=24)
MAX_AGE_OF_NOTE = timedelta(days=3)  # notes to the owner: news of money matter even when late

OPTED_OUT = "opted_out"  # the customer said stop before the message was sent
NO_CONSENT = "no_consent"  # no consent to marketing or SMS, or it was withdrawn
TAKEN_OVER = "taken_over"  # a person took the chat before the assistant's message was sent
UNCLEAR = "unclear"  # perhaps sent: no answer came, and it is not sent a second time
RESTORED = "restored"  # its cause is older than a restore: the customer may have got it before
OUTSIDE_WINDOW = "outside_window"  # outside the 24 hours only an approved template may be sent


@dataclass(frozen=True, slots=True)
class Move:
    """The next step for the first message of a partition."""

    do: Literal["send", "send_again", "wait", "fail"]
    wait: timedelta = timedelta(0)
    code: str = ""


def next_move(
    message: Message,
    *,
    now: datetime,
    window_open: bool,
    opted_out: bool = False,
    may_market: bool = False,
    may_sms: bool = False,
    up_since: datetime | None = None,
    can_be_asked: bool = False,
    tells_ours: bool = True,
    taken_over_at: datetime | None = None,
    restored: bool = False,
) -> Move:
    """The next step for a message, by its row.

    `up_since`: when this process began to receive the statuses of a provider that cannot be asked.
    `can_be_asked`: the provider can tell whether it already has the message. `tells_ours`: it does
    so in a status at least. `taken_over_at`: when a person of the shop last wrote in the chat or
    took it; none while the assistant answers. `restored`: the shop is paused since it was restored
    from a backup, and the customer has not written since.
    """
    is_unclear = message.status == "sending" and may_be_sent(message.error_code)
    unwanted = _unwanted(message, opted_out=opted_out, may_market=may_market, may_sms=may_sms)
    if restored and message.author == "assistant":
        unwanted = RESTORED
    if unwanted and not is_unclear:
        return Move("fail", code=unwanted)
    if message.status == "sending":
        due_at = _due_at(message, up_since, can_be_asked=can_be_asked)
        if now < due_at:
            return Move("wait", wait=due_at - now)
    if unwanted:
        return Move("fail", code=unwanted)
    if is_unclear and not tells_ours:
        return Move("fail", code=UNCLEAR)
    is_silent = is_unclear and message.error_code is None
    if is_silent and message.payload.get("sent_again") and not can_be_asked:
        return Move("fail", code=UNCLEAR)
    if is_silent and _is_superseded(message, taken_over_at):
        return Move("fail", code=UNCLEAR)
    if message.channel == "whatsapp" and not window_open and message.template is None:
        return Move("fail", code=OUTSIDE_WINDOW)
    if now - (message.send_after or message.created_at) > max_age(message):
        return Move("fail", code="too_old")
    return Move("send_again" if is_unclear else "send")


def _unwanted(message: Message, *, opted_out: bool, may_market: bool, may_sms: bool) -> str | None:
    """The reason why the customer must not get the message, or None; consent is checked here.

    An SMS is written first, whatever its purpose: it needs the customer's yes to SMS, and an offer
    the yes to offers beside it.
    """
    despite_stop = bool(message.payload.get(DESPITE_STOP))
    if opted_out and not despite_stop:
        return OPTED_OUT
    if message.channel == "sms" and not may_sms and not despite_stop:
        return NO_CONSENT
    return NO_CONSENT if message.purpose == "marketing" and not may_market else None


def _is_superseded(message: Message, taken_over_at: datetime | None) -> bool:
    """Whether a person has taken the chat since the assistant wrote the message."""
    if taken_over_at is None or message.created_at >= taken_over_at:
        return False
    return stops_at_taking_over(message)


def stops_at_taking_over(message: Message) -> bool:
    """Whether it is talk of the assistant's, which a person who takes the chat replaces.

    News of money and of an order reach the customer whoever answers.
    """
    is_news = message.payload.get(DESPITE_STOP) or message.purpose != "reply"
    return message.author == "assistant" and not is_news and message.template is None


def needs_pacing(message: Message) -> bool:
    """Whether the message is marketing and has not got its sending time yet."""
    return message.purpose == "marketing" and not message.payload.get(PACED)


def max_age(message: Message) -> timedelta:
    """The age up to which a message may be sent."""
    return MAX_AGE if message.recipient is None else MAX_AGE_OF_NOTE


def may_be_sent(code: str | None) -> bool:
    """Whether a message marked `sending` may have been sent: no answer came, or a fault."""
    return code is None or action_for(code) is Action.ASK


def _due_at(message: Message, up_since: datetime | None, *, can_be_asked: bool) -> datetime:
    """The time (UTC) before which a message already tried is not tried again."""
    if message.error_code is not None:
        return message.updated_at + retry_wait(message.error_code, message.attempts)
    was_down = up_since is not None and up_since > message.updated_at
    times = 2 ** min(max(message.attempts - 1, 0), 6) if can_be_asked else 1
    told_by = message.updated_at + min(UNCLEAR_WAIT * times, LONGEST_WAIT)
    return max(told_by, up_since + RETOLD_WAIT) if up_since and was_down else told_by


def is_of_before(sender: SendingAccount) -> bool:
    """Whether what the assistant says has its cause before a restore, as far as can be known."""
    wrote_at, restored_at = sender.last_inbound_at, sender.restored_at
    return restored_at is not None and (wrote_at is None or wrote_at < restored_at)


def is_window_open(last_inbound_at: datetime | None, now: datetime) -> bool:
    return last_inbound_at is not None and now - last_inbound_at < WINDOW


def retry_wait(code: str, attempts: int) -> timedelta:
    """The delay before the next try of a message refused with `code` after `attempts` tries."""
    patience = PATIENCE.get(action_for(code), PATIENCE[Action.RETRY])
    times: int = 2 ** min(max(attempts - 1, 0), 12)
    return min(patience.first * times, patience.longest)


@dataclass(frozen=True, slots=True)
class Consequence:
    """The consequence of a failed attempt: a retry after `wait`, or giving up if that is None."""

    code: str
    wait: timedelta | None = None
    held: bool = False  # our account at the provider is at fault: people must look


def judge(error: ProviderError, message: Message, *, now: datetime) -> Consequence:
    """Judges an attempt that was refused or answered with a fault.

    `message` is the row before the attempt.
    """
    code = error.code or NOT_REACHED
    attempts = message.attempts + 1
    if not is_worth_waiting(code, message, attempts=attempts, since=message.created_at, now=now):
        return Consequence(code)
    asked = error.retry_after_s if isinstance(error, ProviderUnavailable) else None
    wait = max(retry_wait(code, attempts), timedelta(seconds=min(asked or 0, _ASKED_S)))
    return Consequence(code, wait=wait, held=action_for(code) in HELD)


_ASKED_S = LONGEST_ASKED_FOR.total_seconds()


def is_worth_waiting(
    code: str, message: Message, *, attempts: int, since: datetime, now: datetime
) -> bool:
    """Whether a message refused with `code` may be sent later.

    `since` is when the message was first to be sent, in UTC. A rule's message that WhatsApp cannot
    bring goes by SMS instead, and is not tried again.
    """
    if code in NOT_ON_WHATSAPP and (message.reference or "").startswith("automation:"):
        return False
    patience = PATIENCE.get(action_for(code))
    if patience is None or (patience.attempts is not None and attempts >= patience.attempts):
        return False
    return now - since <= (patience.lasts or max_age(message))
