"""Reads the two demo boutiques and their products from `catalogue.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from dukani.core.colours import COLOURS
from dukani.domain.kinds import CATEGORIES
from dukani.domain.opening_hours import read_week, written
from dukani.sandbox.drawing.garments import draw_garment
from dukani.sandbox.drawing.scene import Scene
from dukani.tools.zone_entries import ZoneEntry, require_distinct

Units = Annotated[int, Field(ge=0)]
SizeStock = dict[str, Units]


class PictureSpec(BaseModel):
    """The drawing of one colour of a product; deterministic."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: str
    colour: str
    fabric: str
    cut: str | None
    seed: int

    def draw(self, *, size: int = 768, scene: Scene = "studio") -> bytes:
        """The picture as a JPEG, `size` pixels square."""
        return draw_garment(
            self.category,
            self.colour,
            self.fabric,
            seed=self.seed,
            size=size,
            scene=scene,
            cut=self.cut,
        )


class DemoProduct(BaseModel):
    """One product of a demo boutique, with its stock by colour and size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sku: str = Field(min_length=3, max_length=20)
    name: str
    description: str
    category: str
    pattern: str
    embroidery: bool = False
    occasions: tuple[str, ...]
    price: int = Field(gt=0, description="whole currency units")
    stock: dict[str, SizeStock] = Field(min_length=1)
    seed: int
    cut: str | None = None
    fabric: str | None = None

    @field_validator("category")
    @classmethod
    def _known_category(cls, category: str) -> str:
        if category not in CATEGORIES:
            raise ValueError(f"{category!r} is none of {', '.join(CATEGORIES)}")
        return category

    @field_validator("stock")
    @classmethod
    def _known_colours(cls, stock: dict[str, SizeStock]) -> dict[str, SizeStock]:
        unknown = set(stock) - set(COLOURS)
        if unknown:
            raise ValueError(f"no colour of a shop: {', '.join(sorted(unknown))}")
        return stock

    @property
    def pictures(self) -> dict[str, PictureSpec]:
        """A picture for every colour."""
        plain = "embroidered" if self.embroidery else "plain"
        fabric = self.fabric or (plain if self.pattern == "plain" else self.pattern)
        return {
            colour: PictureSpec(
                category=self.category, colour=colour, fabric=fabric, cut=self.cut, seed=self.seed
            )
            for colour in self.stock
        }


class DemoBoutique(BaseModel):
    """A demo boutique: its owner, its delivery and its products."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    name: str
    city: str
    location: str
    owner_name: str
    owner_phone: str = Field(pattern=r"^\+254\d{9}$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    hours: str | dict[str, str]  # a text, or by weekday
    delivery: str | dict[str, str]
    returns: str | dict[str, str]
    returns_days: int | None = None
    pay_on_delivery: bool | None = None
    gift_wrap: bool | None = None
    holds_days: int | None = None
    welcome: str
    zones: tuple[ZoneEntry, ...] = Field((), alias="zone")
    products: tuple[DemoProduct, ...] = Field(alias="product")

    @field_validator("hours", mode="before")
    @classmethod
    def _by_weekday(cls, hours: Any) -> Any:
        return written(read_week(hours)) if isinstance(hours, dict) else hours

    @field_validator("zones")
    @classmethod
    def _told_apart(cls, zones: tuple[ZoneEntry, ...]) -> tuple[ZoneEntry, ...]:
        require_distinct(zones)
        return zones


@cache
def demo_boutiques() -> tuple[DemoBoutique, ...]:
    """Zuri Boutique of Nairobi and Pwani Styles of Mombasa."""
    text = files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    return tuple(DemoBoutique.model_validate(shop) for shop in tomllib.loads(text)["boutique"])
