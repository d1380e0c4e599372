"""Pieces in the catalogue at Meta: what it makes of them, and where it has them otherwise."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from dukani.core.store import catalogue_list
from dukani.core.store.catalogue_list import CatalogueFilter, CatalogueItem, CataloguePiece
from dukani.dashboard_api.access import AMember, AnActingOwner, boutique_of
from dukani.dashboard_api.bodies import Body
from dukani.dashboard_api.catalogue.answers import (
    CataloguePieceAnswer,
    ForeignItems,
    SentAgain,
    TakenAnswer,
    foreign,
    piece,
)
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools.meta_catalogue import resolving

router = APIRouter(prefix="/boutiques/{boutique_id}/catalogue", tags=["catalogue"])

MOST_FOREIGN = 100


class TheirsShown(Body):
    """As the piece had it when shown. If Meta has something else by now, nothing is taken."""

    theirs_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


@router.get("/pieces")
async def list_catalogue_pieces(
    member: AMember,
    asked: AskedPage,
    which: Annotated[CatalogueFilter, Query(alias="filter")] = "all",
) -> Page[CataloguePieceAnswer]:
    """By name, each with all its colours and sizes."""
    rows = await catalogue_list.pieces(
        member.conn, which=which, after=asked.after(str), limit=asked.limit + 1
    )
    items: dict[str, list[CatalogueItem]] = defaultdict(list)
    for item in await catalogue_list.items_of(member.conn, product_ids=[row.id for row in rows]):
        items[item.product_id].append(item)
    return asked.page(
        rows, CataloguePiece.key, lambda row: piece(member.services, row, items[row.id])
    )


@router.get("/foreign-items")
async def list_foreign_items(member: AMember) -> ForeignItems:
    """The first hundred that Meta has and that are no pieces of ours."""
    found = await catalogue_list.foreign(member.conn, limit=MOST_FOREIGN)
    return ForeignItems(items=[foreign(one) for one in found])


@router.post("/pieces/{product_id}/taken-over")
async def take_theirs(
    owner: AnActingOwner, product_id: UUID, shown: TheirsShown | None = None
) -> TakenAnswer:
    """Change our piece to the name and prices that Meta has. Stock stays ours."""
    boutique = await boutique_of(owner)
    taken = await resolving.take_theirs(
        owner.conn,
        product_id=str(product_id),
        currency=boutique.currency,
        shown=shown.theirs_digest if shown else None,
    )
    return TakenAnswer(
        name=taken.name, price_minor=taken.piece_price_minor, prices=len(taken.prices_minor)
    )


@router.post("/pieces/{product_id}/sent-again")
async def keep_ours(owner: AnActingOwner, product_id: UUID) -> SentAgain:
    """Send our piece as it is here."""
    sent = await resolving.keep_ours(owner.conn, product_id=str(product_id))
    return SentAgain(items=sent)
