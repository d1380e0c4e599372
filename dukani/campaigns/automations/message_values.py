"""The typed values that stand for a message's variables, of one customer and one thing. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.core.money import format_money
from dukani.domain.acts import Language

LEAST_PERCENT = 5  # a smaller reduction is told in money: "2% off" is no news


@dataclass(frozen=True, slots=True)
class Piece:
    """A product. `picture`: its path in the media store; `price_minor`: today's."""

    id: str
    name: str
    price_minor: int
    picture: str | None = None
    sku: str = ""


@dataclass(frozen=True, slots=True)
class Discount:
    """A price that came down, in minor units."""

    was_minor: int
    now_minor: int

    def __post_init__(self) -> None:
        if not 0 <= self.now_minor < self.was_minor:
            raise ValueError(f"no discount: it was {self.was_minor} and is {self.now_minor}")

    @property
    def percent(self) -> int:
        """Rounded down: nobody is promised more than it is."""
        return (self.was_minor - self.now_minor) * 100 // self.was_minor

    def text(self, currency: str) -> str:
        """`25%`, or what is saved if that is little."""
        if self.percent >= LEAST_PERCENT:
            return f"{self.percent}%"
        return format_money(self.was_minor - self.now_minor, currency)


@dataclass(frozen=True, slots=True)
class Values:
    """What is known when a message is written; None: it is not.

    `name`: her first name. `product`: the piece it is about, the first of a cart; `others`: how
    many more the cart or the order has. `total_minor`: of the cart or the order, at today's prices.
    `pieces`: ids of all products it is about.
    """

    shop: str
    currency: str
    language: Language
    name: str | None = field(default=None, repr=False)
    product: Piece | None = None
    others: int = 0
    price_minor: int | None = None
    discount: Discount | None = None
    total_minor: int | None = None
    pieces: tuple[str, ...] = ()

    @property
    def image(self) -> str | None:
        """The path of the picture."""
        return self.product.picture if self.product else None
