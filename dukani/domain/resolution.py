"""Resolves a message's edits against one snapshot: each is pinned, asked about, or not found.

Each edit is first tried as an answer to an open question, and then completes that question's
edit; else it is resolved by itself, and the question stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Clear,
    Edit,
    Remove,
    Set,
    Split,
    Substitute,
    Target,
    Undo,
    Values,
)
from dukani.domain.answers import VALUE_ASKED, answers_of, says
from dukani.domain.fewer_lines import settled_by_removals
from dukani.domain.for_each_age import ages_fitting, one_for_each_age
from dukani.domain.going_back import lines_if_already_so, other_told_apart, pinned_to_former
from dukani.domain.known_values import pinned_add
from dukani.domain.one_message import Antecedent, merged_sets, resolve_anaphora
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.pinning import ask_which, ask_which_line, pin_lines
from dukani.domain.questions import Question
from dukani.domain.resolved import NotFound, Resolution
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.same_piece import pinned_to_the_same
from dukani.domain.shades import shades_of
from dukani.domain.substituting import resolve_substitute
from dukani.domain.taking_out import resolve_remove
from dukani.domain.view import View
from dukani.domain.wanted_back import wanted_back

__all__ = ["NotFound", "Resolution", "resolve", "value_questions"]


def resolve(edits: Sequence[Edit], view: View, questions: Sequence[Question] = ()) -> Resolution:
    """The edits, each pinned (`target.variant_id` or `target.product_id`), asked, or unknown."""
    found = Resolution(open=list(questions))
    antecedent = Antecedent()
    view = _counted_by_the_edits(edits, view)
    told_apart = edits if questions else pinned_to_the_same(edits, view)
    for edit in one_for_each_age(told_apart, view):
        told = resolve_anaphora(edit, antecedent, view, found)
        if told is not None:
            antecedent.mark(found)
            _resolve_one(told, view, found)
            antecedent.take(told, found)
    for completed in settled_by_removals(found):
        _resolve_new(completed, view, found)
    found.pinned = _without_gone_twice(merged_sets(found.pinned))
    found.open = [q for q in found.open if not _is_moot(q, found.pinned)]
    return found


def _counted_by_the_edits(edits: Sequence[Edit], view: View) -> View:
    """The view, without the number of pieces searched for where the edits tell each of them.

    "Kanzu for my husband and two boys", then "the Omani in 58, white for 5 and 8": one of each.
    """
    told = [edit for edit in edits if isinstance(edit, Add) and edit.values.quantity is None]
    sized = {
        (x.values.size, x.values.age) for x in told if x.values.size or x.values.age is not None
    }
    if len(sized) < 2 or len(sized) < len(told):
        return view
    return replace(view, wished=view.wished.model_copy(update={"quantity": None}))


def _without_gone_twice(pinned: Sequence[Edit]) -> list[Edit]:
    """The edits without the removal of a line that another piece takes the place of.

    "Toa cardigan, rudisha ule mkoba": the bag that went for the cardigan takes its place again.
    """
    replaced = [edit.target for edit in pinned if isinstance(edit, Substitute)]
    return [
        edit
        for edit in pinned
        if not (isinstance(edit, Remove) and edit.quantity is None and edit.target in replaced)
    ]


def _is_moot(question: Question, pinned: Sequence[Edit]) -> bool:
    """Whether this message sets the asked value in another edit, or removes the line.

    A wished piece that comes in the place of another one is no more wished beside it.
    """
    waiting = question.completes
    if isinstance(waiting, Add):
        return any(_brings(edit, waiting) for edit in pinned)
    if not isinstance(waiting, Set) or waiting.target.variant_id is None:
        return False
    return any(
        (isinstance(edit, Set) and says(edit, question))
        or (isinstance(edit, Remove) and edit.quantity is None)
        or isinstance(edit, Substitute)
        for edit in pinned
        if getattr(edit, "target", None) == waiting.target
    )


def _brings(edit: Edit, wish: Add) -> bool:
    """Whether a substitution puts in the wished piece, in no other colour or size than wished."""
    if not isinstance(edit, Substitute) or edit.piece.product_id is None:
        return False
    wished, told = wish.values, edit.values
    alike = wished.colour in (None, told.colour) and wished.size in (None, told.size)
    return edit.piece.product_id == wish.target.product_id and alike


def _resolve_one(edit: Edit, view: View, found: Resolution) -> None:
    if isinstance(edit, Clear):
        found.open = [q for q in found.open if q.completes is None]
    if isinstance(edit, Clear | Undo):
        found.pinned.append(edit)
        return
    if taken := _offer_taken(edit, found):
        found.close(taken)
        _resolve_new(edit, view, found)
        return
    answers = answers_of(edit, found.open, view)
    for answer in answers:
        found.close(answer.question)
        for completed in answer.completed:
            _resolve_new(completed, view, found)
        if answer.instead is not None:
            found.ask(answer.instead)
    if not answers:
        _resolve_new(edit, view, found)


def _offer_taken(edit: Edit, found: Resolution) -> Question | None:
    """The offer the edit accepts: a yes arrives as the offer's own edit."""
    offers = (q for q in reversed(found.open) if q.field == "take_it")
    return next((offer for offer in offers if offer.completes == edit), None)


