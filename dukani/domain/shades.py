"""Which of a piece's colours is meant by a colour said."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.colours import COLOURS, SHADES, families_of, similar_colours

# What shops call colours that eyes and lexicon file under another name: nearest shade of it.
# Used to offer one, never to take one for another.
_CALLED = {
    "emerald": "green", "sage": "green", "army": "olive", "jungle": "green", "forest": "green",
    "nude": "beige", "champagne": "cream", "caramel": "tan", "cognac": "tan", "mocha": "brown",
    "wine": "burgundy", "oxblood": "burgundy", "crimson": "red", "coral": "peach",
    "rose": "pink", "fuchsia": "pink", "violet": "purple", "aqua": "turquoise",
    "indigo": "navy", "ash": "grey", "gray": "grey", "copper": "rust", "amber": "mustard",
}  # fmt: skip
# What is this colour by another name: an emerald gown is a green one.
_KINDS = {
    "green": ("emerald", "sage", "jungle", "forest"), "purple": ("violet",), "pink": ("fuchsia",),
    "grey": ("ash", "gray"),
}  # fmt: skip
_SHADES = {shade.name: shade.colour for shade in SHADES}


def shades_of(said: str, colours: Sequence[str]) -> tuple[str, ...]:
    """The colours that bear the name said: itself, else "army green" for green. Never another."""
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
    return tuple(more or [c for c in colours if _plain(c) in _KINDS.get(plain, ())])


def _says_more_of(words: set[str], colour: str) -> bool:
    """ "Navy blue" is navy; "sky blue" is not blue: the words left over only tell the family."""
    own = set(_plain(colour).split())
    rest = words - own
    return bool(own) and own <= words and rest <= set(families_of(canonical(colour)))


def called(colour: str) -> tuple[str, ...]:
    """What shops call pieces of this colour besides: emerald, sage … for green."""
    return tuple(name for name, its in _CALLED.items() if its == colour)


def nearest_shade(said: str, colours: Sequence[str]) -> str | None:
    """The colour nearest to one that is not there; None when none comes near."""
    shade = canonical(said)
    known = [(c, canonical(c)) for c in colours if c != said]
    for near in similar_colours(shade):
        for colour, its in known:
            if its == near:
                return colour
    return None


def canonical(colour: str) -> str:
    """The canonical colour of a shop's own name for one, told by its last word if by no other."""
    plain = _plain(colour)
    if plain in COLOURS:
        return plain
    words = plain.split()
    for name in (plain, *words[:1], *words[-1:]):
        found = _SHADES.get(name) or _CALLED.get(name)
        if found is not None:
            return found
    return words[-1] if words and words[-1] in COLOURS else plain


def _plain(colour: str) -> str:
    return " ".join(colour.lower().split())
