"""Withdraws offers the customer did not take: a substitute colour, or a piece shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Split
from dukani.domain.questions import Completed, Question


def withdrawn_offer(question: Question) -> Question:
    """A colour offer turned into a plain colour question, so that no later yes accepts it."""
    if not question.stands_in or question.completes is None:
        return question
    completes = without_offered(question.completes, question)
    return question.model_copy(update={"field": "colour", "completes": completes, "offer": None})


def still_wanted(questions: Sequence[Question]) -> list[Question]:
    """The questions that stay open after another act: all wishes, but no mere offers."""
    wishes = [q for q in questions if q.field not in ("category", "missing", "reading")]
    return [withdrawn_offer(q) for q in wishes if not is_mere_offer(q)]


def is_mere_offer(question: Question) -> bool:
    """Whether the question only offers a piece ("do you take it?") that nobody asked for."""
    return question.field == "take_it" and not question.stands_in


def without_offered(completes: Completed, question: Question) -> Completed:
    """The question's edit, without the colour that was offered for it."""
    if isinstance(completes, Split):
        parts = list(completes.parts)
        if question.part is not None:
            parts[question.part] = parts[question.part].model_copy(update={"colour": None})
        return completes.model_copy(update={"parts": tuple(parts)})
    values = getattr(completes, "values", None)
    if values is None:
        return completes
    return completes.model_copy(update={"values": values.model_copy(update={"colour": None})})
