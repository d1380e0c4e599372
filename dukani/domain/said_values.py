"""Matches the colour and size said with those a piece is sold in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dukani.core.store.products import Variant
from dukani.domain.acts import Values
from dukani.domain.changes import Change, Offer
from dukani.domain.shades import nearest_shade, shades_of
from dukani.domain.sizes import ONE_SIZE, age_said, size_key, size_said, sizes_for_age


@dataclass(frozen=True, slots=True)
class ReadValue:
    """The match of a word with a piece's colours or sizes."""

    value: str | None = None
    choices: tuple[str, ...] = ()  # several possible matches
    refusal: Change | None = None
    offer: Offer | None = None


def read_colour(values: Values, variants: Sequence[Variant]) -> ReadValue:
    colours = colours_of(variants)
    if values.colour is None and colours == (values.exclude_colour,):
        return ReadValue(choices=colours)  # the only colour is excluded: show it, do not take it
    if values.colour is None and len(colours) == 1:
        return ReadValue(colours[0])
    if values.colour is None:
        rest = tuple(c for c in colours_of(in_stock(variants)) if c != values.exclude_colour)
        return ReadValue(choices=rest if values.exclude_colour else ())
    meant = shades_of(values.colour, colours)
    if len(meant) == 1:
        return ReadValue(meant[0])
    if meant:
        return ReadValue(choices=meant)
    return _other_colour(values, variants)


def _other_colour(values: Values, variants: Sequence[Variant]) -> ReadValue:
    """The refusal of a colour the piece lacks, with its colours and an offer of the nearest."""
    assert values.colour is not None  # only called with one
    stocked = colours_of(in_stock(variants)) or colours_of(variants)
    nearest = nearest_shade(values.colour, stocked)
    refusal = Change(
        what="refused",
        reason="no_such_colour",
        name=variants[0].name,
        colour=values.colour,
        choices=stocked,
        nearest=nearest,
    )
    offer = None
    if nearest is not None:
        offer = Offer(
            name=variants[0].name,
            wanted=values.colour,
            nearest=nearest,
            size=values.size,
            price_minor=_price(variants, nearest),
        )
    return ReadValue(choices=stocked, refusal=refusal, offer=offer)


def read_size(values: Values, variants: Sequence[Variant], colour: str | None) -> ReadValue:
    sizes = sizes_of(variants, None)
    if sizes == (ONE_SIZE,):
        return ReadValue(ONE_SIZE)
    if values.size is not None:
        meant = size_said(values.size, sizes)
        age = age_said(values.size, sizes, variants[0])
        if meant is None and age is not None:
            return _for_age(age, variants, colour)
        return ReadValue(meant) if meant else _no_such_size(values.size, variants, colour)
    if values.age is not None:
        return _for_age(values.age, variants, colour)
    if values.exclude_size is not None:
        unwanted = size_said(values.exclude_size, sizes)
        return ReadValue(
            choices=tuple(s for s in sizes_of(in_stock(variants), colour) if s != unwanted)
        )
    return ReadValue()


def _for_age(age: int, variants: Sequence[Variant], colour: str | None) -> ReadValue:
    """The size for an age; of two that overlap the one in stock, else both as choices."""
    sizes = sizes_of(variants, colour) or sizes_of(variants, None)
    fitting = sizes_for_age(age, sizes, variants[0])
    stocked = tuple(s for s in fitting if s in sizes_of(in_stock(variants), colour))
    if len(stocked or fitting) == 1:
        return ReadValue((stocked or fitting)[0])
    if fitting:
        return ReadValue(choices=stocked or fitting)
    return _no_such_size(str(age), variants, colour)


def _no_such_size(said: str, variants: Sequence[Variant], colour: str | None) -> ReadValue:
    stocked = (
        sizes_of(in_stock(variants), colour)
        or sizes_of(variants, colour)
        or sizes_of(variants, None)
    )
    refusal = Change(
        what="refused",
        reason="no_such_size",
        name=variants[0].name,
        colour=colour,
        size=said,
        choices=stocked,
    )
    return ReadValue(choices=stocked, refusal=refusal)


def in_stock(variants: Iterable[Variant]) -> list[Variant]:
    return [variant for variant in variants if variant.available > 0]


def colours_of(variants: Iterable[Variant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variant.colour for variant in variants))


def sizes_of(variants: Iterable[Variant], colour: str | None) -> tuple[str, ...]:
    sizes = {v.size for v in variants if colour in (None, v.colour)}
    return tuple(sorted(sizes, key=size_key))


def _price(variants: Sequence[Variant], colour: str) -> int:
    return min(v.price_minor for v in variants if v.colour == colour)
