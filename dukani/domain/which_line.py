"""Reads an edit as the answer to "which line of the order?"."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.domain.acts import Add, Edit, Remove, Set, Target, Values
from dukani.domain.questions import Completed, Question
from dukani.domain.resolver import lines_meant
from dukani.domain.view import View
from dukani.domain.waiting import with_values


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered question: the edits it completes, or the narrower question asked instead."""

    question: Question
    completed: tuple[Edit, ...] = ()
    instead: Question | None = None


def line_answer(edit: Edit, waiting: Completed, question: Question, view: View) -> Answer | None:
    """The answer that names one of the offered lines, by number or by words that fit only it."""
    if not _only_points(edit, waiting):
        return None
    target = _pointing(edit)
    offered = [line for line in view.lines if line.variant_id in question.choices]
    if target.scope != "one":
        meant = [x for x in lines_meant(target, view) if x in offered]
        if not meant or (target.scope == "both" and len(meant) != 2):
            return None
    else:
        if not (target.describes or target.line is not None or target.pointed == "other"):
            return None
        meant = [line for line in lines_meant(target, view) if line in offered]
        if len(meant) != 1:
            return None
    completed = _as_said_now(edit, waiting, question)
    pins = [Target(variant_id=line.variant_id) for line in meant]
    return Answer(question, tuple(completed.model_copy(update={"target": pin}) for pin in pins))


def _only_points(edit: Edit, waiting: Completed) -> bool:
    """Whether the edit only names a line, and wants no other change."""
    if isinstance(edit, Remove | Set | Add) and isinstance(waiting, type(edit)):
        return not (isinstance(edit, Add) and edit.another)
    if isinstance(edit, Set) and edit.change:
        return False
    if isinstance(edit, Add | Set):
        points_by_values = edit.values.quantity is None and _says_only_which(edit)
        return not getattr(edit, "another", False) and (
            edit.values.says_nothing or points_by_values
        )
    return type(edit) is type(waiting)


def _says_only_which(edit: Add | Set) -> bool:
    """Whether colour and size only describe the line ("the sky blue one"), and are no change."""
    target, values = edit.target, edit.values
    if not target.describes:
        return True
    told = {"colour": target.colour, "size": target.size}
    return values == Values(**{k: v for k, v in told.items() if getattr(values, k) is not None})


def _pointing(edit: Edit) -> Target:
    """The target that names the line; an option number counts as the line's number."""
    target: Target = getattr(edit, "target", Target())
    if target.option is not None and target.line is None:
        return target.model_copy(update={"line": target.option, "option": None})
    tells = target.describes or target.line is not None or target.scope != "one"
    tells = tells or target.pointed == "other" or (isinstance(edit, Set) and edit.change)
    if isinstance(edit, Add | Set) and not tells:
        return Target(colour=edit.values.colour, size=edit.values.size)
    return target


def _as_said_now(edit: Edit, waiting: Completed, question: Question) -> Completed:
    """The waiting edit; an edit of the same kind said now overrides its values."""
    if isinstance(edit, Set) and isinstance(waiting, Set) and edit.target.describes:
        return with_values(waiting, edit.values, question)
    if isinstance(edit, Remove) and isinstance(waiting, Remove) and edit.quantity is not None:
        return waiting.model_copy(update={"quantity": edit.quantity})
    if type(edit) is type(waiting) and not isinstance(edit, Set | Remove):
        return edit
    return waiting
