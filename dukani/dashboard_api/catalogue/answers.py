"""What is said of the catalogue at Meta, and of pieces in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from dukani.core.channels import WhatsAppProvider
from dukani.core.clients.meta_catalogue import CatalogueNode
from dukani.core.media_links import own_link
from dukani.core.picture_sizes import FOR_ROWS, sized_path
from dukani.core.services import Services
from dukani.core.store.catalogue_items import Review
from dukani.core.store.catalogue_list import (
    CatalogueItem,
    CataloguePiece,
    Counts,
    ForeignItem,
)
from dukani.core.store.meta_catalogues import Catalogue, CatalogueState
from dukani.dashboard_api.bodies import Answer
from dukani.tools.meta_catalogue.resolving import theirs_digest

Drift = Literal["price", "title", "availability", "missing"]


class CatalogueCounts(Answer):
    items: int
    waiting: int  # to be sent
    in_review: int
    approved: int
    rejected: int
    drifted: int
    foreign: int


class ConnectedCatalogue(Answer):
    catalogue_id: str
    name: str
    state: CatalogueState
    problem: str | None  # what Meta said last
    problem_code: str | None  # none: all is well
    push_again_at: datetime | None  # while batches fail
    connected_at: datetime
    pushed_at: datetime | None
    polled_at: datetime | None
    read_at: datetime | None
    comparing: bool  # a reading is due, or under way
    counts: CatalogueCounts


class CatalogueAnswer(Answer):
    """`catalogue` is none until one is connected. Only a number at Meta may have one."""

    provider: WhatsAppProvider
    currency: str
    catalogue: ConnectedCatalogue | None


class CatalogueChoice(Answer):
    id: str
    name: str
    items: int | None


class CatalogueChoices(Answer):
    items: list[CatalogueChoice]


class Theirs(Answer):
    name: str
    price_minor: int | None
    currency: str | None
    in_stock: bool


class CatalogueItemAnswer(Answer):
    retailer_id: str
    colour: str | None
    size: str | None
    price_minor: int | None
    in_stock: bool
    sold: bool  # not: it is being deleted there
    waiting: bool
    review: Review
    errors: list[str]
    drift: list[Drift]
    theirs: Theirs | None
    pushed_at: datetime | None


class CataloguePieceAnswer(Answer):
    product_id: UUID
    sku: str
    name: str
    active: bool
    picture_url: str | None
    takeable: bool  # something that differs there can become ours
    theirs_digest: str | None  # of what differs, for taking it over; none: nothing does
    items: list[CatalogueItemAnswer]


class ForeignItemAnswer(Answer):
    retailer_id: str
    theirs: Theirs
    read_at: datetime


class ForeignItems(Answer):
    items: list[ForeignItemAnswer]


class TakenAnswer(Answer):
    name: str | None
    price_minor: int | None  # of the whole piece
    prices: int  # of so many colours and sizes


class SentAgain(Answer):
    items: int


def connected(found: Catalogue, counts: Counts) -> ConnectedCatalogue:
    return ConnectedCatalogue(
        catalogue_id=found.catalog_id,
        name=found.name,
        state=found.state,
        problem=found.problem,
        problem_code=found.problem_code,
        push_again_at=found.next_push_at if found.failures else None,
        connected_at=found.connected_at,
        pushed_at=found.pushed_at,
        polled_at=found.polled_at,
        read_at=found.read_at,
        comparing=found.next_read_at <= datetime.now(UTC),
        counts=CatalogueCounts.model_validate(counts, from_attributes=True),
    )


def choice(node: CatalogueNode) -> CatalogueChoice:
    return CatalogueChoice(id=node.id, name=node.name, items=node.items)


def piece(
    services: Services, found: CataloguePiece, items: list[CatalogueItem]
) -> CataloguePieceAnswer:
    path = found.picture_path
    return CataloguePieceAnswer(
        product_id=UUID(found.id),
        sku=found.sku,
        name=found.name,
        active=found.active,
        picture_url=own_link(services, sized_path(path, FOR_ROWS[0])) if path else None,
        takeable=any({"price", "title"} & set(item.drift) for item in items),
        theirs_digest=theirs_digest(items) if any(one.drift for one in items) else None,
        items=[_item(one) for one in items],
    )


def _item(item: CatalogueItem) -> CatalogueItemAnswer:
    return CatalogueItemAnswer(
        retailer_id=item.retailer_id,
        colour=item.colour,
        size=item.size,
        price_minor=item.price_minor,
        in_stock=(item.available or 0) > 0,
        sold=not item.retired,
        waiting=item.dirty,
        review=item.review,
        errors=list(item.errors),
        drift=[one for one in _DRIFTS if one in item.drift],
        theirs=Theirs.model_validate(item.theirs) if item.theirs else None,
        pushed_at=item.pushed_at,
    )


_DRIFTS: tuple[Drift, ...] = ("price", "title", "availability", "missing")


def foreign(item: ForeignItem) -> ForeignItemAnswer:
    return ForeignItemAnswer(
        retailer_id=item.retailer_id,
        theirs=Theirs.model_validate(item.theirs),
        read_at=item.read_at,
    )
