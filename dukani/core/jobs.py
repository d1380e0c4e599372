"""Every job that is deferred, by its name, and the lock it waits under.

Jobs of one lock run one after another, and a job waits for every earlier one of its lock, held
back or not. So a job that is held back never shares its lock with jobs that are not to wait for
it: a question about a payment has another lock than asking at once. Only turns and deliveries
are held back in their own partition, where what comes behind is meant to wait.

`core/store/orphans.py` knows the locks of turns, deliveries, callbacks and questions in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from dukani.core.database import Connection
from dukani.core.queue import JOB, defer

Timer = Literal["hold_over", "handoff_over"]


@dataclass(frozen=True, slots=True)
class Partition:
    """Where messages leave in order: a conversation's, or the owner's when there is none."""

    boutique_id: str
    conversation_id: str | None

    @property
    def lock(self) -> str:
        return f"deliver:{self.conversation_id or f'{self.boutique_id}:owner'}"


def turn_lock(conversation_id: str) -> str:
    return conversation_id


def timer_lock(timer: Timer, conversation_id: str) -> str:
    return f"{timer}:{conversation_id}"


def push_lock(payment_id: str) -> str:
    return f"push:{payment_id}"


def question_lock(payment_id: str) -> str:
    """Of the next question about a payment, which may be due in half an hour."""
    return f"reconcile:{payment_id}"


def check_lock(payment_id: str) -> str:
    """Of asking at once: not the question's, or it would wait as long."""
    return f"payment-check:{payment_id}"


def callback_lock(checkout_request_id: str) -> str:
    return f"callback:{checkout_request_id}"


def overdue_lock(row_id: str) -> str:
    """Of a job set off again for a row that was left lying."""
    return f"overdue:{row_id}"


def paced_lock(conversation_id: str) -> str:
    """Of a turn held back for a sender who writes too fast: what is at once never waits for it."""
    return f"paced:{conversation_id}"


PACED_LOCK = "'paced:' || conversation_id"  # the same in SQL

# `defer_turn` within a statement that finds the conversation itself.
TURN_JOB = JOB.format(
    task="'handle_turn'",
    lock="{lock}",
    args="""jsonb_build_object(
      'boutique_id', private.current_boutique(), 'conversation_id', {conversation})""",
    delay="({delay})",
)


# `defer_delivery` at once for what waits behind a picture: under a lock of its own, because the
# partition's own job is held back, and taking a message twice is refused by the message's row.
PICTURE_JOB = JOB.format(
    task="'deliver'",
    lock="'picture:' || {message}::text",
    args="""jsonb_build_object(
      'boutique_id', private.current_boutique(), 'conversation_id', {conversation})""",
    delay="null",
)


async def defer_turn(
    conn: Connection, *, boutique_id: str, conversation_id: str, delay: timedelta | None = None
) -> None:
    """A turn of the conversation, after those before it."""
    await defer(
        conn,
        "handle_turn",
        lock=turn_lock(conversation_id),
        delay=delay,
        boutique_id=boutique_id,
        conversation_id=conversation_id,
    )


async def defer_paced_turn(
    conn: Connection, *, boutique_id: str, conversation_id: str, delay: timedelta
) -> None:
    """A turn of the conversation after `delay`, which none of its other turns waits for."""
    await defer(
        conn,
        "handle_turn",
        lock=paced_lock(conversation_id),
        delay=delay,
        boutique_id=boutique_id,
        conversation_id=conversation_id,
    )


async def defer_delivery(
    conn: Connection, partition: Partition, *, delay: timedelta | None = None
) -> None:
    """Send what the partition holds."""
    await defer(
        conn,
        "deliver",
        lock=partition.lock,
        delay=delay,
        boutique_id=partition.boutique_id,
        conversation_id=partition.conversation_id,
    )


async def defer_later_delivery(
    conn: Connection,
    partition: Partition,
    *,
    message_id: str,
    delay: timedelta,
    bulk: bool = False,
) -> None:
    """Send what may leave only then, under a lock that nothing else waits for.

    What goes to many at once is `bulk`: it is sent when nothing that somebody waits for is.
    """
    await defer(
        conn,
        "deliver_bulk" if bulk else "deliver",
        lock=f"later:{message_id}",
        delay=delay,
        boutique_id=partition.boutique_id,
        conversation_id=partition.conversation_id,
    )


async def defer_handoff_timer(
    conn: Connection, *, boutique_id: str, conversation_id: str, delay: timedelta
) -> None:
    """Look again after `delay` whether people still answer."""
    await defer(
        conn,
        "ring_timer",
        lock=timer_lock("handoff_over", conversation_id),
        delay=delay,
        boutique_id=boutique_id,
        conversation_id=conversation_id,
        payload={"timer": "handoff_over"},
    )


async def defer_reservation_timer(
    conn: Connection,
    *,
    lock: str,
    boutique_id: str,
    conversation_id: str,
    order_id: str,
    delay: timedelta | None = None,
) -> None:
    """Look at the order again when its hold is over."""
    await defer(
        conn,
        "ring_timer",
        lock=lock,
        delay=delay,
        boutique_id=boutique_id,
        conversation_id=conversation_id,
        payload={"timer": "hold_over", "order_id": order_id},
    )


async def defer_push(
    conn: Connection, *, boutique_id: str, payment_id: str, delay: timedelta | None = None
) -> None:
    """Put the prompt of this attempt on the phone."""
    await defer(
        conn,
        "push_payment",
        lock=push_lock(payment_id),
        delay=delay,
        boutique_id=boutique_id,
        payment_id=payment_id,
    )


async def defer_question(
    conn: Connection,
    *,
    lock: str,
    boutique_id: str,
    payment_id: str,
    step: int,
    delay: timedelta | None = None,
) -> None:
    """Ask M-Pesa how this attempt ended, for the time `step` says."""
    await defer(
        conn,
        "reconcile_payment",
        lock=lock,
        delay=delay,
        boutique_id=boutique_id,
        payment_id=payment_id,
        step=step,
    )


async def defer_check(conn: Connection, *, boutique_id: str, payment_id: str) -> None:
    """Ask M-Pesa about this attempt at once."""
    await defer(
        conn,
        "check_payment_now",
        lock=check_lock(payment_id),
        boutique_id=boutique_id,
        payment_id=payment_id,
    )


async def defer_callback(
    conn: Connection, *, lock: str, webhook_event_id: int, payment_id: str | None
) -> None:
    """Read a stored callback; `payment_id` is the payment's at whose own address it came."""
    await defer(
        conn,
        "handle_payment_callback",
        lock=lock,
        webhook_event_id=webhook_event_id,
        payment_id=payment_id,
    )


_TWO_READINGS_WAIT = """
select 1 from jobs.procrastinate_jobs
where task_name = 'read_missed_messages' and status = 'todo' offset 1 limit 1
"""


async def defer_reading_missed(conn: Connection, *, delay: timedelta) -> None:
    """Read Twilio's lists for what did not come by the webhook. Needs a system connection.

    A reading finds whatever was missed by then, so of many starts two wait; what those are too
    early for is found by the clock's, every ten minutes.
    """
    cursor = await conn.execute(_TWO_READINGS_WAIT)
    if await cursor.fetchone() is not None:
        return
    lock = f"read_missed_messages:{delay.total_seconds():.0f}"  # a later one holds none back
    await defer(conn, "read_missed_messages", lock=lock, delay=delay)
