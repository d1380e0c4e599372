"""Defers every kind of job, under its task's name and its lock.

Jobs of one lock run one after another, and a job waits for every earlier one of its lock, also for
a scheduled one that is not due yet. So a scheduled job has a lock of its own wherever others must
not wait for it: the next question about a payment has another lock than a question asked at once.
Only turns and deliveries are scheduled under the lock of their partition, where later ones are
meant to wait.

`core/store/orphans.py` knows the locks of turns, deliveries, callbacks and questions in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dukani.core.channels import Channel
from dukani.core.database import Connection
from dukani.core.queue import JOB, defer

Timer = Literal["hold_over", "handoff_over"]


@dataclass(frozen=True, slots=True)
class Partition:
    """Messages that are sent in order: a conversation's on a channel, or the owner's notes.

    Without a conversation they are the notes. An SMS and a WhatsApp message never wait for each
    other.
    """

    boutique_id: str
    conversation_id: str | None
    channel: Channel = "whatsapp"

    @property
    def lock(self) -> str:
        of_channel = "" if self.channel == "whatsapp" else f":{self.channel}"
        return f"deliver:{self.conversation_id or f'{self.boutique_id}:owner'}{of_channel}"

    def args(self) -> dict[str, str | None]:
        """Those of its job."""
        named = {"boutique_id": self.boutique_id, "conversation_id": self.conversation_id}
        return named if self.channel == "whatsapp" else named | {"channel": self.channel}


def turn_lock(conversation_id: str) -> str:
    return conversation_id


OWNER_LOCK = "owner"  # of the jobs that handle the owner's messages, one after another


def timer_lock(timer: Timer, conversation_id: str) -> str:
    return f"{timer}:{conversation_id}"


def push_lock(payment_id: str) -> str:
    return f"push:{payment_id}"


def question_lock(payment_id: str) -> str:
    """The lock of the next question about a payment, which may be due in half an hour."""
    return f"reconcile:{payment_id}"


def check_lock(payment_id: str) -> str:
    """The lock of a question asked at once, which must not wait for the next scheduled one."""
    return f"payment-check:{payment_id}"


def callback_lock(checkout_request_id: str) -> str:
    return f"callback:{checkout_request_id}"


def overdue_lock(row_id: str) -> str:
    """The lock of a job deferred again for a row that a dead worker left unfinished."""
    return f"overdue:{row_id}"


def paced_lock(conversation_id: str) -> str:
    """The lock of a turn delayed by the rate limit, so that no other turn waits for it."""
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


# `defer_delivery` in SQL, at once, for the messages that waited until `{message}` had arrived. It
# has a lock of its own, because the partition's job is scheduled for later; a message's row refuses
# to be claimed twice.
BEHIND_JOB = JOB.format(
    task="'deliver'",
    lock="'behind:' || {message}::text",
    args="""jsonb_build_object('boutique_id', private.current_boutique(),
      'conversation_id', {conversation}, 'channel', {channel})""",
    delay="null",
)


async def defer_turn(
    conn: Connection, *, boutique_id: str, conversation_id: str, delay: timedelta | None = None
) -> None:
    """Defer a turn of the conversation; it runs after the conversation's earlier turns."""
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
    """Defer a turn of the conversation for `delay`; no other turn waits for it."""
    await defer(
        conn,
        "handle_turn",
        lock=paced_lock(conversation_id),
        delay=delay,
        boutique_id=boutique_id,
        conversation_id=conversation_id,
    )


async def defer_owner_messages(
    conn: Connection, *, boutique_id: str, delay: timedelta | None = None
) -> None:
    """Handle what the owner wrote to her shop."""
    await defer(
        conn, "handle_owner_messages", lock=OWNER_LOCK, delay=delay, boutique_id=boutique_id
    )


async def defer_delivery(
    conn: Connection, partition: Partition, *, delay: timedelta | None = None
) -> None:
    """Defer the sending of the partition's messages."""
    await defer(
        conn,
        "deliver",
        lock=partition.lock,
        delay=delay,
        **partition.args(),
    )


