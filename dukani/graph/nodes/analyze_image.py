"""Looks at a photo; what it shows is searched for next."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.eye import Sight
from dukani.agent.facts import Fact, PhotoSeen, PhotoUnreadable, PhotoUnsure
from dukani.core.colours import similar_colours
from dukani.core.errors import UnreadableImage
from dukani.graph.context import Context
from dukani.graph.photo_memory import pack
from dukani.graph.state import QueuedAct, State, current, rest, said
from dukani.tools.criteria import SURE


async def analyze_image(state: State, runtime: Runtime[Context]) -> State:
    """Below 0.6 it asks what the piece is, beside showing what comes nearest."""
    act = current(state)
    sight = await _look(runtime.context, act)
    if sight is None:
        return {"acts": rest(state), "facts": said(state, PhotoUnreadable())}
    sure = sight.confidence >= SURE or act.get("category") is not None
    find = {k: v for k, v in act.items() if k not in ("message_id", "kind")}
    return {
        "acts": [{**find, "kind": "search", "photo": pack(sight)}, *rest(state)],
        "facts": said(state, _seen(sight, act, sure=sure)),
        "question": None if sure else "category",
        "step": "image_analyzed",
    }


async def _look(context: Context, act: QueuedAct) -> Sight | None:
    photo = context.photos.get(act.get("message_id", ""))
    if photo is None:
        return None
    try:
        return await context.senses.eye.look(photo)
    except UnreadableImage:
        return None


def _seen(sight: Sight, act: QueuedAct, *, sure: bool) -> Fact:
    if not sure:
        return PhotoUnsure(candidates=(sight.category, *sight.alternatives)[:3])
    return PhotoSeen(
        category=act.get("category") or sight.category,
        colour=_colour_seen(sight, act.get("colour")),
        pattern=sight.pattern if sight.pattern != "plain" else None,
    )


def _colour_seen(sight: Sight, said: str | None) -> str | None:
    """Her word for the colour seen; none for "this, but in black", which is not what is seen."""
    if said is None or sight.colour is None:
        return sight.colour
    return said if said in similar_colours(sight.colour) else None
