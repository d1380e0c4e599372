"""Recommends pieces to a customer, and pieces like another: in stock, her size first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques, offers, product_pairs, purchases
from dukani.core.store.offers import OfferedPiece
from dukani.domain.recommending import USUAL, Bought, Piece, Recommended, Weights, recommend

log = structlog.get_logger()

TREND = timedelta(days=30)
ONE_SIZE = "ONE"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`offered` says its colours and sizes in stock."""

    offered: OfferedPiece
    found: Recommended


async def for_customer(
    conn: Connection,
    *,
    customer_id: str,
    model: str | None,
    without: Sequence[str] = (),
    limit: int = 6,
) -> list[Recommendation]:
    """Pieces for the customer, the best first; `model` made the pictures' vectors.

    Nothing of `without` (product ids, such as those of her cart), nothing she has already.
    """
    now = datetime.now(UTC)
    offered = await offers.on_sale(conn, model=model, sold_since=now - TREND)
    bought = await product_pairs.bought_by(conn, customer_id=customer_id, model=model)
    basket = [one.product_id for one in bought]
    pairs = await product_pairs.strengths(conn, product_ids=basket)
    sizes = await _sizes_of(conn, customer_id)
    found = recommend(
        [_as_piece(one, sizes) for one in offered],
        [
            Bought(one.product_id, one.name, one.category, one.price_minor, one.at, one.vector)
            for one in bought
        ],
        pairs,
        now=now,
        without=frozenset(without),
        limit=limit,
    )
    return _with_offers(found, offered)


async def beside(
    conn: Connection,
    *,
    product_id: str,
    model: str | None,
    customer_id: str | None = None,
    without: Sequence[str] = (),
    limit: int = 6,
    weights: Weights = USUAL,
) -> list[Recommendation]:
    """Pieces that go with or are like this one, in the size the customer wears first.

    Raises NotFound for a piece that the boutique does not sell.
    """
    now = datetime.now(UTC)
    offered = await offers.on_sale(conn, model=model, sold_since=now - TREND)
    this = await product_pairs.as_bought(conn, product_id=product_id, model=model)
    if this is None:
        raise NotFound("There is no such piece on sale here.")
    pairs = await product_pairs.strengths(conn, product_ids=[product_id])
    sizes = await _sizes_of(conn, customer_id) if customer_id else {}
    found = recommend(
        [_as_piece(one, sizes) for one in offered],
        [Bought(this.product_id, this.name, this.category, this.price_minor, now, this.vector)],
        pairs,
        now=now,
        without=frozenset(without),
        weights=weights,
        limit=limit,
    )
    return _with_offers(found, offered)


async def fit_every_boutique(services: Services) -> None:
    """Fits the pairs of all boutiques anew, each in a transaction of its own."""
    async with services.database.system_connection() as conn:
        shops = await boutiques.active_ids(conn)
    for boutique_id in shops:
        async with services.database.tenant_connection(boutique_id) as conn:
            pairs = await product_pairs.fit(conn)
        log.info("product_pairs_fitted", boutique=boutique_id, pairs=pairs)


async def _sizes_of(conn: Connection, customer_id: str) -> dict[str, str]:
    """By kind, the size that the customer bought last for herself."""
    bought = await purchases.of_wearer(conn, customer_id=customer_id)
    return {one.category: one.size for one in reversed(bought)}


def _as_piece(one: OfferedPiece, sizes: dict[str, str]) -> Piece:
    hers = sizes.get(one.category)
    return Piece(
        product_id=one.product_id,
        category=one.category,
        price_minor=one.price_minor,
        vector=one.vector,
        sold=one.sold,
        in_her_size=hers is None or hers in one.sizes or ONE_SIZE in one.sizes,
    )


def _with_offers(
    found: Sequence[Recommended], offered: Sequence[OfferedPiece]
) -> list[Recommendation]:
    by_id = {one.product_id: one for one in offered}
    return [Recommendation(by_id[one.piece.product_id], one) for one in found]
