"""Reads an edit as the answer to an open question, and completes the edit that question is for."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Add, Edit, Set, Substitute, Target, Values
from dukani.domain.offers import withdrawn_offer
from dukani.domain.pieces import SoldPiece
from dukani.domain.questions import Completed, Question
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size
from dukani.domain.view import View
from dukani.domain.waiting import with_values
from dukani.domain.which_line import Answer, line_answer

VALUE_ASKED = ("colour", "size", "quantity")


def answers_of(edit: Edit, questions: Sequence[Question], view: View) -> list[Answer]:
    """The questions the edit answers; none when the edit is about something else.

    A question whose field was said is tried first, and of several such the one asked last.
    """
    newest_first = [q for q in reversed(questions) if not _chooses_from_list(edit, q, view)]
    if isinstance(edit, Set) and edit.target.scope != "one":
        return _answers_to_all(edit, newest_first, view)
    for question in sorted(newest_first, key=lambda q: (_contradicts(edit, q), not says(edit, q))):
        answer = _answer(edit, question, view)
        if answer is not None:
            return [answer]
    return []


def _chooses_from_list(edit: Edit, question: Question, view: View) -> bool:
    """Whether the edit's number is of a list shown since "which line?" was asked."""
    target = getattr(edit, "target", Target())
    return question.field == "which_line" and target.option is not None and view.listed


def says(edit: Edit, question: Question) -> bool:
    """Whether the edit gives a value for the field the question asks for."""
    if not isinstance(edit, Add | Set):
        return False
    told = _told(edit)
    if question.field == "size" and told.age is not None:
        return True
    asked = "colour" if question.stands_in else question.field
    return getattr(told, asked, None) is not None


def _answers_to_all(edit: Set, questions: Sequence[Question], view: View) -> list[Answer]:
    """ "Both in M", "zote nyeusi": answers for every piece whose size or colour is asked for."""
    if edit.target.but is not None or (edit.change and view.lines):
        return _which_answered(edit, questions, view)
    asked = [
        q
        for q in questions
        if q.field in VALUE_ASKED and says(edit, q) and _fits_piece(edit, q, view)
    ]
    if not asked or (edit.target.scope == "both" and len(asked) != 2):
        return _which_answered(edit, questions, view)
    completed = [(q, q.completes) for q in asked if q.completes is not None]
    return [Answer(q, (with_values(waiting, edit.values, q),)) for q, waiting in completed]


def _which_answered(edit: Edit, questions: Sequence[Question], view: View) -> list[Answer]:
    """The answer to a "which piece?" or "which line?", where "both" and "all" are answers too."""
    for question in questions:
        if question.field in ("which", "which_line"):
            answer = _answer(edit, question, view)
            if answer is not None:
                return [answer]
    return []


def _fits_piece(edit: Set, question: Question, view: View) -> bool:
    piece = view.piece(question.product_id or "")
    if not edit.target.describes:
        return True
    single = edit.target.model_copy(update={"scope": "one"})
    return piece is not None and piece in pieces_meant(single, view, among=[piece.product_id])


def _answer(edit: Edit, question: Question, view: View) -> Answer | None:
    waiting = question.completes
    if waiting is None:
        return None
    if question.field == "which_line":
        return line_answer(edit, waiting, question, view)
    if not isinstance(edit, Add | Set):
        return None
    if question.field == "which":
        return _piece_answer(edit, waiting, question, view)
    if not _speaks_of(edit, question, view):
        return None
    if isinstance(waiting, Set) and not says(edit, question):
        return None  # to "which green?", "two" answers nothing: it sets the line's quantity
    if question.field == "size" and isinstance(waiting, Add) and _is_bare_quantity(edit):
        # The size is asked although a search or an age may have told one: it was not to be had.
        kept = with_values(waiting, edit.values, question)
        return Answer(question, instead=question.model_copy(update={"completes": kept}))
    return _value_answer(edit, waiting, question)


# ── a colour, a size, how many ──────────────────────────────────────────────


def _value_answer(edit: Add | Set, waiting: Completed, question: Question) -> Answer:
    """The waiting edit with the values said now. An offered colour is taken only if it is said."""
    completed = with_values(waiting, _told(edit), question)
    if edit.for_whom is not None and isinstance(completed, Add | Set):
        completed = completed.model_copy(update={"for_whom": edit.for_whom})
    if (question.stands_in or question.field == "colour") and _told(edit).colour is None:
        # No colour was said, so the offered one is not taken: ask again with the other values kept.
        said_besides = question.model_copy(update={"completes": completed})
        return Answer(question, instead=withdrawn_offer(said_besides))
    return Answer(question, (completed,))


