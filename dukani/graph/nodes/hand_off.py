"""Hands a conversation over to a person, and back to the assistant."""

from __future__ import annotations

from datetime import UTC, datetime

from langgraph.runtime import Runtime

from dukani.agent.facts import (
    CallReason,
    Fact,
    HandedBack,
    HandedOff,
    PersonWrites,
    RequestPassedOn,
    StillWaiting,
    WaitedInVain,
)
from dukani.core.store import chat_sessions, conversations, domain_events, orders, requests
from dukani.domain.acts import Complaint
from dukani.domain.domain_events import SupportMessage
from dukani.graph.context import Context
from dukani.graph.handoff import (
    at_handoff_step,
    forward_to_owner,
    handed_off,
    set_handoff_timer,
    was_answered,
)
from dukani.graph.happenings import HandBack, HandoffTimer, PassOn, RemindOfWayBack, StaffMessage
from dukani.graph.money.owner_notes import handoff_note, request_note
from dukani.graph.routes import TAKES
from dukani.graph.state import State, Task, tasks_without, with_facts
from dukani.tools.sending_rules import is_window_open


async def hand_off(state: State, runtime: Runtime[Context]) -> State:
    """Handles one task; the router returns here for further ones."""
    context = runtime.context
    task = next(t for t in state["acts"] if isinstance(t, TAKES["hand_off"]))
    others: list[Task] = tasks_without(state, task)
    state = {**state, "acts": others}
    match task:
        case StaffMessage():
            update = await _staff_wrote(state, context, by_note=task.by_note)
        case HandBack():
            update = await _take_over(state, context, asked=task.asked, late=task.late)
        case PassOn():
            await forward_to_owner(context, task.words)
            update = {}
        case RemindOfWayBack():
            told = StillWaiting(opens=context.opening)
            update = {"facts": with_facts(state, told), "reminded": True}
        case HandoffTimer():
            update = await _time_is_over(state, context)
        case Complaint():
            update = await _complains(state, context)
        case _:
            update = await _call_person(state, context, task)
    return {"acts": others, **update}


async def _time_is_over(state: State, context: Context) -> State:
    """Takes the conversation back, unless staff have written since the timer was set."""
    if handed_off(context):
        await set_handoff_timer(context)
        return {}
    return await _take_over(state, context, late=True)


async def _complains(state: State, context: Context) -> State:
    """Records the complaint and tells the owner; the assistant goes on and offers a person."""
    words = _last_words(context)
    latest = await orders.latest(context.conn, customer_id=context.customer.id)
    await requests.add(
        context.conn,
        customer_id=context.customer.id,
        conversation_id=context.conversation.id,
        order_id=latest.id if latest else None,
        kind="complaint",
        words=words,
    )
    await request_note(context, state, "complaint", words, order=latest)
    return {"facts": with_facts(state, RequestPassedOn(about="complaint", opens=context.opening))}


def _last_words(context: Context) -> str:
    return next((m.body for m in reversed(context.heard) if m.body), "")


async def _call_person(state: State, context: Context, task: Task) -> State:
    misunderstood = getattr(task, "evidence", None) == "misunderstood"
    reason: CallReason = "misunderstood" if misunderstood else "asked"
    await conversations.hand_off(
        context.conn, conversation_id=context.conversation.id, reason=reason
    )
    if reason == "asked":
        await domain_events.append(
            context.conn,
            SupportMessage(),
            subject_id=context.conversation.id,
            customer_id=context.customer.id,
            conversation_id=context.conversation.id,
        )
    await handoff_note(context, state, reason, _last_words(context))
    await set_handoff_timer(context)
    told = HandedOff(reason=reason, opens=context.opening)
    return {**at_handoff_step(state), "facts": with_facts(state, told), "reminded": False}


async def _staff_wrote(state: State, context: Context, *, by_note: bool) -> State:
    first = await conversations.hand_off(
        context.conn,
        conversation_id=context.conversation.id,
        reason="owner" if by_note else "staff",
    )
    await conversations.touch_staff(context.conn, conversation_id=context.conversation.id)
    await chat_sessions.note_person(context.conn, conversation_id=context.conversation.id)
    if not first:
        return at_handoff_step(state)
    await set_handoff_timer(context)
    # Staff who write in the phone app speak for themselves: the customer sees who answers.
    # In a paused shop there is no way back to tell of.
    told = [PersonWrites()] if by_note and context.paused_since is None else []
    return {**at_handoff_step(state), "facts": with_facts(state, *told), "reminded": False}


async def _take_over(
    state: State, context: Context, *, asked: bool = False, late: bool = False
) -> State:
    """Returns to the step before the handoff; tells the customer who asked, or waited in vain."""
    told: list[Fact] = [HandedBack()] if asked else []
    if late and _must_excuse_wait(context):
        told = [WaitedInVain()]
    await conversations.hand_back(context.conn, conversation_id=context.conversation.id)
    back: State = {"facts": with_facts(state, *told), "reminded": False}
    if state.get("step") != "human_handoff":
        return back
    return {
        **back,
        "step": state.get("step_before") or "start",
        "step_before": None,
        "misunderstood": 0,
    }


def _must_excuse_wait(context: Context) -> bool:
    """Whether nobody answered at all, and the customer can and should be told so now.

    Without a message of the customer's it is not told while the shop is closed: an opening was
    promised, and it may be night.
    """
    called = context.conversation.handed_off_at is not None
    if not called or was_answered(context) or context.opted_out:
        return False
    if context.heard:
        return True
    opens = context.opening
    open_now = opens is None or opens.now
    return open_now and is_window_open(context.conversation.last_inbound_at, datetime.now(UTC))
