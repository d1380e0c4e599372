"""Lists colours and sizes of a product's variants, and picks the variant a customer means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dukani.core.colours import similar_colours
from dukani.core.store.products import Variant
from dukani.domain.shades import called
from dukani.domain.sizes import size_key as size_key


def in_stock(variants: Iterable[Variant]) -> list[Variant]:
    return [variant for variant in variants if variant.available > 0]


def colours_of(variants: Iterable[Variant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variant.colour for variant in variants))


def sizes_of(variants: Iterable[Variant], *, colour: str | None = None) -> tuple[str, ...]:
    """Sizes from small to large, of one colour or of all."""
    sizes = {v.size for v in variants if colour is None or v.colour == colour}
    return tuple(sorted(sizes, key=size_key))


def other_sizes(
    variants: Iterable[Variant], *, colour: str | None, size: str | None
) -> tuple[str, ...]:
    """The other sizes in stock in that colour, or in any colour if it is None."""
    return tuple(s for s in sizes_of(in_stock(variants), colour=colour) if s != size)


def other_colours(
    variants: Iterable[Variant], *, colour: str | None, size: str | None
) -> tuple[str, ...]:
    """The other colours in stock in that size, or in any size if it is None."""
    fitting = (v for v in in_stock(variants) if size in (None, v.size))
    return tuple(c for c in colours_of(fitting) if c != colour)


def matching_colour(colour: str | None, colours: Sequence[str]) -> str | None:
    """The colour of `colours` a customer means by `colour`: the same, else a similar one."""
    if colour is None or colour in colours:
        return colour
    near = [other for other in (*similar_colours(colour), *called(colour)) if other in colours]
    return near[0] if near else None


def pick(variants: Sequence[Variant], *, colour: str | None, size: str | None) -> Variant | None:
    """The variant of exactly this colour and size; one-size pieces fit any size asked."""
    for variant in variants:
        if variant.colour == colour and variant.size in (size, "ONE"):
            return variant
    return None