def _is_bare_quantity(edit: Add | Set) -> bool:
    told = _told(edit)
    return told.quantity is not None and told.model_copy(update={"quantity": None}).says_nothing


def _told(edit: Add | Set) -> Values:
    """The values said of the piece, whether a mind put them in `target` or in `values`."""
    if isinstance(edit, Set) and edit.change:
        return edit.values
    told = {"colour": edit.target.colour, "size": edit.target.size}
    kept = {k: v for k, v in told.items() if v is not None and getattr(edit.values, k) is None}
    return edit.values.model_copy(update=kept)


def _speaks_of(edit: Add | Set, question: Question, view: View) -> bool:
    """Whether the edit is about the question's piece: it names no piece, or that one."""
    target = edit.target
    if edit.values.says_nothing and target.says_nothing:
        return False
    if isinstance(edit, Add) and edit.another:
        return False
    if target.says_nothing:
        return True
    pointed = target.line is not None or target.variant_id is not None
    if pointed or target.scope != "one" or target.pointed == "other":
        return False
    if target.option is not None and not says(edit, question):
        return False  # the option alone is picked anew
    if isinstance(edit, Set) and edit.change and _is_a_line(edit, view):
        return False
    piece = view.piece(question.product_id or "")
    return piece is not None and piece in pieces_meant(
        target, view, values=edit.values, among=[piece.product_id]
    )


def _is_a_line(edit: Set, view: View) -> bool:
    """Whether the edit is of a line instead: "make the dress L" while the belt's size is asked."""
    return edit.target.describes and bool(lines_meant(edit.target, view, values=edit.values))


def _contradicts(edit: Edit, question: Question) -> bool:
    """Whether the edit describes another colour or size than the question's edit has."""
    target = getattr(edit, "target", Target())
    values = getattr(question.completes, "values", None) or Values()
    return not fits_values(target, values)


def fits_values(target: Target, values: Values) -> bool:
    """Whether a wish's known colour and size fit the target; unknown ones fit anything."""
    if target.colour and values.colour and not shades_of(target.colour, (values.colour,)):
        return False
    return not (target.size and values.size and not same_size(target.size, values.size))


# ── which piece ─────────────────────────────────────────────────────────────


def _piece_answer(
    edit: Add | Set, waiting: Completed, question: Question, view: View
) -> Answer | None:
    """The answer that names one of the offered pieces by number, name, colour or size."""
    if (isinstance(edit, Add) and edit.another) or not isinstance(waiting, Add | Substitute):
        return None
    target = edit.target
    if target.scope != "one":
        return _all_offered(edit, waiting, question, view)
    told = target.describes or target.option is not None or target.pointed or target.product_id
    if target.line is not None or not (told or not edit.values.says_nothing):
        return None
    meant = pieces_meant(target, view, values=edit.values, among=question.choices)
    if not meant:
        return None
    completed = with_values(waiting, edit.values, question)
    if len(meant) == 1:
        return Answer(question, (_pinned_piece(completed, meant[0]),))
    choices = tuple(piece.product_id for piece in meant)
    narrower = question.model_copy(update={"completes": completed, "choices": choices})
    return Answer(question, instead=narrower)


def _all_offered(
    edit: Add | Set, waiting: Completed, question: Question, view: View
) -> Answer | None:
    """The answer "both" (of two) or "all of them"."""
    if isinstance(waiting, Substitute) or edit.target.but is not None:
        return None
    pieces = [p for id_ in question.choices if (p := view.piece(id_)) is not None]
    if edit.target.describes:
        single = edit.target.model_copy(update={"scope": "one"})
        pieces = pieces_meant(single, view, among=question.choices)
    if not pieces or (edit.target.scope == "both" and len(pieces) != 2):
        return None
    completed = with_values(waiting, edit.values, question)
    return Answer(question, tuple(_pinned_piece(completed, piece) for piece in pieces))


def _pinned_piece(completed: Completed, piece: SoldPiece) -> Edit:
    slot = "piece" if isinstance(completed, Substitute) else "target"
    return completed.model_copy(update={slot: Target(product_id=piece.product_id)})