async def defer_later_delivery(
    conn: Connection,
    partition: Partition,
    *,
    message_id: str,
    delay: timedelta,
    bulk: bool = False,
) -> None:
    """Defer the sending of a message that may leave only after `delay`; nothing else waits for it.

    `bulk` puts a message to many customers into the queue of the lowest priority.
    """
    await defer(
        conn,
        "deliver_bulk" if bulk else "deliver",
        lock=f"later:{message_id}",
        delay=delay,
        **partition.args(),
    )


async def defer_handoff_timer(
    conn: Connection, *, boutique_id: str, conversation_id: str, delay: timedelta
) -> None:
    """Check after `delay` whether people still answer the conversation."""
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
    """Check the order when its stock reservation ends."""
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
    """Defer the M-Pesa prompt of this payment attempt."""
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
    """Ask M-Pesa for the result of this attempt; `step` counts the questions."""
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
    """Handle a stored callback; `payment_id` is the payment whose address it came to, if any."""
    await defer(
        conn,
        "handle_payment_callback",
        lock=lock,
        webhook_event_id=webhook_event_id,
        payment_id=payment_id,
    )


async def defer_trial_push(conn: Connection, *, boutique_id: str, test_id: str) -> None:
    """Send the prompt of one shilling to the owner's own phone."""
    await defer(
        conn, "push_trial", lock=push_lock(test_id), boutique_id=boutique_id, test_id=test_id
    )


async def defer_trial_question(
    conn: Connection, *, boutique_id: str, test_id: str, step: int, delay: timedelta
) -> None:
    """Ask M-Pesa what became of that prompt."""
    await defer(
        conn,
        "ask_about_trial",
        lock=question_lock(test_id),
        delay=delay,
        boutique_id=boutique_id,
        test_id=test_id,
        step=step,
    )


async def defer_top_up_push(conn: Connection, *, boutique_id: str, top_up_id: str) -> None:
    """Send the prompt for message tokens to the owner's phone."""
    await defer(
        conn, "push_top_up", lock=push_lock(top_up_id), boutique_id=boutique_id, top_up_id=top_up_id
    )


async def defer_top_up_question(
    conn: Connection,
    *,
    boutique_id: str,
    top_up_id: str,
    step: int,
    delay: timedelta | None = None,
    lock: str | None = None,
) -> None:
    """Ask M-Pesa what became of that prompt."""
    await defer(
        conn,
        "ask_about_top_up",
        lock=lock or question_lock(top_up_id),
        delay=delay,
        boutique_id=boutique_id,
        top_up_id=top_up_id,
        step=step,
    )


async def defer_top_up_callback(
    conn: Connection, *, lock: str, boutique_id: str, top_up_id: str, webhook_event_id: int
) -> None:
    """Handle a stored callback that came to a top-up's own address."""
    await defer(
        conn,
        "handle_top_up_callback",
        lock=lock,
        boutique_id=boutique_id,
        top_up_id=top_up_id,
        webhook_event_id=webhook_event_id,
    )


def campaign_lock(occurrence_id: str, chain: int) -> str:
    """A new chain does not wait for the last job of the former one, which may be due tomorrow."""
    return f"campaign:{occurrence_id}:{chain}"


async def defer_campaign(
    conn: Connection,
    *,
    boutique_id: str,
    occurrence_id: str,
    chain: int,
    delay: timedelta | None = None,
) -> None:
    """Send what is due of a campaign's occurrence."""
    await defer(
        conn,
        "send_campaign",
        lock=campaign_lock(occurrence_id, chain),
        delay=delay,
        boutique_id=boutique_id,
        occurrence_id=occurrence_id,
        chain=chain,
    )


