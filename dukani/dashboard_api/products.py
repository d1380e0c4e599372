"""Pieces: found by words or digits of an SKU, put on sale, edited, archived."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from dukani.core.store import product_list
from dukani.core.store.product_list import (
    ProductFilter,
    ProductSort,
)
from dukani.dashboard_api.access import AMember, AnActingOwner, AnOwner, AProvenOwner, at_work
from dukani.dashboard_api.bodies import PlainText
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.dashboard_api.product_answers import (
    NewPiece,
    PieceChanges,
    PieceCopy,
    Product,
    ProductRow,
    shown,
)
from dukani.dashboard_api.versions import IfMatch, require_version
from dukani.tools import product_copies, product_editing

router = APIRouter(prefix="/boutiques/{boutique_id}/products", tags=["products"])


@router.get("")
async def list_products(
    member: AMember,
    asked: AskedPage,
    which: Annotated[ProductFilter, Query(alias="filter")] = "on_sale",
    sort: ProductSort = "newest",
    search: Annotated[PlainText, Query(max_length=80)] = "",
) -> Page[ProductRow]:
    rows = await product_list.page(
        member.conn,
        which=which,
        sort=sort,
        search=search,
        after=asked.after(datetime if sort == "newest" else int),
        limit=asked.limit + 1,
    )
    return asked.page(
        rows, lambda row: row.key(sort), lambda row: ProductRow.of(row, member.services)
    )


@router.get("/{product_id}")
async def get_product(member: AMember, product_id: UUID, response: Response) -> Product:
    product = await product_editing.the_product(member.conn, product_id=str(product_id))
    return await shown(member.conn, member.services, product, response)


@router.post("", status_code=201)
async def create_product(
    owner: AnActingOwner,
    piece: NewPiece,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Product:
    """Put a piece on sale, with its opening stock; the assistant finds it at once."""

    async def create() -> Product:
        product_id = await product_editing.add_piece(
            owner.conn, piece.as_new_product(), boutique_id=owner.boutique_id
        )
        product = await product_editing.the_product(owner.conn, product_id=product_id)
        return await shown(owner.conn, owner.services, product, response)

    return await once(owner, request, idempotency_key, create, Product)


@router.post("/{product_id}/copies", status_code=201)
async def copy_product(
    owner: AProvenOwner,
    product_id: UUID,
    copy: PieceCopy,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Product:
    """Begin a piece as a copy of another, with its pictures and without stock."""
    async with at_work(owner, owners_only=True) as member:
        product = await product_editing.the_product(member.conn, product_id=str(product_id))
        pictures = await product_list.pictures(member.conn, product_id=product.id)
    # Before the transaction, which holds nothing while files are copied.
    files = await product_copies.copy_files(owner.services, pictures, boutique_id=owner.boutique_id)
    async with at_work(owner, owners_only=True, acting=True) as member:

        async def make() -> Product:
            copy_id = await product_copies.copy_piece(
                member.conn, product, boutique_id=owner.boutique_id, name=copy.name, files=files
            )
            made = await product_editing.the_product(member.conn, product_id=copy_id)
            return await shown(member.conn, member.services, made, response)

        return await once(member, request, idempotency_key, make, Product)


@router.patch("/{product_id}")
async def change_product(
    owner: AnOwner,
    product_id: UUID,
    changes: PieceChanges,
    response: Response,
    if_match: IfMatch = None,
) -> Product:
    before = await product_editing.the_product(owner.conn, product_id=str(product_id), lock=True)
    require_version(if_match, before.updated_at)
    product = await product_editing.change_piece(owner.conn, before, changes.sent())
    return await shown(owner.conn, owner.services, product, response)
