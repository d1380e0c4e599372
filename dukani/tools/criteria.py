"""Derives search criteria from a wish and a photo's analysis, from strict to relaxed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.facts import Wish
from dukani.agent.lexicon import occasion_names
from dukani.core.colours import similar_colours
from dukani.core.store.search import Criteria
from dukani.domain.shades import called

SURE = 0.6  # the eye's confidence from which its category counts

# Categories searched instead when the boutique has no piece of the category asked for.
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
    "tights": ("leggings", "trousers"),
}

# The local eye knows ten categories only: it sees a kaftan as a dress or a top.
_MAY_BE: dict[str, tuple[str, ...]] = {
    "dress": ("dress", "kaftan", "jumpsuit"),
    "shirt": ("shirt", "blouse", "kanzu"),
    "top": ("top", "sweater", "blouse", "kaftan", "shirt"),
    "jacket": ("jacket", "coat", "suit"),
    "trousers": ("trousers", "jeans"),
    "skirt": ("skirt", "leso"),
}

# The eye's pattern → the catalogue's patterns that look like it.
_LOOKS_LIKE = {
    "patterned": ("ankara", "kitenge", "floral", "dotted", "graphic", "lace", "embroidered"),
}


def criteria_of(wish: Wish, analysis: PhotoAnalysis | None, exclude: Sequence[str]) -> Criteria:
    """The criteria of a wish; without a category in the wish, the photo's."""
    return Criteria(
        categories=(wish.category,) if wish.category else _categories_seen(analysis),
        colours=(wish.colour,) if wish.colour else (),
        exclude_colours=colour_family(wish.exclude_colour),
        size=wish.size,
        price_min_minor=wish.budget_min_minor,
        price_max_minor=wish.budget_max_minor,
        occasions=(wish.occasion,) if wish.occasion else (),
        pattern=wish.pattern,
        embroidery=wish.embroidery,
        exclude_products=exclude,
    )


def _categories_seen(analysis: PhotoAnalysis | None) -> tuple[str, ...]:
    """The categories a photo may show: the eye's one if it is sure, else the likeliest three."""
    if analysis is None:
        return ()
    likely = (
        analysis.category,
        *(() if analysis.confidence >= SURE else analysis.alternatives[:2]),
    )
    return tuple(dict.fromkeys(kind for seen in likely for kind in _MAY_BE.get(seen, (seen,))))


def patterns_seen(analysis: PhotoAnalysis | None) -> tuple[str, ...]:
    """The catalogue's patterns that look like the pattern the eye saw."""
    if analysis is None or analysis.pattern in (None, "plain"):
        return ()
    return _LOOKS_LIKE.get(str(analysis.pattern), (str(analysis.pattern),))


def colour_family(colour: str | None) -> tuple[str, ...]:
    """The colours similar enough to pass for this one, itself included."""
    return similar_colours(colour) if colour else ()


def colours_seen(wish: Wish, analysis: PhotoAnalysis | None) -> tuple[str, ...]:
    """The colours of a photo, the main one first; none if the wish names a colour."""
    if analysis is None or wish.colour:
        return ()
    return tuple(
        dict.fromkeys((*((analysis.colour,) if analysis.colour else ()), *analysis.colours))
    )


def readings(criteria: Criteria) -> Iterable[Criteria]:
    """The criteria as they are, then with fewer and fewer of them taken literally.

    First the occasion by its other names, as a shop may file "sports" where customers say gym, then
    similar colours, then related categories.
    """
    yield criteria
    other_names = [name for said in criteria.occasions for name in occasion_names(said)]
    if other_names:
        criteria = replace(criteria, occasions=(*criteria.occasions, *other_names))
        yield criteria
    near_colours: tuple[str, ...] = ()
    if criteria.colours:
        near_colours = (*colour_family(criteria.colours[0]), *called(criteria.colours[0]))
    if len(near_colours) > 1:
        yield replace(criteria, colours=near_colours)
    related = [other for kind in criteria.categories for other in RELATED.get(kind, ())]
    if related:
        yield replace(criteria, categories=related, colours=near_colours)
