"""Fills the slots of a wanted piece from the words and from the dialogue context."""

from __future__ import annotations

from dukani.domain.acts import Add, Target, Values
from dukani.domain.naming import spells
from dukani.domain.pieces import Focus, SoldPiece
from dukani.domain.shades import shades_of
from dukani.domain.sizes import size_said, sizes_for_age
from dukani.domain.view import View


def pinned_add(edit: Add, piece: SoldPiece, view: View) -> Add:
    """The add pinned to the piece, with values known from the search, the focus or the order."""
    values = with_described(edit.values, edit.target, piece)
    if view.focus is not None and view.focus.product_id == piece.product_id:
        values = _with_searched(_with_focused(values, piece, view), piece, view)
    elif view.choosing and piece.product_id in {o.product_id for o in view.newest}:
        values = _with_searched(values, piece, view)
    elif piece.product_id in {o.product_id for o in view.newest}:
        values = _with_child_sought(values, piece, view)
    values = _with_earlier_line(edit, values, piece, view)
    values = _with_removed_line(edit, values, piece, view)
    values = _with_size_worn(edit, values, piece, view)
    pin = Target(product_id=piece.product_id)
    return edit.model_copy(update={"target": pin, "values": values})


def with_described(values: Values, target: Target, piece: SoldPiece) -> Values:
    """The values and those that described the piece; a colour that is part of the name is none."""
    kept: dict[str, object] = {}
    if values.colour is None and target.colour and not _is_name_only(target.colour, target, piece):
        kept["colour"] = target.colour
    elif values.colour and _is_name_only(values.colour, target, piece):
        kept["colour"] = None
    if values.size is None and target.size is not None:
        kept["size"] = target.size
    return values.model_copy(update=kept)


def _is_name_only(colour: str, target: Target, piece: SoldPiece) -> bool:
    if shades_of(colour, piece.colours) or not spells(colour, piece.name):
        return False
    return target.name is None or not spells(colour, target.name)


def _with_searched(values: Values, piece: SoldPiece, view: View) -> Values:
    """Values from the search, where the piece has them: "cargo pants in 34", then "the first"."""
    wished, kept = view.wished, dict[str, object]()
    sought = _size_shown_for(piece, view) or wished.size
    if values.size is None and values.age is None and sought:
        size = size_said(sought, piece.sizes)
        kept |= {"size": size} if size else {}
    age = _age_shown_for(piece, view) or wished.age
    if values.size is None and values.age is None and age is not None:
        kept |= {"age": age} if sizes_for_age(age, piece.sizes, piece) else {}
    if values.colour is None:
        kept |= _shade_shown(piece, view, wished.colour)
    if values.quantity is None and wished.quantity:
        kept["quantity"] = wished.quantity
    return values.model_copy(update=_without_unwanted(kept, values))


def _with_child_sought(values: Values, piece: SoldPiece, view: View) -> Values:
    """The child's age, where a second piece is taken from a list shown for one child."""
    age = _age_shown_for(piece, view)
    if values.size is not None or values.age is not None or age is None:
        return values
    fits = bool(sizes_for_age(age, piece.sizes, piece))
    return values.model_copy(update={"age": age}) if fits else values


def _age_shown_for(piece: SoldPiece, view: View) -> int | None:
    """The child's age the piece was shown for; None for several ages."""
    ages = {option.age for option in view.newest if option.product_id == piece.product_id}
    return ages.pop() if len(ages) == 1 else None


def _size_shown_for(piece: SoldPiece, view: View) -> str | None:
    """The size the piece was searched for, where it was shown; the last search was of another."""
    sizes = {option.size for option in view.newest if option.product_id == piece.product_id}
    return sizes.pop() if len(sizes) == 1 else None


def _shade_shown(piece: SoldPiece, view: View, wished: str | None) -> dict[str, object]:
    """The colour searched for, else the colour the piece was shown in, if it is one shade."""
    shown = next((o for o in view.newest if o.product_id == piece.product_id), None)
    colour = wished or (shown.colour if shown else None)
    shades = shades_of(colour, piece.colours) if colour else ()
    return {"colour": shades[0]} if len(shades) == 1 else {}


