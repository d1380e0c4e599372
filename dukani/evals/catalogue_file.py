"""Reads a catalogue file: one boutique's products with their stock."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator, model_validator

from dukani.agent.lexicon import canonical_category
from dukani.core.money import to_minor
from dukani.evals.files import parse, read_json
from dukani.sandbox.catalogue import demo_boutiques
from dukani.tools.catalogue import NewProduct

Units = Annotated[int, Field(ge=0)]


class Listed(BaseModel):
    """A product; `stock` is colour → size → units, `price` in whole currency units."""

    model_config = ConfigDict(frozen=True)

    sku: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=120)
    category: str = Field(min_length=1)
    pattern: str = "plain"
    embroidery: bool = False
    occasions: tuple[str, ...] = Field((), validation_alias=AliasChoices("occasion", "occasions"))
    price: int = Field(gt=0)
    stock: dict[str, dict[str, Units]] = Field(min_length=1)
    description: str = ""

    @field_validator("occasions", mode="before")
    @classmethod
    def _one_is_a_list(cls, occasions: Any) -> Any:
        return (occasions,) if isinstance(occasions, str) else occasions or ()

    def as_new_product(self, currency: str) -> NewProduct:
        """The product to add to the shop, with the file's own names of colours."""
        return NewProduct(
            sku=self.sku,
            name=self.name,
            category=canonical_category(self.category) or self.category.lower(),
            price_minor=to_minor(self.price, currency),
            stock={colour.lower(): sizes for colour, sizes in self.stock.items()},
            description=self.description,
            pattern=self.pattern.lower(),
            embroidery=self.embroidery,
            occasions=[occasion.lower() for occasion in self.occasions],
        )


class Catalogue(BaseModel):
    model_config = ConfigDict(frozen=True)

    currency: str = Field("KES", pattern=r"^[A-Z]{3}$")
    products: tuple[Listed, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _skus_differ(self) -> Catalogue:
        skus = [product.sku for product in self.products]
        twice = sorted({sku for sku in skus if skus.count(sku) > 1})
        if twice:
            raise ValueError(f"listed twice: {', '.join(twice)}")
        return self

    def find(self, sku: str) -> Listed | None:
        return next((product for product in self.products if product.sku == sku), None)


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a file. Raises BadEvalFile, naming the wrong field."""
    listed = read_json(path)
    if isinstance(listed, list):
        listed = {"products": listed}
    return parse(Catalogue, listed, str(path))


def demo_catalogue() -> Catalogue:
    """The first demo boutique's catalogue, for files without a catalogue of their own."""
    boutique = demo_boutiques()[0]
    listed = [product.model_dump() for product in boutique.products]
    return Catalogue.model_validate({"currency": boutique.currency, "products": listed})
