"""The colours and sizes of a piece, and their stock, which moves by the ledger only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field, model_validator

from dukani.core.store import stock_history
from dukani.dashboard_api.access import AMember, AnActingMember, AnActingOwner, AnOwner, Member
from dukani.dashboard_api.bodies import Answer, Body, Price
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.product_answers import Colour, Product, Size, Units, shown
from dukani.dashboard_api.versions import IfMatch, require_version
from dukani.tools import variant_editing
from dukani.tools.product_editing import the_product
from dukani.tools.variant_editing import Reason

router = APIRouter(prefix="/boutiques/{boutique_id}/products/{product_id}", tags=["products"])


class NewVariant(Body):
    colour: Colour
    size: Size
    units: Units = 0
    price_minor: Price | None = None  # none: the product's


class NewVariants(Body):
    """Colours and sizes to add; `stock` is colour → size → units, and 0 is none yet."""

    stock: Annotated[
        dict[Colour, Annotated[dict[Size, Units], Field(min_length=1, max_length=40)]],
        Field(min_length=1, max_length=30),
    ]


class VariantChanges(Body):
    """Only what is sent is changed."""

    size: Size | None = None
    price_minor: Price | None = None  # null: the product's
    retired: bool | None = None  # true: it is not made any more

    @model_validator(mode="after")
    def _says_something(self) -> VariantChanges:
        emptied = self.model_fields_set - {"price_minor"}
        if not self.model_fields_set or any(getattr(self, name) is None for name in emptied):
            raise ValueError("Send a size, a price, or whether it is retired.")
        return self

    def sent(self) -> Mapping[str, object]:
        return self.model_dump(exclude_unset=True)


class ColourName(Body):
    name: Colour


class StockMovement(Body):
    """Units that came (more than 0) or went (less), and why."""

    delta: Annotated[int, Field(ge=-100_000, le=100_000)]
    reason: Reason


class StockMoved(Answer):
    """`moved_by`: assistant, system, or a member as `owner:<user id>`; none: it was not kept."""

    id: int
    at: datetime
    variant_id: UUID
    colour: str
    size: str
    delta: int
    reason: str
    moved_by: str | None
    by_message: bool  # the owner told the assistant
    order_number: str | None
    counter_sale_number: str | None


@router.post("/variants", status_code=201)
async def add_variant(
    owner: AnActingOwner,
    product_id: UUID,
    variant: NewVariant,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Product:
    async def add() -> Product:
        product = await the_product(owner.conn, product_id=str(product_id), lock=True)
        await variant_editing.add_variants(
            owner.conn,
            product,
            boutique_id=owner.boutique_id,
            units={variant.colour: {variant.size: variant.units}},
            price_minor=variant.price_minor,
        )
        return await _after(owner, product.id, response)

    return await once(owner, request, idempotency_key, add, Product)


@router.post("/variant-grid", status_code=201)
async def add_variants(
    owner: AnActingOwner,
    product_id: UUID,
    grid: NewVariants,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Product:
    """Add several colours and sizes at once: all, or none."""

    async def add() -> Product:
        product = await the_product(owner.conn, product_id=str(product_id), lock=True)
        await variant_editing.add_variants(
            owner.conn, product, boutique_id=owner.boutique_id, units=grid.stock
        )
        return await _after(owner, product.id, response)

    return await once(owner, request, idempotency_key, add, Product)


@router.patch("/variants/{variant_id}")
async def change_variant(
    owner: AnOwner,
    product_id: UUID,
    variant_id: UUID,
    changes: VariantChanges,
    response: Response,
    if_match: IfMatch = None,
) -> Product:
    """Change the size or its price, or retire it; If-Match is of the product."""
    product = await the_product(owner.conn, product_id=str(product_id), lock=True)
    variant = await variant_editing.the_variant(
        owner.conn, product_id=product.id, variant_id=str(variant_id)
    )
    require_version(if_match, product.updated_at)
    await variant_editing.change_variant(owner.conn, variant, changes.sent())
    return await _after(owner, product.id, response)


@router.patch("/colours/{colour}")
async def rename_colour(
    owner: AnOwner,
    product_id: UUID,
    colour: Annotated[str, Path(max_length=40)],
    called: ColourName,
    response: Response,
    if_match: IfMatch = None,
) -> Product:
    """Call a colour otherwise, in all its sizes and pictures; If-Match is of the product."""
    product = await the_product(owner.conn, product_id=str(product_id), lock=True)
    require_version(if_match, product.updated_at)
    await variant_editing.rename_colour(owner.conn, product, colour=colour, name=called.name)
    return await _after(owner, product.id, response)


@router.post("/variants/{variant_id}/stock-movements", status_code=201)
async def move_stock(
    member: AnActingMember,
    product_id: UUID,
    variant_id: UUID,
    movement: StockMovement,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Product:
    async def move() -> Product:
        variant = await variant_editing.the_variant(
            member.conn, product_id=str(product_id), variant_id=str(variant_id)
        )
        if movement.delta:
            await variant_editing.move_stock(
                member.conn, variant, boutique_id=member.boutique_id, **movement.model_dump()
            )
        return await _after(member, variant.product_id, response)

    return await once(member, request, idempotency_key, move, Product)


@router.get("/stock-movements")
async def list_stock_movements(
    member: AMember, product_id: UUID, asked: AskedPage
) -> Page[StockMoved]:
    """How the stock of the piece came and went, newest first."""
    await the_product(member.conn, product_id=str(product_id))
    rows = await stock_history.page(
        member.conn, product_id=str(product_id), after=asked.after(int), limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: row.key(), StockMoved.model_validate)


async def _after(member: Member, product_id: str, response: Response) -> Product:
    product = await the_product(member.conn, product_id=product_id)
    return await shown(member.conn, member.services, product, response)
