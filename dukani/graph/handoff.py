"""Decides whether a person of the boutique answers a conversation, and keeps the owner informed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.jobs import defer_handoff_timer
from dukani.core.store import conversations, messages
from dukani.graph.context import Context
from dukani.graph.money.owner_notes import customer_wrote_note
from dukani.graph.state import State

MOST_PASSED_ON = 20  # notes to the owner about one customer, until the owner answers


def handed_off(context: Context) -> bool:
    """Whether a person answers: while the assistant is paused for everyone, and until
    staff hand this conversation back or are silent for hours.
    """
    if context.paused_since is not None:
        return True
    conversation = context.conversation
    if conversation.handed_off_at is None:
        return False
    last = max(conversation.handed_off_at, conversation.last_staff_at or conversation.handed_off_at)
    patience = timedelta(hours=context.services.settings.conversation.handoff_hours)
    return datetime.now(UTC) < last + patience


async def set_handoff_timer(context: Context) -> None:
    """Sets a timer that checks after `handoff_hours` whether a person still answers."""
    await defer_handoff_timer(
        context.conn,
        boutique_id=context.boutique.id,
        conversation_id=context.conversation.id,
        delay=timedelta(hours=context.services.settings.conversation.handoff_hours),
    )


def at_handoff_step(state: State) -> State:
    """The step while a person answers, and the one to return to."""
    if state.get("step") == "human_handoff":
        return {}
    return {"step": "human_handoff", "step_before": state.get("step", "start")}


def was_answered(context: Context) -> bool:
    """Whether a person has written since the conversation was handed over."""
    called, wrote = context.conversation.handed_off_at, context.conversation.last_staff_at
    return called is not None and wrote is not None and wrote >= called


async def waits_in_vain(state: State, context: Context) -> bool:
    """Whether the customer writes again and has waited long for a person, and is not told yet."""
    if not (context.heard and handed_off(context)) or context.opted_out or state.get("reminded"):
        return False
    if context.paused_since is not None:
        return False  # the assistant would not come back
    conversation_id = context.conversation.id
    since = await conversations.waiting_since(context.conn, conversation_id=conversation_id)
    minutes = context.services.settings.conversation.handoff_reminder_minutes
    return since is not None and datetime.now(UTC) - since >= timedelta(minutes=minutes)


def words_to_forward(context: Context) -> str:
    """The customer's words to forward to an owner who answers by notes; else "".

    Staff who answer in the phone app see the chat itself. Photos and the like are only named.
    """
    answers_by_notes = context.conversation.handoff_reason != "staff"
    if not (handed_off(context) and answers_by_notes and context.heard) or context.opted_out:
        return ""
    parts = (f"[{m.kind}] {m.body}" if m.kind != "text" else m.body for m in context.heard)
    return " / ".join(part.strip() for part in parts if part.strip())


async def forward_to_owner(context: Context, words: str) -> None:
    """Sends the owner a note of the customer's words, up to MOST_PASSED_ON unanswered notes."""
    conversation = context.conversation
    paused_at = context.paused_since
    since = max(filter(None, (conversation.handed_off_at, conversation.last_staff_at, paused_at)))
    told = await messages.notes_about(context.conn, conversation_id=conversation.id, since=since)
    if told < MOST_PASSED_ON:
        await customer_wrote_note(context, words, is_last=told == MOST_PASSED_ON - 1)
