"""What a piece must be for a wish said and a photo shown, from the letter to the sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.facts import Wish
from dukani.core.colours import similar_colours
from dukani.core.store.search import Criteria
from dukani.domain.shades import called

SURE = 0.6  # the eye's confidence from which its category is taken as said

# What a word covers when the boutique has nothing under its own name.
RELATED: dict[str, tuple[str, ...]] = {
    "top": ("blouse", "shirt", "t-shirt", "sweater"),
    "blouse": ("top", "shirt"),
    "shirt": ("blouse", "top"),
    "sweater": ("top", "jacket"),
    "trousers": ("jeans",),
    "jeans": ("trousers",),
    "jacket": ("coat", "sweater"),
    "coat": ("jacket",),
    "kaftan": ("dress",),
    "scarf": ("leso",),
    "leso": ("scarf",),
}

# The local eye tells ten kinds apart; a kaftan is to it a dress or a top.
_MAY_BE: dict[str, tuple[str, ...]] = {
    "dress": ("dress", "kaftan", "jumpsuit"),
    "shirt": ("shirt", "blouse", "kanzu"),
    "top": ("top", "sweater", "blouse", "kaftan", "shirt"),
    "jacket": ("jacket", "coat", "suit"),
    "trousers": ("trousers", "jeans"),
    "skirt": ("skirt", "leso"),
}

_LOOKS_LIKE = {
    "patterned": ("ankara", "kitenge", "floral", "dotted", "graphic", "lace", "embroidered"),
}


def criteria_of(wish: Wish, analysis: PhotoAnalysis | None, exclude: Sequence[str]) -> Criteria:
    """What a piece must be: what was said, else the kind of piece that was shown."""
    return Criteria(
        categories=(wish.category,) if wish.category else _categories_seen(analysis),
        colours=(wish.colour,) if wish.colour else (),
        exclude_colours=colour_family(wish.exclude_colour),
        size=wish.size,
        price_min_minor=wish.budget_min_minor,
        price_max_minor=wish.budget_max_minor,
        occasion=wish.occasion,
        pattern=wish.pattern,
        embroidery=wish.embroidery,
        exclude_products=exclude,
    )


def _categories_seen(analysis: PhotoAnalysis | None) -> tuple[str, ...]:
    """What a photo may show: one kind of piece when the eye is sure, else its likeliest."""
    if analysis is None:
        return ()
    likely = (
        analysis.category,
        *(() if analysis.confidence >= SURE else analysis.alternatives[:2]),
    )
    return tuple(dict.fromkeys(kind for seen in likely for kind in _MAY_BE.get(seen, (seen,))))


def patterns_seen(analysis: PhotoAnalysis | None) -> tuple[str, ...]:
    """The catalogue's patterns that look like what the eye can tell apart."""
    if analysis is None or analysis.pattern in (None, "plain"):
        return ()
    return _LOOKS_LIKE.get(str(analysis.pattern), (str(analysis.pattern),))


def colour_family(colour: str | None) -> tuple[str, ...]:
    """The colours that may pass for this one."""
    return similar_colours(colour) if colour else ()


def colours_seen(wish: Wish, analysis: PhotoAnalysis | None) -> tuple[str, ...]:
    """The colours of a photo, none when she said which she wants."""
    if analysis is None or wish.colour:
        return ()
    return tuple(
        dict.fromkeys((*((analysis.colour,) if analysis.colour else ()), *analysis.colours))
    )


def readings(criteria: Criteria) -> Iterable[Criteria]:
    """Readings of the same wish, from the letter to the sense."""
    yield criteria
    near_colours: tuple[str, ...] = ()
    if criteria.colours:
        near_colours = (*colour_family(criteria.colours[0]), *called(criteria.colours[0]))
    if len(near_colours) > 1:
        yield replace(criteria, colours=near_colours)
    related = [other for kind in criteria.categories for other in RELATED.get(kind, ())]
    if related:
        yield replace(criteria, categories=related, colours=near_colours)