def _with_focused(values: Values, piece: SoldPiece, view: View) -> Values:
    assert view.focus is not None  # only called with one
    size = view.focus.size or _size_asked_for(values, piece, view.focus)
    known = {
        "colour": view.focus.colour,
        "size": None if values.age is not None else size,
        "quantity": view.focus.quantity,
    }
    kept: dict[str, object] = {
        k: v for k, v in known.items() if v is not None and getattr(values, k) is None
    }
    return values.model_copy(update=_without_unwanted(kept, values))


def _size_asked_for(values: Values, piece: SoldPiece, focus: Focus) -> str | None:
    """The size that another colour was not there in: "black 34?", sold out, "beige then"."""
    if values.colour in (None, focus.colour) or focus.asked_size is None:
        return None
    made = piece.sizes_in(shades_of(values.colour, piece.colours))
    return size_said(focus.asked_size, made)


def _with_earlier_line(edit: Add, values: Values, piece: SoldPiece, view: View) -> Values:
    """Values from an earlier line of the piece, for "another one in black"."""
    there = view.lines or view.bought
    same = [line for line in there if line.product_id == piece.product_id]
    if not edit.another or not same or (view.focus and view.focus.product_id == piece.product_id):
        return values
    line = next((li for li in same if li.variant_id == view.last_variant_id), same[-1])
    unsized = values.size is None and values.age is None
    kept: dict[str, object] = {}
    if unsized and values.colour is not None:
        kept["size"] = line.size
    elif values.colour is None and not unsized and len({x.colour for x in same}) == 1:
        kept["colour"] = line.colour
    elif values.colour is None and unsized and len(same) == 1:
        kept |= {"colour": line.colour, "size": line.size}
    return values.model_copy(update=_without_unwanted(kept, values))


def _with_removed_line(edit: Add, values: Values, piece: SoldPiece, view: View) -> Values:
    """Values of the line the last change took out, for "put the dress back"."""
    went = [line for line in view.gone if line.product_id == piece.product_id]
    if edit.another or view.lines_of(piece) or values.age is not None:
        return values
    if len(went) != 1:
        return _as_it_was(values, piece, view)
    kept: dict[str, object] = {}
    if values.colour is None and values.size in (None, went[0].size):
        kept["colour"] = went[0].colour
    if values.size is None and values.colour in (None, went[0].colour):
        kept["size"] = went[0].size
    if values.quantity is None and len(kept) == 2:
        kept["quantity"] = went[0].quantity
    return values.model_copy(update=_without_unwanted(kept, values))


def _as_it_was(values: Values, piece: SoldPiece, view: View) -> Values:
    """The colour a piece had that left the order earlier, where its size is told: "but in 43"."""
    had = [went.colour for went in view.left_out if went.product_id == piece.product_id]
    if not had or values.colour is not None or values.size is None:
        return values
    made = size_said(values.size, piece.sizes_in((had[0],)))
    unwanted = values.exclude_colour == had[0] or made is None
    return values if unwanted else values.model_copy(update={"colour": had[0]})


def _with_size_worn(edit: Add, values: Values, piece: SoldPiece, view: View) -> Values:
    """The size told of the person it is for, where the piece has it: "my dad wears 43"."""
    if values.size is not None or values.age is not None or values.exclude_size is not None:
        return values
    whose = edit.for_whom
    if whose is None:
        of = [worn for worn in view.worn if worn.who in ("mine", "theirs")]
    else:
        who = whose.worn_by.id if whose.worn_by else "mine"
        of = [worn for worn in view.worn if worn.who == who and not whose.for_several]
    told = [worn for worn in of if worn.category in (None, piece.category)]
    size = size_said(told[-1].size, piece.sizes) if told else None
    return values.model_copy(update={"size": size}) if size else values


def _without_unwanted(kept: dict[str, object], values: Values) -> dict[str, object]:
    """The carried-over values, without those the words exclude ("not the black one")."""
    unwanted = {"colour": values.exclude_colour, "size": values.exclude_size}
    return {k: v for k, v in kept.items() if unwanted.get(k) is None or unwanted[k] != v}