def _resolve_new(edit: Edit, view: View, found: Resolution) -> None:
    """Resolves an edit that answers no open question."""
    match edit:
        case Add():
            _resolve_add(edit, view, found)
        case Set():
            _resolve_set(edit, view, found)
        case Substitute():
            resolve_substitute(edit, view, found)
        case Remove():
            resolve_remove(edit, view, found)
        case ChangeQuantity() | Split():
            _resolve_line(edit, view, found)


# ── pieces ──────────────────────────────────────────────────────────────────


def _resolve_add(edit: Add, view: View, found: Resolution) -> None:
    if edit.target.scope != "one":
        _add_several(edit, view, found)
        return
    if (as_it_was := wanted_back(edit, view)) is not None:
        found.pinned.append(as_it_was)
        return
    meant = pieces_meant(edit.target, view, values=edit.values)
    if not meant:
        found.unknown.append(NotFound(edit, of_order=edit.target.line is not None))
    elif len(meant) > 1:
        found.ask(ask_which(edit, meant))
    else:
        found.pinned += _one_for_each(edit, meant[0], view)


def _one_for_each(edit: Add, piece: SoldPiece, view: View) -> list[Edit]:
    """One add per age searched for: "for boys of 4, 7 and 10", then "three of the white"."""
    if _is_said_again(edit, piece, view):
        lines = [Target(variant_id=line.variant_id) for line in view.lines_of(piece)]
        return [Set(target=line, for_whom=edit.for_whom) for line in lines]
    values = edit.values
    unsized = values.size is None and values.age is None
    fitting = ages_fitting(piece, view)
    if len(fitting) == 1 and len(view.ages) > 1 and unsized and values.quantity in (None, 1):
        values = values.model_copy(update={"age": fitting[0]})
        return [pinned_add(edit.model_copy(update={"values": values}), piece, view)]
    if not unsized or len(fitting) < 2 or values.quantity not in (None, len(fitting)):
        return [pinned_add(edit, piece, view)]
    children = Counter(fitting)  # two children of one age wear the same size
    each = [values.model_copy(update={"age": a, "quantity": n}) for a, n in children.items()]
    return [pinned_add(edit.model_copy(update={"values": one}), piece, view) for one in each]


def _is_said_again(edit: Add, piece: SoldPiece, view: View) -> bool:
    """Whether a piece of the order is only named again: "no, only the shirt"."""
    looked_at = view.focus is not None and view.focus.product_id == piece.product_id
    if edit.another or looked_at or view.choosing or not edit.values.says_nothing:
        return False
    return edit.target.describes and bool(view.lines_of(piece))


def _add_several(edit: Add, view: View, found: Resolution) -> None:
    """Adds the fitting pieces of the newest list ("both", "all"); asks for "both" of three.

    "The same order again" adds every line of the last order.
    """
    if edit.another and edit.target == Target(scope="all") and view.bought:
        found.pinned += [_as_bought(edit, line) for line in view.bought]
        return
    if _counts_units(edit, view):
        one = edit.target.model_copy(update={"scope": "one"})
        _resolve_add(edit.model_copy(update={"target": one}), view, found)
        return
    meant = _shown_and_meant(edit.target, view)
    if not meant:
        found.unknown.append(NotFound(edit, of_order=False))
    elif edit.target.scope == "both" and len(meant) > 2:
        found.ask(ask_which(edit, meant))
    else:
        found.pinned += [pinned_add(edit, piece, view) for piece in meant]


def _counts_units(edit: Add, view: View) -> bool:
    """Whether "all" are units of the piece looked at: "two, no, three, all red M"."""
    bare = edit.target == Target(scope="all")
    return bare and view.focus is not None and (edit.values.quantity or 1) > 1


def _as_bought(edit: Add, line: Line) -> Add:
    values = Values(colour=line.colour, size=line.size, quantity=line.quantity)
    pin = Target(product_id=line.product_id)
    return edit.model_copy(update={"target": pin, "values": values})


def _shown_and_meant(target: Target, view: View) -> list[SoldPiece]:
    shown = [p for o in view.newest if (p := view.piece(o.product_id)) is not None]
    among = [piece.product_id for piece in shown]
    if shown and target.describes:
        single = target.model_copy(update={"scope": "one", "but": None})
        shown = pieces_meant(single, view, among=among)
    if shown and target.but is not None:
        kept = pieces_meant(target.but, view, among=among)
        shown = [piece for piece in shown if piece not in kept] if kept else []
    return shown


# ── lines ───────────────────────────────────────────────────────────────────


