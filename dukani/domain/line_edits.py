"""Applies edits to one line of the draft order: values, quantity, removal, substitution, split.

An edit that cannot be done leaves the lines as they were and adds a refusal or a question.
"""

from __future__ import annotations

from dukani.core.store.products import Variant
from dukani.domain.acts import ChangeQuantity, Edit, Remove, Set, Split, Substitute, Values
from dukani.domain.draft import Amounts, Draft, Held
from dukani.domain.open_wishes import cannot_have, settled, tell_open, tell_open_part
from dukani.domain.sizes import ONE_SIZE
from dukani.domain.telling import Applied, below_zero, not_in_order, not_sold
from dukani.domain.wanted import Settled
from dukani.domain.whose import HER_OWN, Whose, id_of, together


def set_values(draft: Draft, result: Applied, edit: Set) -> None:
    line_id, held = _line_of(draft, result, edit)
    if held is None:
        return
    values = edit.values
    if _raises_for(edit, held):
        _raise(draft, result, line_id, held, edit)
        return
    if edit.for_whom is not None:
        _give(draft, result, line_id, edit)
        if values.says_nothing:
            return
    if values.quantity == 0:
        result.tell_removed(draft.take_out(line_id))
        return
    amount = values.quantity if values.quantity is not None else held.quantity
    old = _sold(draft, result, line_id)
    if old is None:
        return
    variant: Variant | None = old
    if values != Values(quantity=values.quantity):
        variant = tell_open(result, settled(draft, old.product_id, over_line(old, values)), edit)
    if variant is not None:
        _exchange(draft, result, line_id, variant, amount, edit)


def _raises_for(edit: Set, held: Held) -> bool:
    """Whether units are added for somebody: "make it two, the other is for my sister"."""
    amount = edit.values.quantity
    only_counts = edit.values == Values(quantity=amount)
    return edit.for_whom is not None and only_counts and (amount or 0) > held.quantity


def _raise(draft: Draft, result: Applied, line_id: str, held: Held, edit: Set) -> None:
    """More of the line; the units that were there stay whose they were."""
    amount = edit.values.quantity or held.quantity
    old = _sold(draft, result, line_id)
    if old is not None:
        whose = _with_more(held, amount, edit.for_whom, edit.for_units)
        _exchange(draft, result, line_id, old, amount, edit, whose)


def _give(draft: Draft, result: Applied, line_id: str, edit: Set) -> None:
    """Says whose the line is; with values besides, only their outcome is told."""
    before = draft.line_at(line_id)
    whose, there = edit.for_whom or HER_OWN, before.quantity
    some = edit.for_units if edit.for_units and edit.for_units < there else None
    held = Whose.of(before)
    draft.give_to(line_id, held.giving(some, of=there, to=whose) if some else whose)
    if edit.values.says_nothing:
        result.tell_put(draft.line_of(before.variant_id), before=before)


def change_quantity(draft: Draft, result: Applied, edit: ChangeQuantity) -> None:
    line_id, held = _line_of(draft, result, edit)
    if held is None:
        return
    times = 1 if edit.times is None else edit.times
    amount = held.quantity * times + (edit.by or 0)
    if amount == 0:
        result.tell_removed(draft.take_out(line_id))
        return
    variant = _sold(draft, result, line_id)
    if variant is not None:
        _exchange(
            draft, result, line_id, variant, amount, edit, _with_more(held, amount, edit.for_whom)
        )


def _with_more(
    held: Held, amount: int, for_whom: Whose | None, units: int | None = None
) -> Whose | None:
    """Whose a line is with the units that are added for somebody; None: as it was.

    `units`: so many of those added are for the person: "make it three, one for my sister".
    """
    added = amount - held.quantity
    if for_whom is None or added <= 0:
        return None
    theirs = min(units or added, added)
    more = [(HER_OWN if held.whose.shares else held.whose, added - theirs), (for_whom, theirs)]
    return together([(held.whose, held.quantity), *(part for part in more if part[1])])


def remove(draft: Draft, result: Applied, edit: Remove) -> None:
    """Takes `quantity` units out, or the whole line where none or too many are said."""
    line_id, held = _line_of(draft, result, edit)
    if held is None:
        return
    before = draft.line_at(line_id)
    if edit.quantity is None or edit.quantity >= held.quantity:
        result.tell_removed(draft.take_out(line_id))
    elif edit.quantity < 1:
        result.changes.append(below_zero(before.name, edit.quantity))
    else:
        whose = held.whose.without(edit.units_of, edit.quantity) if edit.units_of else None
        draft.exchange(line_id, held.variant_id, held.quantity - edit.quantity, whose)
        result.tell_put(draft.line_of(held.variant_id), before=before)


def substitute(draft: Draft, result: Applied, edit: Substitute) -> None:
    """Replaces a line by another piece; the line stays until the new variant is settled."""
    line_id, held = _line_of(draft, result, edit)
    if held is None:
        return
    if edit.values.quantity == 0:
        result.tell_removed(draft.take_out(line_id))
        return
    values = _values_carried_over(draft, draft.line_at(line_id).size, held, edit)
    waiting = edit.model_copy(update={"values": values})
    variant = tell_open(result, settled(draft, edit.piece.product_id or "", values), waiting)
    if variant is not None:
        amount = values.quantity if values.quantity is not None else held.quantity
        _exchange(draft, result, line_id, variant, amount, waiting)


