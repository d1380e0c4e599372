"""Turns what happened into acts: words are read, other events are taken as they are."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.acts import Act, ActKind, Step, Understanding
from dukani.core.store.messages import Message
from dukani.graph.context import Context
from dukani.graph.handoff import handed_off
from dukani.graph.listening import (
    as_one_text,
    consent_among,
    merged,
    once,
    reader_context,
    shown_in,
)
from dukani.graph.state import QueuedAct, State, as_queued
from dukani.tools.cart import current_items

_HEARD = ("text", "image", "list_reply", "button")
# Of what is said beside a photo: it speaks of what was shown before, or is no slot.
_NOT_OF_A_PHOTO = ("kind", "text", "manner", "option")
# What still counts while a person has taken over, or after "stop".
_WHILE_HANDED_OFF = ("payment_result", "timer", "staff_message", "hand_back", "opt_out", "opt_in")
_WHILE_OPTED_OUT = ("payment_result", "timer", "staff_message", "hand_back", "opt_in")


async def perceive(state: State, runtime: Runtime[Context]) -> State:
    """Reads the turn's messages as one, in the light of what was said before."""
    context = runtime.context
    written = context.heard
    step = _step(state, context)
    update: State = {"facts": [], "step": step}
    # Before her words: an act of hers may end the turn, and money that came in must count.
    acts: list[QueuedAct] = [
        {"kind": event.kind, **event.payload} for event in context.events if event.kind != "message"
    ]
    if written:
        if shown := await shown_in(context.conn, written[-1]):
            update["options"] = shown
        read, understanding = await _read(state | update, context, written)
        acts += read
        update |= {
            "language": understanding.language,
            "understanding": understanding.model_dump(mode="json", exclude_none=True),
        }
    return update | {"acts": _allowed(context, _after_a_silence(context) + acts)}


def _step(state: State, context: Context) -> Step:
    """The step, with the ledger's word on whether she said stop."""
    step = state.get("step", "start")
    if context.opted_out:
        return "human_handoff" if step == "human_handoff" else "opted_out"
    return "start" if step == "opted_out" else step


async def _read(
    state: State, context: Context, written: list[Message]
) -> tuple[list[QueuedAct], Understanding]:
    items = await current_items(context.conn, customer_id=context.customer.id)
    photos = [message for message in written if message.id in context.photos]
    text = as_one_text(written)
    understanding = Understanding(acts=(), language=context.language(state))
    if text or not photos:
        sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
        heard_in = reader_context(
            state, context, items, written, with_image=bool(photos), sold=sold
        )
        understanding = await context.senses.reader.read(text, heard_in)
    acts = once(merged([as_queued(act) for act in _grounded(understanding, written)]), items)
    acts = _unheard(context, written) + acts if not text else acts
    acts = _with_consent(acts, consent_among(written, state), context)
    return _with_photos(acts, photos), understanding


def _with_consent(acts: list[QueuedAct], said: ActKind | None, context: Context) -> list[QueuedAct]:
    """Her last word on being written to, in place of what several messages read as one say.

    "Start" counts where there is a stop to take back: elsewhere it begins something else.
    """
    stopped = context.opted_out or any(act["kind"] == "opt_out" for act in acts)
    if said is None or (said == "opt_in" and not stopped):
        return acts
    others = [act for act in acts if act["kind"] not in ("opt_out", "opt_in")]
    return [{"kind": said}, *others]


def _grounded(understanding: Understanding, written: list[Message]) -> list[Act]:
    """The reader's acts, with a pin on the map as the address it is."""
    pins = [message for message in written if _is_pin(message)]
    if not pins:
        return list(understanding.acts)
    others = [a for a in understanding.acts if a.kind not in ("unclear", "provide_address")]
    return [*others, _address_of(pins[-1])]


def _is_pin(message: Message) -> bool:
    where = message.payload.get("location", message.payload)
    return message.kind == "location" and {"latitude", "longitude"} <= where.keys()


def _address_of(pin: Message) -> Act:
    place = pin.payload.get("location", pin.payload)
    position = f"{place['latitude']},{place['longitude']}"
    address = str(place.get("place") or f"📍 {position}")
    return Act(kind="provide_address", address=address, text=position)


def _unheard(context: Context, written: list[Message]) -> list[QueuedAct]:
    unheard = [m for m in written if m.kind not in _HEARD and not _is_pin(m)]
    unseen = [m for m in written if m.kind == "image" and m.id not in context.photos]
    if unseen:
        return [{"kind": "look", "unreadable": True}]
    return [{"kind": "unheard", "text": unheard[0].kind}] if unheard else []


def _with_photos(acts: list[QueuedAct], photos: list[Message]) -> list[QueuedAct]:
    """A photo is looked at first; what is said of it ("in blue?") narrows what it shows."""
    if not photos:
        return [act for act in acts if act["kind"] != "unclear" or len(acts) == 1]
    said = {"search", "ask_availability", "greeting", "unclear", "ask_price", "more_options"}
    about = [act for act in acts if act["kind"] in said]
    others = [act for act in acts if act["kind"] not in said]
    narrowed = {k: v for act in about for k, v in act.items() if k not in _NOT_OF_A_PHOTO}
    looks = [{**narrowed, "kind": "look", "message_id": photos[-1].id}]
    return [*looks, *others]


def _allowed(context: Context, acts: list[QueuedAct]) -> list[QueuedAct]:
    if context.opted_out:
        return [act for act in acts if act["kind"] in _WHILE_OPTED_OUT]
    staff_wrote = any(act["kind"] == "staff_message" for act in acts)
    if staff_wrote or handed_off(context):
        return [act for act in acts if act["kind"] in _WHILE_HANDED_OFF]
    return acts


def _after_a_silence(context: Context) -> list[QueuedAct]:
    """Nobody wrote for hours: the conversation is the assistant's again."""
    forgotten = context.conversation.handed_off_at is not None and not handed_off(context)
    return [{"kind": "hand_back"}] if forgotten else []
