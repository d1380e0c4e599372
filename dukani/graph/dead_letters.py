"""Turns events that fail again and again into dead letters and hands them to a person.

So nothing is lost, and the conversation's later events do not wait behind the failing one.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import HandedOff
from dukani.agent.wording import word
from dukani.core.database import Connection
from dukani.core.store import conversations, events, messages, orders, payments
from dukani.core.store.events import TRIES_TOGETHER, ConversationEvent, Tries
from dukani.graph.context import Context
from dukani.graph.handoff import set_handoff_timer
from dukani.graph.money.owner_notes import handoff_note, review_note
from dukani.tools import messaging
from dukani.tools import orders as order_tools
from dukani.tools.payments.judgement import Result

MOST_FAILURES = 5
MOST_INTERRUPTIONS = 10  # more than failures: a dying worker or server is rarely the event's fault


def tried_together(tries: Tries | ConversationEvent) -> bool:
    """Whether an event has failed so seldom that it may share a turn with others."""
    return tries.failures < TRIES_TOGETHER and tries.interruptions < TRIES_TOGETHER


def exhausted(tries: Tries | ConversationEvent) -> bool:
    """Whether the event has used up its tries."""
    return tries.failures >= MOST_FAILURES or tries.interruptions >= MOST_INTERRUPTIONS


async def leave_to_a_person(
    context: Context,
    event_ids: Sequence[int],
    *,
    transient: bool = False,
    error: str | None = None,
) -> bool:
    """Counts a failed turn; makes a single event that used up its tries a dead letter.

    Then the owner is told and a person takes over. Returns whether the event is a dead letter.
    `transient`: the failure is transient and no event's fault.
    """
    tries = await events.note_failure(
        context.conn, event_ids=event_ids, transient=transient, error=error
    )
    if not exhausted(tries) or len(event_ids) > 1:
        return False
    event = await events.mark_dead_letter(context.conn, event_id=event_ids[0])
    if event is not None:
        await _tell_the_owner(context, event)
        await _hand_off(context)
    return True


async def leave_silently(
    conn: Connection, conversation_id: str, event_ids: Sequence[int], *, error: str | None = None
) -> bool:
    """Like `leave_to_a_person`, but tells nobody: for when the notes themselves fail.

    The conversation is still marked as handed off.
    """
    tries = await events.note_failure(conn, event_ids=event_ids, error=error)
    if not exhausted(tries) or len(event_ids) > 1:
        return False
    await events.mark_dead_letter(conn, event_id=event_ids[0])
    await _mark_as_handed_off(conn, conversation_id)
    return True


async def _tell_the_owner(context: Context, event: ConversationEvent) -> None:
    if event.kind == "payment_result":
        await _review(context, event)
        return
    message = event.message_id and await messages.get(context.conn, message_id=event.message_id)
    await handoff_note(context, {}, "misunderstood", message.body if message else "")


async def _review(context: Context, event: ConversationEvent) -> None:
    """Sends the owner all figures of a payment result that could not be booked."""
    payment = await payments.get(context.conn, payment_id=event.payload["payment_id"])
    order = await orders.get(context.conn, order_id=payment.order_id) if payment else None
    if order is None:
        return
    result = Result(
        code=str(event.payload.get("code")),
        amount_minor=event.payload.get("amount_minor"),
        receipt=event.payload.get("receipt"),
    )
    await review_note(context, order, "unknown_result", result=result)
    if order.payment_status != "paid":
        await order_tools.await_review(context.conn, order, reason="unknown_result")


async def _mark_as_handed_off(conn: Connection, conversation_id: str) -> bool:
    """Returns whether nobody had it before. The graph's own step follows with the next turn."""
    await conversations.set_step(conn, conversation_id=conversation_id, step="human_handoff")
    return await conversations.hand_off(conn, conversation_id=conversation_id, reason="failed")


async def _hand_off(context: Context) -> None:
    first = await _mark_as_handed_off(context.conn, context.conversation.id)
    if not first:
        return
    await set_handoff_timer(context)
    # In a paused shop a person answers anyway, and nobody can call the assistant back.
    if context.opted_out or context.paused_since is not None:
        return
    language = context.language({})  # the state may be what fails, so it is not read
    voice = context.voice(language)
    for reply in word([HandedOff(reason="misunderstood", opens=context.opening)], voice):
        await messaging.queue_reply(context.conn, context.conversation, reply, language=language)
