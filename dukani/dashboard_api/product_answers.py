"""What is said of a piece, and what may be sent: rows, the whole piece, a new one, changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dukani.core.database import Connection
from dukani.core.media_links import own_link
from dukani.core.picture_sizes import FOR_ROWS, srcset
from dukani.core.services import Services
from dukani.core.store import product_list
from dukani.core.store.product_list import ListedProduct, ShownProduct
from dukani.dashboard_api.bodies import Answer, Body, Price
from dukani.dashboard_api.versions import show_version
from dukani.domain.kinds import CATEGORIES
from dukani.tools import product_editing
from dukani.tools.catalogue import NewProduct


def _known_category(name: str) -> str:
    if name not in CATEGORIES:
        raise ValueError(f"Use one of {', '.join(CATEGORIES)}.")
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Sku = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Category = Annotated[
    str, AfterValidator(_known_category), Field(json_schema_extra={"enum": list(CATEGORIES)})
]
Colour = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=40)
]
Size = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12)]
Units = Annotated[int, Field(ge=0, le=100_000)]
Few = Annotated[int, Field(ge=0, le=1000)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class ProductRow(Answer):
    id: UUID
    sku: str
    name: str
    category: str
    price_minor: int
    active: bool
    variants: int
    available: int
    picture_url: str | None
    picture_srcset: str | None  # smaller, as an `img` takes them
    created_at: datetime

    @classmethod
    def of(cls, row: ListedProduct, services: Services) -> ProductRow:
        path = row.picture_path
        fields = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        fields["picture_url"] = own_link(services, path) if path else None
        fields["picture_srcset"] = srcset(services, path, FOR_ROWS) if path else None
        return cls(**fields)


class Variant(Answer):
    id: UUID
    colour: str
    size: str
    sku: str
    price_minor: int | None  # none: the product's
    on_hand: int
    reserved: int
    available: int
    low: bool  # few are left
    retired: bool  # not made any more


class Picture(Answer):
    id: UUID
    colour: str | None  # none: any
    url: str  # a JPEG
    srcset: str  # smaller ones in WebP, as an `img` takes them
    position: int  # the first is the cover


class Product(Answer):
    id: UUID
    sku: str
    name: str
    description: str
    category: str
    pattern: str
    embroidery: bool
    occasions: list[str]
    price_minor: int
    active: bool
    low_stock_at: int | None  # so few are low; none: the boutique's number
    created_at: datetime
    updated_at: datetime
    variants: list[Variant]
    pictures: list[Picture]


class NewPiece(Body):
    """A piece to put on sale; `stock` is colour → size → units."""

    sku: Sku | None = None  # none: one is made
    name: Name
    category: Category
    price_minor: Price
    stock: Annotated[
        dict[Colour, Annotated[dict[Size, Units], Field(min_length=1, max_length=40)]],
        Field(min_length=1, max_length=30),
    ]
    description: Description = ""
    pattern: Word = "plain"
    embroidery: bool = False
    occasions: Annotated[tuple[Word, ...], Field(max_length=12)] = ()

    def as_new_product(self) -> NewProduct:
        fields = self.model_dump(exclude={"sku"})
        return NewProduct(sku=self.sku or product_editing.new_sku(self.category), **fields)


class PieceCopy(Body):
    name: Name | None = None  # none: the next of the same name


class PieceChanges(Body):
    """Only what is sent is changed; `active` false archives the piece."""

    name: Name | None = None
    category: Category | None = None
    price_minor: Price | None = None
    description: Description | None = None
    pattern: Word | None = None
    embroidery: bool | None = None
    occasions: Annotated[list[Word], Field(max_length=12)] | None = None
    active: bool | None = None
    low_stock_at: Few | None = None  # null: the boutique's number

    @model_validator(mode="after")
    def _nothing_is_emptied(self) -> PieceChanges:
        may_be_empty = {"low_stock_at"}
        sent = self.model_fields_set - may_be_empty
        emptied = [name for name in sent if getattr(self, name) is None]
        if emptied:
            raise ValueError(f"{', '.join(sorted(emptied))}: send a value, or leave it out")
        return self

    def sent(self) -> Mapping[str, object]:
        return self.model_dump(exclude_unset=True)


async def shown(
    conn: Connection, services: Services, product: ShownProduct, response: Response
) -> Product:
    """The product with its variants and pictures; its version goes into the answer's ETag."""
    show_version(response, product.updated_at)
    pictures = await product_list.pictures(conn, product_id=product.id)
    own = [name for name in Product.model_fields if hasattr(product, name)]
    return Product(
        **{name: getattr(product, name) for name in own},
        variants=[
            Variant.model_validate(one)
            for one in await product_list.variants(conn, product_id=product.id)
        ],
        pictures=[
            Picture(
                id=UUID(one.id),
                colour=one.colour,
                url=own_link(services, one.path),
                srcset=srcset(services, one.path),
                position=one.position,
            )
            for one in pictures
        ],
    )
