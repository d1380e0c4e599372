"""Tells what a photo shows, by the eye's analysis, and leaves a search for similar pieces."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.facts import Fact, NothingWorn, PhotoSeen, PhotoUnreadable, PhotoUnsure
from dukani.core.colours import similar_colours
from dukani.domain.acts import Search
from dukani.domain.questions import Question
from dukani.graph.context import Context
from dukani.graph.happenings import Find, Look
from dukani.graph.looking.photo_memory import pack
from dukani.graph.state import (
    State,
    Task,
    as_plain,
    questions_in,
    tasks_of,
    tasks_without,
    with_facts,
)
from dukani.tools.criteria import SURE

MOST_BESIDE = 2


async def analyze_image(state: State, runtime: Runtime[Context]) -> State:
    """Handles one photo; the router returns here for further ones.

    If the analysis is unsure of the category, the customer is also asked what the piece is.
    """
    task: Look = tasks_of(state, Look)[0]
    others: list[Task] = tasks_without(state, task)
    analysis = runtime.context.perceived.analyses.get(task.key)
    if task.of_advert:
        return {"acts": [_search_like_advert(task, analysis), *others]}
    if analysis is None:
        return {"acts": others, "facts": with_facts(state, PhotoUnreadable(number=task.number))}
    if analysis.nothing_worn and task.said == Search():
        return {"acts": others, "facts": with_facts(state, NothingWorn(number=task.number))}
    sure = analysis.confidence >= SURE or task.said.category is not None
    seen = _seen(analysis, task, sure=sure)
    if task.number is not None:
        # Last, so that results come in the photos' order; `seen` is told just before its results.
        return {"acts": [*others, Find(task.said, pack(analysis), seen)], "step": "image_analyzed"}
    asking = [] if sure else [Question(field="category")]
    return {
        "acts": [Find(task.said, pack(analysis)), *others],
        "facts": with_facts(state, seen),
        "questions": as_plain([*_wishes(state), *asking]),
        "step": "image_analyzed",
    }


def _search_like_advert(task: Look, analysis: PhotoAnalysis | None) -> Task:
    """A search by an advertisement's picture, else by its text."""
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
        beside=_beside(analysis, task),
    )


def _beside(analysis: PhotoAnalysis, task: Look) -> tuple[str, ...]:
    """The other garments in the photo, unless the customer named the kind or sent several."""
    if task.said.category is not None or task.number is not None:
        return ()
    return analysis.beside[:MOST_BESIDE]


def _colour_seen(analysis: PhotoAnalysis, said: str | None) -> str | None:
    """The customer's word for the colour seen; None for another colour ("this, but in black")."""
    if said is None or analysis.colour is None:
        return analysis.colour
    return said if said in similar_colours(analysis.colour) else None
