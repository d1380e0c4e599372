"""What was seen in a photo is said, and searched for next."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.eye import PhotoAnalysis
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
    analysis = runtime.context.perceived.analyses.get(task.key)
    if task.of_advert:
        return {"acts": [_like_the_advert(task, analysis), *others]}
    if analysis is None:
        return {"acts": others, "facts": said(state, PhotoUnreadable(number=task.number))}
    sure = analysis.confidence >= SURE or task.said.category is not None
    seen = _seen(analysis, task, sure=sure)
    if task.number is not None:
        # Behind the finds of the photos before it, and told just before its own.
        return {"acts": [*others, Find(task.said, pack(analysis), seen)], "step": "image_analyzed"}
    asking = [] if sure else [Question(field="category")]
    return {
        "acts": [Find(task.said, pack(analysis)), *others],
        "facts": said(state, seen),
        "questions": as_plain([*_wishes(state), *asking]),
        "step": "image_analyzed",
    }


def _like_the_advert(task: Look, analysis: PhotoAnalysis | None) -> Task:
    """What comes near an advertisement's picture; without one its words."""
    return task.said if analysis is None else Find(task.said, pack(analysis))


def _wishes(state: State) -> list[Question]:
    return [q for q in questions_in(state) if q.field not in ("category", "take_it")]


def _seen(analysis: PhotoAnalysis, task: Look, *, sure: bool) -> Fact:
    if not sure:
        candidates = (analysis.category, *analysis.alternatives)[:3]
        return PhotoUnsure(number=task.number, candidates=candidates)
    return PhotoSeen(
        number=task.number,
        category=task.said.category or analysis.category,
        colour=_colour_seen(analysis, task.said.colour),
        pattern=analysis.pattern if analysis.pattern != "plain" else None,
    )


def _colour_seen(analysis: PhotoAnalysis, said: str | None) -> str | None:
    """Her word for the colour seen; none for "this, but in black", which is not what is seen."""
    if said is None or analysis.colour is None:
        return analysis.colour
    return said if said in similar_colours(analysis.colour) else None
