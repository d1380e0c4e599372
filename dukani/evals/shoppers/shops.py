"""Generates shops of eight to twenty pieces from a seed.

Names contain colours, numbers, places and Swahili words and are similar to one another; sizes are
of the kind's system; some variants are sold out, and some nearly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import Any

from rapidfuzz import fuzz

from dukani.evals.catalogue_file import Listed
from dukani.tools.catalogue import NewProduct

ONE = "ONE"
PLENTY = 500  # stock of variants to buy: the shoppers of one shop never take the last
SCARCE = 2  # stock of variants that shoppers ask for in vain
DEAREST_UNITS = 30_000  # keeps every order below the limit of one M-Pesa prompt

_GOODS = Path(__file__).parent / "goods.toml"
_ALIKE = 80.0  # rapidfuzz ratio from which two words may be confused


@dataclass(frozen=True, slots=True)
class Variant:
    """A piece in a colour and size, in the shop's names."""

    sku: str
    colour: str
    size: str


@dataclass(frozen=True)
class Product:
    """A piece of the shop; `kind` is a shopper's word for it, `category` the shop's.

    `label` is the name without the kind: "Blue Nile" of "Blue Nile Dress".
    """

    sku: str
    name: str
    label: str
    kind: str
    price_units: int
    stock: Mapping[str, Mapping[str, int]] = field(hash=False)

    @property
    def colours(self) -> tuple[str, ...]:
        return tuple(self.stock)

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(size for sizes in self.stock.values() for size in sizes))

    @property
    def one_size(self) -> bool:
        return self.sizes == (ONE,)

    def variants(self, least: int = 1, most: int = PLENTY) -> list[Variant]:
        """The variants with `least` to `most` in stock."""
        return [
            Variant(self.sku, colour, size)
            for colour, sizes in self.stock.items()
            for size, units in sizes.items()
            if least <= units <= most
        ]

    @property
    def wanted(self) -> list[Variant]:
        """The variants that a shopper may buy: those with plenty in stock."""
        return self.variants(least=PLENTY)

    @cached_property
    def filed(self) -> NewProduct:
        """The product as a catalogue file would add it to the shop."""
        listed = Listed.model_validate(
            {
                "sku": self.sku,
                "name": self.name,
                "category": _kinds()[self.kind]["category"],
                "price": self.price_units,
                "stock": {colour: dict(sizes) for colour, sizes in self.stock.items()},
            }
        )
        return listed.as_new_product("KES")

    @property
    def category(self) -> str:
        return self.filed.category

    def filed_colour(self, colour: str) -> str:
        """The shop's own name of a colour."""
        return dict(zip(self.stock, self.filed.stock, strict=True))[colour]


@dataclass(frozen=True)
class Shop:
    """A generated shop, reproduced by `number` and `seed`."""

    seed: int
    number: int
    currency: str
    products: tuple[Product, ...]

    def product(self, sku: str) -> Product:
        return next(product for product in self.products if product.sku == sku)

    def stock_of(self, variant: Variant) -> int:
        return self.product(variant.sku).stock.get(variant.colour, {}).get(variant.size, 0)

    def filed(self, variant: Variant) -> Variant:
        """The variant in the shop's own names."""
        product = self.product(variant.sku)
        return Variant(variant.sku, product.filed_colour(variant.colour), variant.size)

    def short_names(self, product: Product) -> list[str]:
        """Short names of the product: words that no other product's name has."""
        noun = product.name.split()[-1]
        before = product.name.split()[:-1]
        takes = [product.label, f"{product.label} {product.kind}"]
        if product.name.startswith(product.label):
            takes.append(" ".join(before))
            if len(before) > len(product.label.split()):
                takes.append(f"{before[-1]} {noun}")
        shorter = dict.fromkeys(take for take in takes if take and take != product.name)
        return [short for short in shorter if self._tells(short, product)]

    def _tells(self, short: str, product: Product) -> bool:
        """Whether `short` has a word that is no number, and fits no other product's name."""
        words = [word for word in _words(short) if word not in _LITTLE]
        own = all(word in _words(product.name) for word in words)
        named = any(word.isalpha() and word != product.kind for word in words)
        others = (other for other in self.products if other.sku != product.sku)
        return own and named and not any(_may_be(words, other) for other in others)


_LITTLE = frozenset(("ya", "za", "cha"))


