"""Names colours, sizes and categories in English and Swahili."""

from __future__ import annotations

from collections.abc import Iterable

from dukani.agent.wording.concord import NOUNS, plain_colour
from dukani.agent.wording.markup import clean
from dukani.domain.acts import Language

ONE_SIZE = "ONE"

# Category → (singular with article, plural).
_ENGLISH = {
    "dress": ("a dress", "dresses"),
    "kaftan": ("a kaftan", "kaftans"),
    "kanzu": ("a kanzu", "kanzus"),
    "shirt": ("a shirt", "shirts"),
    "t-shirt": ("a t-shirt", "t-shirts"),
    "blouse": ("a blouse", "blouses"),
    "top": ("a top", "tops"),
    "trousers": ("trousers", "trousers"),
    "jeans": ("jeans", "jeans"),
    "shorts": ("shorts", "shorts"),
    "skirt": ("a skirt", "skirts"),
    "jacket": ("a jacket", "jackets"),
    "coat": ("a coat", "coats"),
    "sweater": ("a sweater", "sweaters"),
    "suit": ("a suit", "suits"),
    "jumpsuit": ("a jumpsuit", "jumpsuits"),
    "leso": ("a leso", "lesos"),
    "shoes": ("shoes", "shoes"),
    "hat": ("a hat", "hats"),
    "bag": ("a bag", "bags"),
    "scarf": ("a scarf", "scarves"),
    "belt": ("a belt", "belts"),
    "jewellery": ("jewellery", "jewellery"),
}


def takes_article(category: str) -> bool:
    """Whether the English noun takes "a"; false for plural-only nouns (trousers, shoes)."""
    one, many = _ENGLISH.get(category, ("a", ""))
    return one != many


def category_name(category: str, language: Language) -> str:
    """The category in the singular: `dress`, `gauni`."""
    if language == "sw" and category in NOUNS:
        return NOUNS[category].one
    return clean(category)


def categories_named(categories: Iterable[str], language: Language) -> list[str]:
    """The categories in the plural: `dresses`, `magauni`."""
    return [_many(category, language) for category in categories]


def _many(category: str, language: Language) -> str:
    if language == "sw" and category in NOUNS:
        return NOUNS[category].many
    if category in _ENGLISH:
        return _ENGLISH[category][1]
    return clean(category)


def colour_name(colour: str, language: Language) -> str:
    """The colour by itself: `red`, `nyekundu`."""
    return clean(plain_colour(colour) if language == "sw" else colour)


def colours_named(colours: Iterable[str], language: Language) -> list[str]:
    """The colours, each by itself."""
    return [colour_name(colour, language) for colour in colours]


def size_name(size: str, language: Language) -> str:
    """The size by itself: `M`, `38`, and for a piece of one size `one size`, `saizi moja`."""
    if size.upper() != ONE_SIZE:
        return clean(size, limit=12)
    return "saizi moja" if language == "sw" else "one size"


def sizes_named(sizes: Iterable[str], language: Language) -> list[str]:
    """The sizes, each by itself."""
    return [size_name(size, language) for size in sizes]


def size_phrase(size: str, language: Language) -> str:
    """The size in a sentence: `size M`, `saizi M`, `one size`."""
    name = size_name(size, language)
    if size.upper() == ONE_SIZE:
        return name
    return f"saizi {name}" if language == "sw" else f"size {name}"


def variant_phrase(colour: str | None, size: str | None, language: Language) -> str:
    """Colour and size after a name: `blue, size M`, `bluu, saizi M`."""
    parts = [
        colour_name(colour, language) if colour else "",
        size_phrase(size, language) if size else "",
    ]
    return ", ".join(part for part in parts if part)


def choice_name(choice: str, language: Language) -> str:
    """A choice of any kind (colour, category, size, other words) as a customer would say it."""
    if choice.upper() == ONE_SIZE:
        return size_name(choice, language)
    if language == "sw" and choice in NOUNS:
        return NOUNS[choice].one
    return colour_name(choice, language)
