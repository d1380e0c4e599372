"""Settles "which line?" where the same message takes out lines that were to choose from. Pure.

"From the chinos, take the khaki out": the khaki is all that goes. "Make the shirt L, and take the
black one out": of two shirts the other becomes L.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Add, Edit, Remove, Substitute, Target
from dukani.domain.questions import Question
from dukani.domain.resolved import Resolution


def settled_by_removals(found: Resolution) -> list[Edit]:
    """The edits of questions left with one line; closes those, and the ones left without sense."""
    gone = _taken_out(found.pinned)
    hit = [q for q in (*found.open, *found.asked) if q.field == "which_line" and _is_hit(q, gone)]
    for question in hit:
        found.close(question)
        found.asked = [q for q in found.asked if q is not question]
    settled = [edit for question in hit if (edit := _settled(question, gone)) is not None]
    for question in hit:
        left = tuple(one for one in question.choices if one not in gone)
        if len(left) > 1 and not isinstance(question.completes, Remove | Substitute):
            found.asked.append(question.model_copy(update={"choices": left}))
    return settled


def _taken_out(pinned: Sequence[Edit]) -> set[str | None]:
    """The lines that go as a whole."""
    return {
        edit.target.variant_id
        for edit in pinned
        if (isinstance(edit, Remove) and edit.quantity is None) or isinstance(edit, Substitute)
    }


def _is_hit(question: Question, gone: set[str | None]) -> bool:
    return any(one in gone for one in question.choices)


def _settled(question: Question, gone: set[str | None]) -> Edit | None:
    """The waiting edit of the one line left; a piece that comes for the line that went."""
    waiting = question.completes
    if isinstance(waiting, Substitute):
        return Add(evidence=waiting.evidence, target=waiting.piece, values=waiting.values)
    left = [one for one in question.choices if one not in gone]
    if waiting is None or isinstance(waiting, Remove) or len(left) != 1:
        return None
    return waiting.model_copy(update={"target": Target(variant_id=left[0])})
