"""What was seen in a photo is said, and searched for next."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.eye import Sight
from dukani.agent.facts import Fact, PhotoSeen, PhotoUnreadable, PhotoUnsure
from dukani.core.colours import similar_colours
from dukani.domain.questions import Question
from dukani.graph.context import Context
from dukani.graph.happenings import Find, Look
from dukani.graph.looking.photo_memory import pack
from dukani.graph.state import State, Task, as_plain, questions_in, rest, said, tasks_of
from dukani.tools.criteria import SURE


async def analyze_image(state: State, runtime: Runtime[Context]) -> State:
    """One photo; of several the turn comes by again, and what each shows is found in turn.

    Below 0.6 it asks what the piece is, beside showing what comes nearest.
    """
    task: Look = tasks_of(state, Look)[0]
    others: list[Task] = rest(state, task)
    sight = runtime.context.perceived.sights.get(task.key)
    if task.of_advert:
        return {"acts": [_like_the_advert(task, sight), *others]}
    if sight is None:
        return {"acts": others, "facts": said(state, PhotoUnreadable(number=task.number))}
    sure = sight.confidence >= SURE or task.said.category is not None
    seen = _seen(sight, task, sure=sure)
    if task.number is not None:
        # Behind the finds of the photos before it, and told just before its own.
        return {"acts": [*others, Find(task.said, pack(sight), seen)], "step": "image_analyzed"}
    asking = [] if sure else [Question(field="category")]
    return {
        "acts": [Find(task.said, pack(sight)), *others],
        "facts": said(state, seen),
        "questions": as_plain([*_wishes(state), *asking]),
        "step": "image_analyzed",
    }


def _like_the_advert(task: Look, sight: Sight | None) -> Task:
    """What comes near an advertisement's picture; without one its words."""
    return task.said if sight is None else Find(task.said, pack(sight))


def _wishes(state: State) -> list[Question]:
    return [q for q in questions_in(state) if q.field not in ("category", "take_it")]


def _seen(sight: Sight, task: Look, *, sure: bool) -> Fact:
    if not sure:
        candidates = (sight.category, *sight.alternatives)[:3]
        return PhotoUnsure(number=task.number, candidates=candidates)
    return PhotoSeen(
        number=task.number,
        category=task.said.category or sight.category,
        colour=_colour_seen(sight, task.said.colour),
        pattern=sight.pattern if sight.pattern != "plain" else None,
    )


def _colour_seen(sight: Sight, said: str | None) -> str | None:
    """Her word for the colour seen; none for "this, but in black", which is not what is seen."""
    if said is None or sight.colour is None:
        return sight.colour
    return said if said in similar_colours(sight.colour) else None
