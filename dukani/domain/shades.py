"""Matches a colour said with the colours a piece is sold in, and finds the nearest shade."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.colours import COLOURS, SHADES, families_of, similar_colours

# Shops' colour names → the nearest colour of the lexicon. Used to offer a shade, never to equate.
_NEAREST = {
    "emerald": "green", "sage": "green", "army": "olive", "jungle": "green", "forest": "green",
    "nude": "beige", "champagne": "cream", "caramel": "tan", "cognac": "tan", "mocha": "brown",
    "wine": "burgundy", "oxblood": "burgundy", "crimson": "red", "coral": "peach",
    "rose": "pink", "fuchsia": "pink", "violet": "purple", "aqua": "turquoise",
    "indigo": "navy", "ash": "grey", "gray": "grey", "copper": "rust", "amber": "mustard",
}  # fmt: skip
# Colours and the shop names that count as the same colour: an emerald gown is green.
_SAME_COLOUR = {
    "green": ("emerald", "sage", "jungle", "forest"), "purple": ("violet",), "pink": ("fuchsia",),
    "grey": ("ash", "gray"),
}  # fmt: skip
_SHADES = {shade.name: shade.colour for shade in SHADES}


def shades_of(said: str, colours: Sequence[str]) -> tuple[str, ...]:
    """The colours that have the name said: the same, else compounds ("army green" for green)."""
    if said in colours:
        return (said,)
    plain = _plain(said)
    same = [c for c in colours if _plain(c) == plain]
    if same:
        return tuple(same)
    words = set(plain.split())
    if not words:
        return ()
    holding = [c for c in colours if words <= set(_plain(c).split())]
    more = holding or [c for c in colours if _says_more_of(words, c)]
    return tuple(more or [c for c in colours if _plain(c) in _SAME_COLOUR.get(plain, ())])


def _says_more_of(words: set[str], colour: str) -> bool:
    """Whether the words said add only a colour family: "navy blue" is navy."""
    own = set(_plain(colour).split())
    rest = words - own
    return bool(own) and own <= words and rest <= set(families_of(canonical(colour)))


def called(colour: str) -> tuple[str, ...]:
    """Other names shops have for this colour: emerald, sage … for green."""
    return tuple(name for name, nearest in _NEAREST.items() if nearest == colour)


def nearest_shade(said: str, colours: Sequence[str]) -> str | None:
    """The available colour nearest to one that is not; None when none is near."""
    shade = canonical(said)
    known = [(c, canonical(c)) for c in colours if c != said]
    for near in similar_colours(shade):
        for colour, shade_of_colour in known:
            if shade_of_colour == near:
                return colour
    return None


def canonical(colour: str) -> str:
    """The canonical colour for a shop's own name, by the whole name, its first or last word."""
    plain = _plain(colour)
    if plain in COLOURS:
        return plain
    words = plain.split()
    for name in (plain, *words[:1], *words[-1:]):
        found = _SHADES.get(name) or _NEAREST.get(name)
        if found is not None:
            return found
    return words[-1] if words and words[-1] in COLOURS else plain


def _plain(colour: str) -> str:
    return " ".join(colour.lower().split())