def split(draft: Draft, result: Applied, edit: Split) -> None:
    """Gives units of a line another colour or size; units not spoken of stay as they were."""
    line_id, held = _line_of(draft, result, edit)
    if held is None:
        return
    old = _sold(draft, result, line_id)
    if old is None:
        return
    found = [settled(draft, old.product_id, over_line(old, part)) for part in edit.parts]
    open_part = next((i for i, one in enumerate(found) if one.variant is None), None)
    if open_part is not None:
        tell_open_part(result, found[open_part], edit, part=open_part)
        return
    wrong = next((part.quantity for part in edit.parts if (part.quantity or 1) < 0), None)
    if wrong is not None:
        result.changes.append(below_zero(old.name, wrong))
        return
    wanted = _split_amounts(edit, found, old, held.quantity)
    for id_, amount in wanted.items():
        variant, whole = draft.variants[id_], amount + draft.of_variant(id_, besides=line_id)
        if cannot_have(draft, result, variant, asked=amount, together=whole, edit=edit):
            return
    _spread(draft, result, line_id, wanted, _whose_parts(edit, wanted, old, held))


# ── the line ────────────────────────────────────────────────────────────────

_LineEdit = Set | ChangeQuantity | Remove | Substitute | Split


def _line_of(draft: Draft, result: Applied, edit: _LineEdit) -> tuple[str, Held | None]:
    """The target line's id and content; a missing line is refused, except for a second "remove"."""
    line_id = edit.target.variant_id or ""
    held = draft.at(line_id)
    twice = isinstance(edit, Remove) and result.was_removed(line_id)
    if held is None and not twice:
        result.changes.append(not_in_order(draft.snapshot.get(line_id)))
    return line_id, held


def _sold(draft: Draft, result: Applied, line_id: str) -> Variant | None:
    """The variant of a line; refused where the shop no longer sells it."""
    line = draft.line_at(line_id)
    variant = draft.variants.get(line.variant_id)
    if variant is None:
        result.changes.append(not_sold(line))
    return variant


def _exchange(
    draft: Draft,
    result: Applied,
    line_id: str,
    variant: Variant,
    amount: int,
    edit: Edit,
    whose: Whose | None = None,
) -> None:
    """Puts `amount` of the variant in the line's place, or refuses where stock is short."""
    whole = amount + draft.of_variant(variant.id, besides=line_id)
    if cannot_have(draft, result, variant, asked=amount, together=whole, edit=edit):
        return
    before = draft.line_at(line_id)
    draft.exchange(line_id, variant.id, amount, whose)
    result.tell_put(draft.line_of(variant.id), before=before)


def over_line(old: Variant, values: Values) -> Values:
    """The line's present values under the ones said; an excluded colour or size becomes open."""
    kept: dict[str, str] = {}
    if values.colour is None and values.exclude_colour != old.colour:
        kept["colour"] = old.colour
    if values.size is None and values.age is None and values.exclude_size != old.size:
        kept["size"] = old.size
    return values.model_copy(update=kept)


def _values_carried_over(draft: Draft, size: str, held: Held, edit: Substitute) -> Values:
    """The values for the new piece, with the old line's size and colour where it has them."""
    others = draft.of_product(edit.piece.product_id)
    old = draft.variants.get(held.variant_id)
    values, kept = edit.values, dict[str, str]()
    unsaid = values.size is None and values.age is None and values.exclude_size != size
    if unsaid and size != ONE_SIZE and any(other.size == size for other in others):
        kept["size"] = size
    same = old is not None and old.product_id == edit.piece.product_id
    if old is not None and same and values.colour is None and values.exclude_colour != old.colour:
        kept["colour"] = old.colour
    return values.model_copy(update=kept)


# ── parts ───────────────────────────────────────────────────────────────────


def _split_amounts(edit: Split, found: list[Settled], old: Variant, there: int) -> Amounts:
    """The quantity of each variant after a split; units not spoken of keep the old variant."""
    wanted: Amounts = {}
    for part, one in zip(edit.parts, found, strict=True):
        assert one.variant is not None  # the caller returns on open parts
        amount = 1 if part.quantity is None else part.quantity
        if amount:
            wanted[one.variant.id] = wanted.get(one.variant.id, 0) + amount
    told = sum(wanted.values())
    if set(wanted) == {old.id}:
        return wanted  # all parts are as the line is already: "make the 36B ones two"
    if told < there:
        wanted = {old.id: wanted.get(old.id, 0) + there - told, **_without(wanted, old.id)}
    return wanted


def _whose_parts(edit: Split, wanted: Amounts, old: Variant, held: Held) -> dict[str, Whose] | None:
    """Whose each part is, where the units that get other values are said to be a person's."""
    theirs = edit.units_of if held.whose.shares else None
    theirs = theirs or edit.for_whom
    if theirs is None:
        return None
    moved = sum(_without(wanted, old.id).values())
    has = any(id_of(share.worn_by) == id_of(theirs.worn_by) for share in held.whose.shares)
    left = held.whose.without(theirs if has else HER_OWN, moved).has(held.quantity - moved)
    if left.for_several and not left.shares and held.quantity - moved == 1:
        left = HER_OWN  # one unit is nobody's but one person's
    return {id_: left if id_ == old.id else theirs for id_ in wanted}


def _without(amounts: Amounts, variant_id: str) -> Amounts:
    return {id_: amount for id_, amount in amounts.items() if id_ != variant_id}


def _spread(
    draft: Draft,
    result: Applied,
    line_id: str,
    wanted: Amounts,
    whose: dict[str, Whose] | None,
) -> None:
    before = draft.line_at(line_id)
    draft.spread(line_id, wanted, whose)
    for variant_id in wanted:
        line = draft.line_of(variant_id)
        result.tell_put(line, before=before)
    if len(wanted) > 1:
        result.last_variant_id = None  # after a split no single line is the antecedent of "it"
