"""Completes an edit that waits for a value, with the values said now."""

from __future__ import annotations

from dukani.domain.acts import Add, Set, Split, Substitute, Values
from dukani.domain.questions import Completed, Question
from dukani.domain.shades import shades_of


def with_values(waiting: Completed, values: Values, question: Question) -> Completed:
    """The waiting edit; values said now replace those said before.

    Another colour brings back the size that was not there: "pink, 38", then "white then".
    """
    if values.colour is not None and values.size is None and values.age is None:
        values = values.model_copy(update={"size": question.not_had})
    if isinstance(waiting, Add | Set | Substitute):
        return waiting.model_copy(update={"values": over_values(waiting.values, values)})
    if isinstance(waiting, Split):
        return _with_part(waiting, values, question)
    return waiting


def over_values(before: Values, now: Values) -> Values:
    """The values of `before` overridden by `now`; an age and a size override each other."""
    said = now.model_dump(exclude_none=True)
    if now.size is not None:
        said |= {"age": None}
    elif now.age is not None:
        said |= {"size": None}
    return before.model_copy(update=said)


def _with_part(waiting: Split, values: Values, question: Question) -> Split:
    """The split with the values in the part the question is about, or the first open part."""
    asked = question.part
    if asked is None:
        asked = next((i for i, part in enumerate(waiting.parts) if _is_open(part, question)), None)
    if asked is None:
        return waiting
    parts = list(waiting.parts)
    parts[asked] = over_values(parts[asked], values)
    return waiting.model_copy(update={"parts": tuple(parts)})


def _is_open(part: Values, question: Question) -> bool:
    if question.field == "size":
        return part.size is None or part.size not in question.choices
    if part.colour is None:
        return part.exclude_colour is not None
    return len(shades_of(part.colour, question.choices)) > 1
