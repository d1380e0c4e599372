"""Kinds of clothes, by the names that products, eyes and the lexicon share."""

from __future__ import annotations

CATEGORIES = (
    "dress", "kaftan", "kanzu", "shirt", "t-shirt", "blouse", "top", "trousers", "jeans",
    "shorts", "skirt", "jacket", "coat", "sweater", "suit", "jumpsuit", "leso", "shoes",
    "hat", "bag", "scarf", "belt", "jewellery",
)  # fmt: skip
