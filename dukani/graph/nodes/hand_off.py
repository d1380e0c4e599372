"""Calls a person, keeps quiet while one answers, and takes over again."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import CallReason, HandedOff
from dukani.core.store import conversations
from dukani.graph.context import Context
from dukani.graph.handoff import handed_off, watch_the_handoff
from dukani.graph.owner_notes import handoff_note
from dukani.graph.state import QueuedAct, State, current, rest, said


async def hand_off(state: State, runtime: Runtime[Context]) -> State:
    context, act = runtime.context, current(state)
    match act["kind"]:
        case "staff_message":
            return await _staff_wrote(state, context)
        case "hand_back":
            return await _take_over(state, context)
        case "timer":
            # Staff may have written since the timer was set: then it is not over yet.
            if handed_off(context):
                await watch_the_handoff(context)
                return {"acts": rest(state)}
            return await _take_over(state, context)
        case _:
            return await _call(state, context, act)


async def _call(state: State, context: Context, act: QueuedAct) -> State:
    reason: CallReason = "misunderstood" if act.get("text") == "misunderstood" else "asked"
    await conversations.hand_off(
        context.conn, conversation_id=context.conversation.id, reason=reason
    )
    words = next((m.body for m in reversed(context.heard) if m.body), "")
    await handoff_note(context, reason, words)
    await watch_the_handoff(context)
    called = said(state, HandedOff(reason=reason))
    return {**_silent(state), "acts": rest(state), "facts": called}


async def _staff_wrote(state: State, context: Context) -> State:
    first = await conversations.hand_off(
        context.conn, conversation_id=context.conversation.id, reason="staff"
    )
    await conversations.touch_staff(context.conn, conversation_id=context.conversation.id)
    if first:
        await watch_the_handoff(context)
    return _silent(state) | {"acts": rest(state)}


def _silent(state: State) -> State:
    if state.get("step") == "human_handoff":
        return {}
    return {"step": "human_handoff", "step_before": state.get("step", "start")}


async def _take_over(state: State, context: Context) -> State:
    """Where she was before; silently, for she has not asked anything."""
    await conversations.hand_back(context.conn, conversation_id=context.conversation.id)
    if state.get("step") != "human_handoff":
        return {"acts": rest(state)}
    return {
        "acts": rest(state),
        "step": state.get("step_before") or "start",
        "step_before": None,
        "misunderstood": 0,
    }
