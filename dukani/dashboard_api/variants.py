"""The colours and sizes of a piece, and their stock, which moves by the ledger only."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import Field

from dukani.core.store import product_edits
from dukani.dashboard_api.access import AnActingMember, AnActingOwner, AnOwner, Member
from dukani.dashboard_api.bodies import Body, Price
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.products import Colour, Product, Size, Units, shown
from dukani.dashboard_api.versions import IfMatch, require_version
from dukani.tools import product_editing
from dukani.tools.product_editing import Reason

router = APIRouter(
    prefix="/boutiques/{boutique_id}/products/{product_id}/variants", tags=["products"]
)


class NewVariant(Body):
    colour: Colour
    size: Size
    units: Units = 0
    price_minor: Price | None = None  # none: the product's


class VariantChanges(Body):
    price_minor: Price | None  # none: the product's


class StockMovement(Body):
    """Units that came (more than 0) or went (less), and why."""

    delta: Annotated[int, Field(ge=-100_000, le=100_000)]
    reason: Reason


@router.post("", status_code=201)
async def add_variant(
    owner: AnActingOwner,
    product_id: UUID,
    variant: NewVariant,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Product:
    async def add() -> Product:
        product = await product_editing.the_product(
            owner.conn, product_id=str(product_id), lock=True
        )
        await product_editing.add_variant(
            owner.conn, product, boutique_id=owner.boutique_id, **variant.model_dump()
        )
        return await _after(owner, product.id, response)

    return await once(owner, request, idempotency_key, add, Product)


@router.patch("/{variant_id}")
async def change_variant(
    owner: AnOwner,
    product_id: UUID,
    variant_id: UUID,
    changes: VariantChanges,
    response: Response,
    if_match: IfMatch = None,
) -> Product:
    """Give a colour and size a price of its own; If-Match is of the product."""
    product = await product_editing.the_product(owner.conn, product_id=str(product_id), lock=True)
    variant = await product_editing.the_variant(
        owner.conn, product_id=product.id, variant_id=str(variant_id)
    )
    require_version(if_match, product.updated_at)
    await product_edits.set_variant_price(
        owner.conn, variant_id=variant.id, price_minor=changes.price_minor
    )
    await product_edits.touch(owner.conn, product_id=product.id)
    return await _after(owner, product.id, response)


@router.post("/{variant_id}/stock-movements", status_code=201)
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
        variant = await product_editing.the_variant(
            member.conn, product_id=str(product_id), variant_id=str(variant_id)
        )
        if movement.delta:
            await product_editing.move_stock(
                member.conn, variant, boutique_id=member.boutique_id, **movement.model_dump()
            )
        return await _after(member, variant.product_id, response)

    return await once(member, request, idempotency_key, move, Product)


async def _after(member: Member, product_id: str, response: Response) -> Product:
    product = await product_editing.the_product(member.conn, product_id=product_id)
    return await shown(member.conn, member.services, product, response)
