"""Applies resolved edits to the draft order, one after another, each by itself. Pure.

An edit that cannot be done leaves the order as it is and gives the reason; an edit that lacks a
value becomes an open question. Nothing is done that the customer did not say: another colour is
offered, not taken, and fewer units than wanted are not put in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.core.store.products import Variant
from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Clear,
    Edit,
    Remove,
    Set,
    Split,
    Substitute,
    Undo,
)
from dukani.domain.bounds import MOST_OF_ONE
from dukani.domain.changes import Change
from dukani.domain.draft import Draft
from dukani.domain.line_edits import change_quantity, remove, set_values, split, substitute
from dukani.domain.moot_wishes import without_moot
from dukani.domain.open_wishes import cannot_have, settled, tell_open
from dukani.domain.pieces import Line
from dukani.domain.telling import Applied
from dukani.domain.undoing import undo
from dukani.domain.whose import HER_OWN, Whose, together

__all__ = ["MOST_OF_ONE", "Applied", "apply"]


def apply(
    lines: Sequence[Line],
    edits: Sequence[Edit],
    variants: Sequence[Variant],
    *,
    before: Sequence[tuple[str, int]] | None = None,
    last_variant_id: str | None = None,
    whose_before: Mapping[str, Whose] | None = None,
) -> Applied:
    """The draft order with the edits applied; every edit leaves a change or a question.

    `variants` are all variants of the products concerned; `before` are the lines an undo restores,
    as (variant id, quantity), and `whose_before` tells by variant id whose they were.
    """
    draft = Draft(lines, variants, whose_before=whose_before)
    result = Applied(lines=tuple(lines), last_variant_id=last_variant_id)
    for edit in edits:
        _apply_one(draft, result, edit, before)
        before = None if isinstance(edit, Undo) else before
    result.lines = draft.lines()
    result.questions = without_moot(result.questions, result.changes, result.lines)
    if result.last_variant_id not in draft.amounts():
        result.last_variant_id = None
    return result


def _apply_one(
    draft: Draft, result: Applied, edit: Edit, before: Sequence[tuple[str, int]] | None
) -> None:
    match edit:
        case Add():
            _add(draft, result, _as_it_was_removed(draft, edit, before or ()))
        case Set():
            set_values(draft, result, edit)
        case ChangeQuantity():
            change_quantity(draft, result, edit)
        case Remove():
            remove(draft, result, edit)
        case Substitute():
            substitute(draft, result, edit)
        case Split():
            split(draft, result, edit)
        case Clear():
            _clear(draft, result)
        case Undo():
            undo(draft, result, before)


def _as_it_was_removed(draft: Draft, edit: Add, before: Sequence[tuple[str, int]]) -> Add:
    """ "Put the tie back too": adds the piece in the colour and size of the line last removed."""
    values = edit.values
    there = draft.amounts()
    gone = [
        draft.variants[id_]
        for id_, _ in before
        if id_ not in there
        and id_ in draft.variants
        and draft.variants[id_].product_id == edit.target.product_id
        and values.colour in (None, draft.variants[id_].colour)
        and values.size in (None, draft.variants[id_].size)
    ]
    if len(gone) != 1 or values.age is not None:
        return edit
    told = {"colour": gone[0].colour, "size": gone[0].size}
    return edit.model_copy(update={"values": values.model_copy(update=told)})


def _add(draft: Draft, result: Applied, edit: Add) -> None:
    """Adds `quantity` units if `another`; else sets the quantity, so that a repeat adds nothing."""
    variant = tell_open(result, settled(draft, edit.target.product_id or "", edit.values), edit)
    if variant is None:
        return
    wanted, there = edit.values.quantity, draft.of_variant(variant.id)
    if there and not edit.another and wanted is None:
        _say_again(draft, result, variant, edit)
        return
    asked = 1 if wanted is None else wanted
    amount = there + asked if edit.another else asked
    if cannot_have(draft, result, variant, asked=asked, together=amount, edit=edit):
        return
    before = draft.line_of(variant.id) if there else None
    draft.put(variant.id, amount, _whose(draft, variant.id, edit))
    result.tell_put(draft.line_of(variant.id), before=before)


def _say_again(draft: Draft, result: Applied, variant: Variant, edit: Add) -> None:
    """Keeps the line as it is, but for whose it is, where that was said."""
    if edit.for_whom is None or edit.for_whom == draft.whose(variant.id):
        result.tell_kept(draft.line_of(variant.id))
        return
    before = draft.line_of(variant.id)
    draft.put(variant.id, before.quantity, edit.for_whom)
    result.tell_put(draft.line_of(variant.id), before=before)


def _whose(draft: Draft, variant_id: str, edit: Add) -> Whose:
    """Whose the line is with this add: units added for another person make it several people's."""
    said = edit.for_whom or HER_OWN
    if not draft.of_variant(variant_id):
        return said
    there, asked = draft.of_variant(variant_id), edit.values.quantity or 1
    if edit.another:
        return together([(draft.whose(variant_id), there), (said, asked)])
    return edit.for_whom or draft.whose(variant_id)


def _clear(draft: Draft, result: Applied) -> None:
    amounts = draft.amounts()
    if not amounts:
        result.changes.append(Change(what="refused", reason="not_in_order"))
    for variant_id in amounts:
        result.tell_removed(draft.line_of(variant_id))
    draft.restore({})
