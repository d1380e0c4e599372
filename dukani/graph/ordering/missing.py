"""Asks before the total whether something is missing, where words of hers came to nothing.

Who changes what is not in the order believes that it is: "make the pink ones two", with no pink
piece in it. Likewise whoever asked for a piece and never told its size, or wrote what was not
understood. She is told so at once, and asked once more before a total is shown for her yes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dukani.agent.facts import AskMissing, Fact, LeftAsItIs, LeftOut
from dukani.domain.acts import Clear, Remove
from dukani.domain.naming import spells
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution
from dukani.domain.resolved import NotFound, words_of
from dukani.domain.telling import Applied
from dukani.graph.context import Context
from dukani.graph.state import MOST_WITHOUT_EFFECT, State, as_plain, questions_in
from dukani.tools import cart

MOST_SAID = 200  # characters of her own words that are kept with a question


def words_heard(context: Context) -> list[str]:
    """The customer's own words of this turn, a message each."""
    bodies = (" ".join(message.body.split()) for message in context.heard)
    return [body for body in bodies if body]


def without_effect(
    state: State,
    context: Context,
    resolution: Resolution,
    applied: Applied,
    given_up: Sequence[Question],
) -> list[str]:
    """The customer's words that came to nothing; those before are forgotten by a change.

    A wish that was given up stays until the piece is in the order or refused: "take the dress out"
    settles nothing of the shoes whose size she never told.
    """
    if any(isinstance(edit, Clear) for edit in resolution.pinned):
        return []
    left = state.get("wishes_left") or []
    refused = {name for name in left if _refuses(resolution, name)}
    vain = any(one.of_order and not _of_one_of(one, refused) for one in resolution.unknown)
    before = state.get("without_effect") or []
    if applied.changed:
        before = [word for word in before if word in left]
    settled = refused | {line.name for line in applied.lines}
    before = [word for word in before if word not in settled]
    return with_words(before, [*(words_heard(context) if vain else ()), *map(said_of, given_up)])


def wishes_left(state: State, given_up: Sequence[Question]) -> list[str]:
    """The names of the pieces wished for whose question was given up, with newer ones."""
    names = [question.name for question in given_up if said_of(question) == question.name]
    return with_words(state.get("wishes_left") or [], names)


def _refuses(resolution: Resolution, name: str) -> bool:
    return any(_of_one_of(one, {name}) for one in resolution.unknown)


def _of_one_of(one: NotFound, names: Collection[str]) -> bool:
    """Whether a piece of these is to be taken out, which the order has not."""
    called = one.edit.target.name if isinstance(one.edit, Remove) else None
    return bool(called) and any(spells(called or "", name) for name in names)


def with_words(before: Sequence[str], words: Sequence[str]) -> list[str]:
    """The words that came to nothing, with newer ones."""
    told = [word[:MOST_SAID] for word in words if word]
    return list(dict.fromkeys([*before, *told]))[-MOST_WITHOUT_EFFECT:]


def with_words_said(
    fresh: Sequence[Question], before: Sequence[Question], *, heard: str
) -> list[Question]:
    """The new questions, each with the customer's words that it came of.

    A question about a piece that was asked about before keeps the words of then: to "which colour?"
    she has said no more than "red".
    """
    said = {q.product_id: q.said for q in before if q.product_id and q.said}
    return [
        q
        if q.said
        else q.model_copy(update={"said": said.get(q.product_id or "", heard)[:MOST_SAID]})
        for q in fresh
    ]


def said_of(question: Question) -> str:
    """The name of the piece that a question is about, else the customer's words it came of.

    Nothing for what is not to be had, as she knows, nor for a mere yes to several pieces shown.
    """
    if question.refused or question.is_vague:
        return ""
    return question.name or question.said or words_of(question)


def ask_missing(state: State, lines: Sequence[Line]) -> State | None:
    """Asks once whether something is missing, before a total is shown; None: no reason to."""
    words = state.get("without_effect") or []
    if not words or not lines:
        return None
    fact = missing_asked(lines, words)
    others = [q for q in questions_in(state) if q.field != "missing"]
    besides = [told for told in state.get("facts", ()) if not _is_told_by(told, words)]
    return {
        "facts": [*besides, fact],
        "questions": as_plain([*others, Question(field="missing", choices=tuple(words))]),
        "without_effect": [],
        "quote": None,
        "step": "cart_updated",
        "checking_out": True,
    }


def missing_asked(lines: Sequence[Line], words: Sequence[str]) -> AskMissing:
    """The question whether anything is missing from these lines, as the words came to nothing."""
    return AskMissing(lines=tuple(lines), words=tuple(words), total_minor=cart.total_minor(lines))


def _is_told_by(fact: Fact, words: Sequence[str]) -> bool:
    """Whether the question tells it too: what of her words was given up just now."""
    given_up = isinstance(fact, LeftAsItIs) and not fact.declined
    return given_up or (isinstance(fact, LeftOut) and fact.name in words)
