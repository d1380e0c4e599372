"""Recommends a size from everything known of a wearer at this boutique.

That is: what was bought for the wearer and not given back, what came back for its size, what was
said of sizes and measures, how pieces fitted, and a child's age; read by the boutique's own charts,
else by the standard ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from dukani.core.database import Connection
from dukani.core.store import purchases, refunds, size_charts, size_facts, wearers
from dukani.core.store.size_charts import StoredChart
from dukani.core.store.size_facts import SizeFact
from dukani.core.store.wearers import Wearer
from dukani.domain.sizing.advice import PieceToFit, SizeAdvice, advise
from dukani.domain.sizing.charts import ChartRow, SizeChart, convert, own_chart
from dukani.domain.sizing.evidence import Aged, Bought, Evidence, Fitted, Measured, Stated

ORDERS_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Meant:
    """What a size of another system is among the sizes of a piece, the nearest first."""

    sizes: tuple[str, ...]
    by_shops_chart: bool


async def size_for(
    conn: Connection,
    piece: PieceToFit,
    *,
    customer_id: str,
    wearer_id: str | None = None,
    now: datetime,
) -> SizeAdvice | None:
    """The size of a piece for the customer or one of her wearers; None when nothing tells it."""
    wearer = await _wearer(conn, customer_id=customer_id, wearer_id=wearer_id)
    if wearer is not None and piece.audience is None:
        piece = PieceToFit(piece.category, piece.sizes, wearer.audience, piece.product_id)
    known = await evidence(conn, customer_id=customer_id, wearer=wearer)
    return advise(known, piece, charts=await charts(conn), now=now) if known else None


async def meaning(conn: Connection, said: str, piece: PieceToFit) -> Meant:
    """The piece's sizes that a size said in another system means; none when nothing tells it."""
    if piece.category is None or not piece.sizes:
        return Meant((), by_shops_chart=False)
    own = await charts(conn)
    meant = convert(said, piece.sizes, category=piece.category, audience=piece.audience, own=own)
    chart = own_chart(piece.category, piece.audience or "women", own)
    return Meant(meant, by_shops_chart=chart is not None)


async def evidence(
    conn: Connection, *, customer_id: str, wearer: Wearer | None = None
) -> list[Evidence]:
    """Everything known of the size of the customer, or of one of her wearers."""
    wearer_id = wearer.id if wearer else None
    bought = await purchases.of_wearer(
        conn, customer_id=customer_id, wearer_id=wearer_id, limit=ORDERS_LOOKED_AT
    )
    said = await size_facts.of_wearer(conn, customer_id=customer_id, wearer_id=wearer_id)
    found: list[Evidence] = [
        Bought(one.size, one.category, one.bought_at, one.order_id, one.product_id)
        for one in bought
    ]
    came_back = await refunds.fitted_back(conn, customer_id=customer_id, wearer_id=wearer_id)
    found += [Fitted(one.size, one.category, one.fit, one.at) for one in came_back]
    found += [told for fact in said if (told := _told(fact)) is not None]
    if wearer is not None and wearer.age is not None and wearer.age_told_on is not None:
        told_at = datetime.combine(wearer.age_told_on, time(12), UTC)
        found.append(Aged(float(wearer.age), told_at))
    return found


async def charts(conn: Connection) -> list[SizeChart]:
    return [_chart(stored) for stored in await size_charts.of_boutique(conn)]


async def _wearer(conn: Connection, *, customer_id: str, wearer_id: str | None) -> Wearer | None:
    if wearer_id is None:
        return None
    return await wearers.get(conn, customer_id=customer_id, wearer_id=wearer_id)


def _told(fact: SizeFact) -> Evidence | None:
    """A fact as evidence; how a piece fitted tells nothing without the kind of piece."""
    if fact.measure is not None and fact.cm is not None:
        return Measured(fact.measure, fact.cm, fact.said_at)
    if fact.size is None:
        return None
    if fact.fit is None:
        return Stated(fact.size, fact.said_at, fact.category)
    return Fitted(fact.size, fact.category, fact.fit, fact.said_at) if fact.category else None


def _chart(stored: StoredChart) -> SizeChart:
    rows: Sequence[ChartRow] = [
        ChartRow(
            size=row["size"],
            measures={name: (low, high) for name, (low, high) in row.get("measures", {}).items()},
            also=tuple(row.get("also", ())),
        )
        for row in stored.rows
    ]
    return SizeChart(stored.category, stored.audience, tuple(rows), own=True)
