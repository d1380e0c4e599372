"""Settles a wanted piece on a variant, or finds the missing value or a refusal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from dukani.core.store.products import Variant
from dukani.domain.acts import Values
from dukani.domain.changes import Change, Offer
from dukani.domain.said_values import (
    ReadValue,
    colours_of,
    in_stock,
    read_colour,
    read_size,
    sizes_of,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    product_id: str
    values: Values


@dataclass(frozen=True, slots=True)
class Settled:
    """The settled `variant`; or the `missing` value to ask for, from `choices`."""

    product_id: str
    name: str = ""
    variant: Variant | None = None
    values: Values = field(default_factory=Values)  # in the shop's own colours and sizes
    missing: Literal["colour", "size"] | None = None
    choices: tuple[str, ...] = ()
    refusal: Change | None = None
    offer: Offer | None = None


def settle(wanted: Wanted, variants: Sequence[Variant]) -> Settled:
    """The variant meant, or the missing value. A piece no longer sold is a refusal."""
    if not variants:
        gone = Change(what="refused", reason="not_found", name="")
        return Settled(wanted.product_id, refusal=gone)
    colour = read_colour(wanted.values, variants)
    size = read_size(wanted.values, variants, colour.value)
    said = _understood(wanted.values, colour, size)
    if colour.refusal is not None or size.refusal is not None:
        return _refused(wanted, variants, said, colour, size)
    if colour.value is None and not in_stock(variants):
        return _sold_out_in(wanted, variants, said)
    if colour.value is None:
        stocked = colours_of(v for v in in_stock(variants) if size.value in (None, v.size))
        choices = colour.choices or stocked or colours_of(variants)
        if len(choices) > 1 or choices[0] == wanted.values.exclude_colour:
            return _asking(wanted, variants, said, "colour", choices)
        said = said.model_copy(update={"colour": choices[0]})
        size = read_size(wanted.values, variants, choices[0])
    if size.value is None:
        choices = size.choices or sizes_of(in_stock(variants), said.colour)
        if not choices:  # every size is sold out in this colour
            return _sold_out_in(wanted, variants, said)
        return _asking(wanted, variants, said, "size", choices)
    said = said.model_copy(update={"size": size.value, "age": None})
    variant = next((v for v in variants if v.colour == said.colour and v.size == said.size), None)
    if variant is None:
        return _never_together(wanted, variants, said)
    return Settled(wanted.product_id, variant.name, variant, said)


def _understood(values: Values, colour: ReadValue, size: ReadValue) -> Values:
    """The values in the shop's words; an ambiguous word stays as said."""
    known: dict[str, object] = {}
    if colour.value is not None or colour.refusal is not None:
        known["colour"] = colour.value
    if size.value is not None:
        known |= {"size": size.value, "age": None}
    elif size.refusal is not None and colour.refusal is None:
        known |= {"size": None, "age": None}
    return values.model_copy(update=known)


def _refused(
    wanted: Wanted, variants: Sequence[Variant], said: Values, colour: ReadValue, size: ReadValue
) -> Settled:
    """The refusal of a colour or a size, which is asked for again; the other value is kept."""
    wrong = colour if colour.refusal is not None else size
    kept = said
    if colour.offer is not None and size.refusal is None:
        kept = said.model_copy(update={"colour": colour.offer.nearest})
    return Settled(
        product_id=wanted.product_id,
        name=variants[0].name,
        values=kept,
        missing="colour" if wrong is colour else "size",
        choices=wrong.choices,
        refusal=wrong.refusal,
        offer=colour.offer if size.refusal is None else None,
    )


def _asking(
    wanted: Wanted,
    variants: Sequence[Variant],
    said: Values,
    missing: Literal["colour", "size"],
    choices: tuple[str, ...],
) -> Settled:
    return Settled(
        product_id=wanted.product_id,
        name=variants[0].name,
        values=said,
        missing=missing,
        choices=choices,
    )


def _sold_out_in(wanted: Wanted, variants: Sequence[Variant], said: Values) -> Settled:
    """The refusal of a colour sold out in every size; another colour is asked for, if there is."""
    colours = colours_of(in_stock(variants))
    refusal = Change(
        what="refused",
        reason="out_of_stock",
        name=variants[0].name,
        colour=said.colour,
        choices=colours,
    )
    return Settled(
        product_id=wanted.product_id,
        name=variants[0].name,
        values=said.model_copy(update={"colour": None}),
        missing="colour" if colours else None,
        choices=colours,
        refusal=refusal,
    )


def _never_together(wanted: Wanted, variants: Sequence[Variant], said: Values) -> Settled:
    """The refusal of a size and colour that no variant combines."""
    sizes = sizes_of(in_stock(variants), said.colour)
    colours = colours_of(v for v in in_stock(variants) if v.size == said.size)
    missing: Literal["colour", "size"] = "size" if sizes else "colour"
    refusal = Change(
        what="refused",
        reason="out_of_stock",
        name=variants[0].name,
        colour=said.colour,
        size=said.size,
        choices=sizes or colours,
    )
    return Settled(
        product_id=wanted.product_id,
        name=variants[0].name,
        values=said.model_copy(update={missing: None}),
        missing=missing if sizes or colours else None,
        choices=sizes or colours,
        refusal=refusal,
    )