async def defer_beginning(
    conn: Connection, *, boutique_id: str, campaign_id: str, due_at: datetime
) -> None:
    """Write down the recipients of a campaign whose hour has come, and begin to send."""
    await defer(
        conn,
        "begin_campaign",
        lock=f"begin:{campaign_id}",
        boutique_id=boutique_id,
        campaign_id=campaign_id,
        due_at=due_at.isoformat(),
    )


async def defer_automations(conn: Connection, *, boutique_id: str) -> None:
    """Hear what happened in the boutique and send what its rules make of it.

    Jobs of one boutique run one after another: the second finds nothing left to do.
    """
    await defer(conn, "run_automations", lock="automations", boutique_id=boutique_id)


async def defer_ending(conn: Connection, *, boutique_id: str, occurrence_id: str) -> None:
    """Skip those who are left of a campaign's occurrence that has ended."""
    await defer(
        conn,
        "end_campaign",
        lock=f"end:{occurrence_id}",
        boutique_id=boutique_id,
        occurrence_id=occurrence_id,
    )


async def defer_piece_import(
    conn: Connection, *, boutique_id: str, import_id: str, run: int
) -> None:
    """Work on a run of an owner's list of pieces."""
    await defer(
        conn,
        "import_pieces",
        lock=f"piece_import:{import_id}",
        boutique_id=boutique_id,
        import_id=import_id,
        run=run,
    )


async def defer_mail(conn: Connection, *, mail_id: str, sealed: str) -> None:
    """Send a mail, which only a worker can read."""
    await defer(conn, "send_mail", lock=f"mail:{mail_id}", mail_id=mail_id, sealed=sealed)


async def defer_number_note(conn: Connection, *, note_id: str) -> None:
    """Send what the shared number says for itself. Needs a system connection."""
    await defer(conn, "send_number_note", lock=f"number_note:{note_id}", note_id=note_id)


async def defer_consent_code(conn: Connection, *, boutique_id: str, code_id: str) -> None:
    """Send the code that proves whose a number is, by SMS."""
    await defer(
        conn,
        "send_consent_code",
        lock=f"consent_code:{code_id}",
        boutique_id=boutique_id,
        code_id=code_id,
    )


async def defer_template_sync(
    conn: Connection, *, boutique_id: str, delay: timedelta, step: int = 0
) -> None:
    """Ask the provider how the boutique's message templates stand. Needs a system connection."""
    await defer(
        conn,
        "sync_templates",
        lock=f"sync_templates:{step}",
        delay=delay,
        boutique_id=boutique_id,
        step=step,
    )


async def defer_catalogue_sync(conn: Connection, *, boutique_id: str) -> None:
    """Keep Meta's catalogue as the boutique's pieces are. Needs a system connection."""
    await defer(conn, "sync_catalogue", lock="catalogue", boutique_id=boutique_id)


async def defer_embedding(conn: Connection, *, boutique_id: str) -> None:
    """Give the boutique's pictures vectors by CLIP. Needs a system connection."""
    await defer(conn, "embed_pictures", lock="embedding", boutique_id=boutique_id)


_TWO_READINGS_WAIT = """
select 1 from jobs.procrastinate_jobs
where task_name = 'read_missed_messages' and status = 'todo' offset 1 limit 1
"""


async def defer_reading_missed(conn: Connection, *, delay: timedelta) -> None:
    """Read Twilio's message lists for messages missed by the webhook. Needs a system connection.

    A reading finds all that was missed before it, so at most two wait; messages after those are
    found by the periodic reading, every ten minutes.
    """
    cursor = await conn.execute(_TWO_READINGS_WAIT)
    if await cursor.fetchone() is not None:
        return
    lock = (
        f"read_missed_messages:{delay.total_seconds():.0f}"  # a longer delay blocks no shorter one
    )
    await defer(conn, "read_missed_messages", lock=lock, delay=delay)


async def defer_webhook_replay(conn: Connection, *, replay_id: str) -> None:
    """Replay an order's webhook events; orders are worked off one after another."""
    await defer(conn, "replay_webhooks", lock="webhook_replays", replay_id=replay_id)