def generate(seed: int, number: int) -> Shop:
    """The shop with this number among those of a seed; deterministic."""
    rng = Random(f"{seed}/shop/{number}")
    currency = rng.choice(("KES", "KES", "KES", "TZS", "UGX"))
    factor = int(_goods()["currencies"][currency])
    count = rng.randint(8, 20)
    products: list[Product] = []
    for kind, label, name in _named(rng, count):
        sku = f"{kind[:3].upper()}-{len(products) + 1:02d}"
        products.append(_product(rng, Named(sku, name, label, kind), factor))
    return Shop(seed, number, currency, tuple(products))


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a piece, before its colours, sizes and price."""

    sku: str
    name: str
    label: str
    kind: str


def _named(rng: Random, count: int) -> Iterator[tuple[str, str, str]]:
    """Kinds, labels and names, no name twice; some kinds repeat, and their names share words."""
    kinds = _kinds()
    chosen = rng.sample(sorted(kinds), k=min(len(kinds), max(5, count * 2 // 3)))
    chosen += rng.choices(chosen, k=count - len(chosen))
    labels = {part: rng.sample(words, k=4) for part, words in _goods()["parts"].items()}
    taken: set[str] = set()
    for kind in chosen:
        made = _names(kinds[kind]["names"], labels)
        free = [(label, name) for label, name in made if name not in taken]
        if not free:
            continue
        wanted = rng.choice(free)
        differ = [one for one in (wanted, *free) if not _sounds_like_one(one[1], taken)]
        label, name = next(iter(differ), wanted)
        taken.add(name)
        yield kind, label, name


def _sounds_like_one(name: str, taken: set[str]) -> bool:
    """Whether a taken name has the same words: "Kikoi cha Lamu" and "Lamu Kikoi"."""
    telling = set(_words(name)) - _LITTLE
    return any(telling == set(_words(other)) - _LITTLE for other in taken)


def _names(patterns: Sequence[str], labels: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Every label in every pattern that fits it."""
    return [
        (label, pattern.format(**{part: label}))
        for pattern in patterns
        for part, words in labels.items()
        if f"{{{part}}}" in pattern
        for label in words
    ]


def _product(rng: Random, named: Named, factor: int) -> Product:
    described = _kinds()[named.kind]
    colours = _colours(rng)
    sizes = _sizes(rng, rng.choice(described["sizes"]))
    low, high = described["price"]
    price = min(rng.randrange(low, high, 50) * factor, DEAREST_UNITS)
    stock = {colour: _stocked(rng, sizes) for colour in colours}
    if not any(PLENTY in of.values() for of in stock.values()):
        stock[colours[0]] = dict.fromkeys(sizes, PLENTY)
    return Product(named.sku, named.name, named.label, named.kind, price, stock)


def _colours(rng: Random) -> list[str]:
    """One to five colours, none of which is part of another, as "green" of "army green"."""
    pool = rng.sample(_goods()["colours"]["plain"], k=8) + rng.sample(_goods()["colours"]["own"], 3)
    rng.shuffle(pool)
    chosen: list[str] = []
    for colour in pool:
        if not any(_overlap(colour, other) for other in chosen):
            chosen.append(colour)
    return chosen[: rng.choice((1, 2, 3, 3, 4, 5))]


def _overlap(one: str, other: str) -> bool:
    """Whether two colours may be taken for one, or share a word."""
    alike = ({"green", "emerald"}, {"maroon", "wine"}, {"beige", "nude", "cream"}, {"blue", "navy"})
    return bool(set(one.split()) & set(other.split())) or any({one, other} <= s for s in alike)


def _sizes(rng: Random, system: str) -> list[str]:
    """Three or more consecutive sizes of the system, or its only one."""
    sizes: list[str] = _goods()["sizes"][system]
    if len(sizes) == 1:
        return sizes
    length = rng.randint(3, len(sizes))
    start = rng.randint(0, len(sizes) - length)
    return sizes[start : start + length]


def _stocked(rng: Random, sizes: Sequence[str]) -> dict[str, int]:
    return {size: rng.choices((PLENTY, 0, SCARCE), weights=(82, 11, 7))[0] for size in sizes}


def _words(text: str) -> list[str]:
    return [word for word in text.lower().replace("-", " ").split() if word]


def _may_be(telling: Sequence[str], other: Product) -> bool:
    there = _words(other.name)
    return all(any(_alike(word, name) for name in there) for word in telling)


def _alike(word: str, other: str) -> bool:
    return word == other or fuzz.ratio(word, other) >= _ALIKE or word in other


def colour_words() -> list[str]:
    """Every colour a generated shop may have."""
    colours = _goods()["colours"]
    return [*colours["plain"], *colours["own"]]


def kind_names() -> list[str]:
    """Every kind of piece a generated shop may sell."""
    return sorted(_kinds())


def _kinds() -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = _goods()["kinds"]
    return kinds


@cache
def _goods() -> dict[str, Any]:
    return tomllib.loads(_GOODS.read_text(encoding="utf-8"))