def _resolve_set(edit: Set, view: View, found: Resolution) -> None:
    """Pins the values to a line of the order, or adds the piece in view in those values."""
    as_before = pinned_to_former(edit, view)
    if as_before is not None:
        found.pinned.append(as_before)
        return
    if _is_of_the_piece_looked_at(edit, view):
        _resolve_add(_as_add(edit), view, found)
        return
    apart = other_told_apart(edit, view)
    if apart is not None:
        found.pinned.append(apart)
        return
    lines = lines_meant(edit.target, view, values=edit.values)
    if (alike := lines_if_already_so(edit, lines, view)) is not None:
        found.ask(ask_which_line(edit, alike))
    elif lines:
        pin_lines(edit, lines, found)
    elif edit.target.line is None and pieces_meant(edit.target, view, values=edit.values):
        _resolve_add(_as_add(edit), view, found)
    else:
        pointed = edit.target.describes or edit.target.line is not None
        found.unknown.append(NotFound(edit, of_order=bool(view.lines) and pointed))


def _as_add(edit: Set) -> Add:
    return Add(
        evidence=edit.evidence, target=edit.target, values=edit.values, for_whom=edit.for_whom
    )


def _is_of_the_piece_looked_at(edit: Set, view: View) -> bool:
    """Whether the piece in focus, or one of the list that waits for a choice, is antecedent of."""
    target = edit.target
    if target.line is not None or target.variant_id or target.scope != "one":
        return False
    looked_at = view.focus is not None or (view.choosing and bool(view.lists))
    if not looked_at:
        return False
    ordered = {line.product_id for line in view.lines}
    if target.describes and lines_meant(target, view, values=edit.values):
        return not edit.change and bool(_looked_at(edit, view) - ordered)
    if edit.change and view.lines:
        # "Change to L" is of a line: a piece in focus counts only if the order has none of it.
        return view.focus is not None and view.focus.product_id not in ordered
    return bool(pieces_meant(target, view, values=edit.values))


def _looked_at(edit: Set, view: View) -> set[str]:
    """The product ids, in focus or in the list to choose from, that the target describes."""
    near = [view.focus.product_id] if view.focus else []
    near += [option.product_id for option in view.newest] if view.choosing else []
    if not near:
        return set()
    return {p.product_id for p in pieces_meant(edit.target, view, values=edit.values, among=near)}


def _resolve_line(edit: ChangeQuantity | Split, view: View, found: Resolution) -> None:
    lines = lines_meant(edit.target, view)
    if isinstance(edit, Split) and len(lines) > 1 and edit.target.scope == "one":
        lines = _lines_to_split(lines, edit, view)
    if lines:
        pin_lines(edit, lines, found)
    elif (view.focus or view.choosing) and edit.target.line is None:
        _resolve_as_wish(edit, view, found)
    elif _is_wanted_by_name(edit) and pieces_meant(edit.target, view):
        _resolve_as_wish(edit, view, found)  # "Zuri Chino: one in size 30 and one in 36"
    elif isinstance(edit, ChangeQuantity) and (besides := _as_add_in_other_values(edit, view)):
        _resolve_add(besides, view, found)
    else:
        found.unknown.append(NotFound(edit, of_order=True))


def _is_wanted_by_name(edit: ChangeQuantity | Split) -> bool:
    """Whether a piece that is not ordered is named: "ongeza sifa headwrap" puts one in."""
    more = isinstance(edit, Split) or (edit.by or 0) > 0
    return more and edit.target.name is not None


def _as_add_in_other_values(edit: ChangeQuantity, view: View) -> Add | None:
    """An add of an ordered piece in other values: "and one more in black", the other is green."""
    target = edit.target
    told = (target.colour or target.size) and target.line is None and target.scope == "one"
    if not told or edit.by is None or edit.by < 1 or target.pointed == "other":
        return None
    last = view.line_of_variant(view.last_variant_id)
    ordered = [line.product_id for line in view.lines]
    meant = pieces_meant(target, view, among=[last.product_id]) if last else []
    meant = meant or (pieces_meant(target, view, among=ordered) if ordered else [])
    if len(meant) != 1:
        return None
    values = Values(colour=target.colour, size=target.size, quantity=edit.by)
    pin = Target(product_id=meant[0].product_id)
    return Add(evidence=edit.evidence, target=pin, values=values, another=True)


def _lines_to_split(lines: list[Line], edit: Split, view: View) -> list[Line]:
    """The lines a split may be of: in the colours said, of several units where there are such."""
    colours = [part.colour for part in edit.parts if part.colour]
    able = []
    for line in lines:
        piece = view.piece(line.product_id)
        if piece and all(shades_of(colour, piece.colours) for colour in colours):
            able.append(line)
    several = [line for line in able if line.quantity > 1]
    return several or able or lines


def _resolve_as_wish(edit: ChangeQuantity | Split, view: View, found: Resolution) -> None:
    """Adds a piece that is only looked at: "one in red and one in blue"."""
    if not pieces_meant(edit.target, view):
        found.unknown.append(NotFound(edit, of_order=True))
    elif isinstance(edit, ChangeQuantity):
        many = Values(quantity=edit.by if edit.by is not None else edit.times)
        _resolve_add(Add(target=edit.target, values=many), view, found)
    else:
        for part in edit.parts or (Values(),):
            _resolve_add(Add(target=edit.target, values=part), view, found)


def value_questions(questions: Sequence[Question]) -> list[Question]:
    """The open questions about wishes; no total is shown until they are settled."""
    return [
        q for q in questions if q.field in (*VALUE_ASKED, "which", "which_line") and q.completes
    ]
