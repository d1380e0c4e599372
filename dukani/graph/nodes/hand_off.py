"""Hands a conversation over to a person, and back to the assistant."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import CallReason, HandedBack, HandedOff, RequestPassedOn
from dukani.core.store import conversations, orders, requests
from dukani.domain.acts import Complaint
from dukani.graph.context import Context
from dukani.graph.handoff import forward_to_owner, handed_off, set_handoff_timer
from dukani.graph.happenings import HandBack, HandoffTimer, PassOn, StaffMessage
from dukani.graph.money.owner_notes import handoff_note, request_note
from dukani.graph.routes import TAKES
from dukani.graph.state import State, Task, tasks_without, with_facts


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
            update = await _take_over(state, context, asked=task.asked)
        case PassOn():
            await forward_to_owner(context, task.words)
            update = {}
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
    return await _take_over(state, context)


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
    await request_note(context, "complaint", words, order=latest)
    return {"facts": with_facts(state, RequestPassedOn(about="complaint"))}


def _last_words(context: Context) -> str:
    return next((m.body for m in reversed(context.heard) if m.body), "")


async def _call_person(state: State, context: Context, task: Task) -> State:
    misunderstood = getattr(task, "evidence", None) == "misunderstood"
    reason: CallReason = "misunderstood" if misunderstood else "asked"
    await conversations.hand_off(
        context.conn, conversation_id=context.conversation.id, reason=reason
    )
    await handoff_note(context, reason, _last_words(context))
    await set_handoff_timer(context)
    return {**_at_handoff_step(state), "facts": with_facts(state, HandedOff(reason=reason))}


async def _staff_wrote(state: State, context: Context, *, by_note: bool) -> State:
    first = await conversations.hand_off(
        context.conn,
        conversation_id=context.conversation.id,
        reason="owner" if by_note else "staff",
    )
    await conversations.touch_staff(context.conn, conversation_id=context.conversation.id)
    if first:
        await set_handoff_timer(context)
    return _at_handoff_step(state)


def _at_handoff_step(state: State) -> State:
    if state.get("step") == "human_handoff":
        return {}
    return {"step": "human_handoff", "step_before": state.get("step", "start")}


async def _take_over(state: State, context: Context, *, asked: bool = False) -> State:
    """Returns to the step before the handoff; tells the customer only if the customer asked."""
    await conversations.hand_back(context.conn, conversation_id=context.conversation.id)
    told: State = {"facts": with_facts(state, HandedBack())} if asked else {}
    if state.get("step") != "human_handoff":
        return told
    return {
        **told,
        "step": state.get("step_before") or "start",
        "step_before": None,
        "misunderstood": 0,
    }
