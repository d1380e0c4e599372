"""Defines products as they are sold, searched for, shown and ordered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from dukani.core.store.wearers import WornBy
from dukani.domain.sizes import sizes_for_age


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Share(Frozen):
    """The units of a line that are one person's; None: the customer's own."""

    worn_by: WornBy | None = None
    units: int

    def less(self, units: int) -> Share:
        return Share(worn_by=self.worn_by, units=self.units - units)


class Line(Frozen):
    """A line of the cart or of an order; the unit price is in minor units."""

    number: int = Field(description="1-based position")
    name: str
    colour: str
    size: str
    quantity: int
    unit_price_minor: int
    variant_id: str = ""
    product_id: str = ""
    sku: str = Field("", description="the product's")
    category: str = ""
    worn_by: WornBy | None = Field(None, description="None: the customer's own, or for several")
    for_several: bool = Field(False, description="units of it are for more than one person")
    shares: tuple[Share, ...] = Field(
        (), description="how many are whose, where they are for several and that is known"
    )

    @property
    def total_minor(self) -> int:
        return self.quantity * self.unit_price_minor


class LeftOut(Line):
    """A line, or some units of it, as it was when it left the order."""

    replaced_by: str | None = Field(None, description="variant id of the line put in its place")


def sizes_worn_at(age: int, lines: Iterable[Line]) -> tuple[str, ...]:
    """The sizes of the lines that fit a child of `age` years."""
    fitting = (line.size for line in lines if sizes_for_age(age, (line.size,), line))
    return tuple(dict.fromkeys(fitting))


class Option(Frozen):
    """A numbered piece of a list as shown."""

    number: int
    product_id: str
    sku: str = ""
    name: str
    category: str = ""
    colour: str | None = None  # the colour searched for or pictured; None: any of `colours`
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()  # sizes in stock in that colour, or in any
    price_minor: int
    image_path: str | None = None
    age: int | None = None  # years of the child the search was for
    size: str | None = None  # the size the search was for, one of `sizes`
    # Colour and size of each in stock, where no colour was said and not each comes in all sizes.
    variants: tuple[tuple[str, str], ...] = ()


class Wish(Frozen):
    """Search criteria in canonical words; None: not said."""

    category: str | None = None
    colour: str | None = None
    exclude_colour: str | None = None
    size: str | None = None
    budget_min_minor: int | None = None
    budget_max_minor: int | None = None
    occasion: str | None = None
    pattern: str | None = None
    embroidery: bool | None = None
    name: str | None = None  # words of a piece's name
    words: str | None = None  # other words that may describe the piece: heels, wrap


class SoldPiece(Frozen):
    """A product of the boutique, with all its colours and sizes, sold-out ones too."""

    product_id: str
    sku: str
    name: str
    category: str
    pattern: str = "plain"
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()  # colour and size of each; none: not known
    price_minor: int = 0

    def sizes_in(self, colours: Collection[str]) -> tuple[str, ...]:
        """The sizes it is made in, in any of these colours."""
        if not self.variants:
            return self.sizes
        made = {size for colour, size in self.variants if colour in colours}
        return tuple(size for size in self.sizes if size in made)


class Assortment(Frozen):
    """The vocabulary of a boutique's catalogue: names, categories, colours and sizes as filed."""

    pieces: tuple[SoldPiece, ...] = ()
    names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    # What customers of this shop call a thing → what it is called here; the longest first.
    synonyms: tuple[tuple[str, str], ...] = ()

    # Cached, because every message needs these and the assortment outlives many messages.

    @cached_property
    def patterns(self) -> frozenset[str]:
        return frozenset(piece.pattern for piece in self.pieces)

    @cached_property
    def kinds_of_names(self) -> tuple[tuple[str, str], ...]:
        """(name in small letters, category) of each piece."""
        return tuple((piece.name.lower(), piece.category) for piece in self.pieces)

    @cached_property
    def colours_of_kinds(self) -> frozenset[tuple[str, str]]:
        """(category, colour) of every variant, sold-out ones too."""
        return frozenset((p.category, colour) for p in self.pieces for colour in p.colours)

    @cached_property
    def names_of_kinds(self) -> Mapping[str, tuple[str, ...]]:
        """The names of each category's pieces."""
        names: dict[str, list[str]] = {}
        for piece in self.pieces:
            names.setdefault(piece.category, []).append(piece.name)
        return {category: tuple(named) for category, named in names.items()}

    def sizes_for_age(self, age: int) -> tuple[str, ...]:
        """The sizes, of any piece here, that fit a child of `age` years."""
        fitting = (size for p in self.pieces for size in sizes_for_age(age, p.sizes, p))
        return tuple(dict.fromkeys((*sizes_for_age(age, self.sizes), *fitting)))


class Focus(Frozen):
    """The piece under discussion; a value of None is still open."""

    product_id: str
    sku: str = ""
    name: str = ""
    category: str = ""
    colour: str | None = None
    size: str | None = None
    quantity: int | None = None
    asked_size: str | None = Field(
        None, description="the size asked for and not had in that colour"
    )
