"""Turns what happened into acts: words are read, other events are taken as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.acts import Act, Step, Understanding
from dukani.core.store.messages import Message
from dukani.graph.context import Context
from dukani.graph.listening import (
    as_one_text,
    merged,
    once,
    reader_context,
    shown_in,
    stops,
)
from dukani.graph.state import State, Task, task
from dukani.tools.cart import current_items

_HEARD = ("text", "image", "list_reply", "button", "location", "interactive")
# What still counts while a person has taken over, or after "stop".
_WHILE_HANDED_OFF = ("payment_result", "timer", "staff_message", "hand_back", "opt_out", "opt_in")
_WHILE_OPTED_OUT = ("payment_result", "timer", "staff_message", "hand_back", "opt_in")


async def perceive(state: State, runtime: Runtime[Context]) -> State:
    """Reads the turn's messages as one, in the light of what was said before."""
    context = runtime.context
    written = context.heard
    step = _step(state, context)
    update: State = {"facts": [], "turns": state.get("turns", 0) + 1, "step": step}
    # Before her words: an act of hers may end the turn, and money that came in must count.
    tasks: list[Task] = [
        {"kind": event.kind, **event.payload} for event in context.events if event.kind != "message"
    ]
    if written:
        if shown := await shown_in(context.conn, written[-1]):
            update["options"] = shown
        read, understanding = await _read(state | update, context, written)
        tasks += read
        update |= {
            "language": understanding.language,
            "understanding": understanding.model_dump(mode="json", exclude_none=True),
        }
    return update | {"acts": _allowed(context, _after_a_silence(context) + tasks)}


def _step(state: State, context: Context) -> Step:
    """The step, with the ledger's word on whether she said stop."""
    step = state.get("step", "start")
    if context.opted_out:
        return "human_handoff" if step == "human_handoff" else "opted_out"
    return "start" if step == "opted_out" else step


async def _read(
    state: State, context: Context, written: list[Message]
) -> tuple[list[Task], Understanding]:
    items = await current_items(context.conn, customer_id=context.customer.id)
    photos = [message for message in written if message.id in context.photos]
    text = as_one_text(written)
    understanding = Understanding(acts=(), language=_language(state, context))
    if text or not photos:
        sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
        heard_in = reader_context(
            state, context, items, written, with_image=bool(photos), sold=sold
        )
        understanding = await context.senses.reader.read(text, heard_in)
    tasks = once(merged([task(act) for act in _grounded(understanding, written)]), items)
    tasks = _unheard(context, written) + tasks if not text else tasks
    if stops(written) and not any(t["kind"] in ("opt_out", "opt_in") for t in tasks):
        tasks = [{"kind": "opt_out"}, *tasks]
    return _with_photos(tasks, photos), understanding


def _language(state: State, context: Context) -> Any:
    return state.get("language") or context.customer.language or context.boutique.language


def _grounded(understanding: Understanding, written: list[Message]) -> list[Act]:
    """The reader's acts, with a pin on the map as the address it is."""
    pins = [message for message in written if message.kind == "location"]
    if not pins:
        return list(understanding.acts)
    others = [a for a in understanding.acts if a.kind not in ("unclear", "provide_address")]
    return [*others, _address_of(pins[-1])]


def _address_of(pin: Message) -> Act:
    place = pin.payload.get("location", pin.payload)
    position = f"{place.get('latitude')},{place.get('longitude')}"
    address = str(place.get("place") or f"📍 {position}")
    return Act(kind="provide_address", address=address, text=position)


def _unheard(context: Context, written: list[Message]) -> list[Task]:
    unheard = [m for m in written if m.kind not in _HEARD]
    unseen = [m for m in written if m.kind == "image" and m.id not in context.photos]
    if unseen:
        return [{"kind": "look", "unreadable": True}]
    return [{"kind": "unheard", "text": unheard[0].kind}] if unheard else []


def _with_photos(tasks: list[Task], photos: list[Message]) -> list[Task]:
    """A photo is looked at first; what is said of it ("in blue?") narrows what it shows."""
    if not photos:
        return [t for t in tasks if t["kind"] != "unclear" or len(tasks) == 1]
    said = {"search", "ask_availability", "greeting", "unclear", "ask_price", "more_options"}
    about = [t for t in tasks if t["kind"] in said]
    others = [t for t in tasks if t["kind"] not in said]
    narrowed = {k: v for t in about for k, v in t.items() if k not in ("kind", "text", "option")}
    looks = [{**narrowed, "kind": "look", "message_id": photos[-1].id}]
    return [*looks, *others]


def _allowed(context: Context, tasks: list[Task]) -> list[Task]:
    if context.opted_out:
        return [t for t in tasks if t["kind"] in _WHILE_OPTED_OUT]
    staff_wrote = any(task["kind"] == "staff_message" for task in tasks)
    if staff_wrote or handed_off(context):
        return [t for t in tasks if t["kind"] in _WHILE_HANDED_OFF]
    return tasks


def _after_a_silence(context: Context) -> list[Task]:
    """Nobody wrote for hours: the conversation is the assistant's again."""
    forgotten = context.conversation.handed_off_at is not None and not handed_off(context)
    return [{"kind": "hand_back"}] if forgotten else []


def handed_off(context: Context) -> bool:
    """Whether a person answers: until she gives it back, or is silent for some hours."""
    conversation = context.conversation
    if conversation.handed_off_at is None:
        return False
    last = max(conversation.handed_off_at, conversation.last_staff_at or conversation.handed_off_at)
    patience = timedelta(hours=context.services.settings.conversation.handoff_hours)
    return datetime.now(UTC) < last + patience
