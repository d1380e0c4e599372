"""What the shop earns with its pieces, for its owners: revenue less cost, of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dukani.core import days
from dukani.core.errors import InvalidValue
from dukani.core.media_links import own_link
from dukani.core.picture_sizes import FOR_ROWS, srcset
from dukani.core.services import Services
from dukani.core.store import margins, product_costs
from dukani.core.store.margins import MarginSort, PieceMargin
from dukani.dashboard_api.access import AnOwner, Member, boutique_of
from dukani.dashboard_api.bodies import Answer, Body, Minor
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import product_editing

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["margins"])

MOST_DAYS = 800
# More may have come back than was sold in some days.
Units = Annotated[int, Field(description="sold, less what came back")]
Sum = Annotated[int, Field(description="in minor units of the currency, less refunds")]


class KindMargin(Answer):
    category: str
    units: Units
    revenue_minor: Sum
    cost_minor: Sum
    unknown_units: Units
    unknown_minor: Sum


class MarginReport(Answer):
    """Of the days from `since` to `until`, both inclusive.

    `profit_minor` is revenue less cost, less refunds for no piece and what was written off, of what
    has a cost. `unknown_minor` is the revenue of what has none. Delivery fees are in neither.
    """

    since: date
    until: date
    currency: str
    units: Units
    revenue_minor: Sum
    cost_minor: Sum
    refunds_minor: Minor
    written_off_minor: Minor
    profit_minor: Sum
    unknown_units: Units
    unknown_minor: Sum
    unknown_pieces: int
    delivery_minor: Sum
    kinds: list[KindMargin]


class PieceProfit(Answer):
    """`product_id`: none of a piece that is not there any more."""

    id: UUID
    product_id: UUID | None
    name: str
    category: str
    picture_url: str | None
    picture_srcset: str | None
    units: Units
    revenue_minor: Sum
    cost_minor: Sum
    profit_minor: Sum
    unknown_units: Units
    unknown_minor: Sum

    @classmethod
    def of(cls, row: PieceMargin, services: Services) -> PieceProfit:
        path = row.picture_path
        fields = {name: getattr(row, name) for name in cls.model_fields if hasattr(row, name)}
        fields["picture_url"] = own_link(services, path) if path else None
        fields["picture_srcset"] = srcset(services, path, FOR_ROWS) if path else None
        return cls(**fields)


class SetCost(Answer):
    """`always`: it counts for the sales before too; else from then on."""

    cost_minor: Minor | None
    always: bool
    set_by: str
    created_at: datetime


class ProductCosts(Answer):
    """`cost_minor` counts now; none: nobody said it. `said`: the last first."""

    cost_minor: Minor | None
    said: list[SetCost]


class NewCost(Body):
    """Of one unit; null: it is not known any more. `always`: for all sales before too."""

    cost_minor: Minor | None
    always: bool = False


@dataclass(frozen=True, slots=True)
class AskedDays:
    since: date | None
    until: date | None


def asked_days(
    since: Annotated[date | None, Query(description="the boutique's day; today, if none")] = None,
    until: Annotated[date | None, Query(description="inclusive; today, if none")] = None,
) -> AskedDays:
    return AskedDays(since, until)


Asked = Annotated[AskedDays, Depends(asked_days)]


@router.get("/margin")
async def get_margin(owner: AnOwner, asked: Asked) -> MarginReport:
    first, last, span, currency = await _span(owner, asked)
    found = await margins.whole(owner.conn, since=span.since, until=span.until)
    kinds = await margins.by_kind(owner.conn, since=span.since, until=span.until)
    own = ("units", "revenue_minor", "cost_minor", "refunds_minor", "written_off_minor",
           "profit_minor", "unknown_units", "unknown_minor", "unknown_pieces",
           "delivery_minor")  # fmt: skip
    return MarginReport(
        since=first,
        until=last,
        currency=currency,
        **{name: getattr(found, name) for name in own},
        kinds=[KindMargin.model_validate(one) for one in kinds],
    )


@router.get("/margin/pieces")
async def list_margins(
    owner: AnOwner,
    page: AskedPage,
    asked: Asked,
    sort: MarginSort = "profit",
    unknown: Annotated[bool, Query(description="only what was sold without a known cost")] = False,
) -> Page[PieceProfit]:
    *_, span, _ = await _span(owner, asked)
    rows = await margins.pieces(
        owner.conn,
        since=span.since,
        until=span.until,
        sort=sort,
        unknown_only=unknown,
        after=page.after(int),
        limit=page.limit + 1,
    )
    return page.page(
        rows, lambda row: row.key(sort), lambda row: PieceProfit.of(row, owner.services)
    )


@router.get("/products/{product_id}/cost")
async def get_product_cost(owner: AnOwner, product_id: UUID) -> ProductCosts:
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    return await _shown(owner, product.id)


@router.put("/products/{product_id}/cost")
async def set_product_cost(owner: AnOwner, product_id: UUID, cost: NewCost) -> ProductCosts:
    """What one unit costs the shop, for sales from now on or for those before too."""
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    await product_costs.add(
        owner.conn, product_id=product.id, cost_minor=cost.cost_minor, always=cost.always
    )
    return await _shown(owner, product.id)


async def _shown(owner: Member, product_id: str) -> ProductCosts:
    said = await product_costs.of_product(owner.conn, product_id=product_id)
    return ProductCosts(
        cost_minor=said[0].cost_minor if said else None,
        said=[SetCost.model_validate(one) for one in said],
    )


async def _span(owner: Member, asked: AskedDays) -> tuple[date, date, days.Span, str]:
    """The days asked for, and the boutique's currency. Raises InvalidValue."""
    boutique = await boutique_of(owner)
    today = days.today(boutique.timezone)
    last = min(asked.until or today, days.LAST)
    first = max(asked.since or last, days.FIRST)
    if first > last:
        raise InvalidValue(
            field="since", value=first.isoformat(), remedy="The first day is before the last."
        )
    if last - first > timedelta(days=MOST_DAYS):
        raise InvalidValue(
            field="since", value=first.isoformat(), remedy=f"At most {MOST_DAYS} days at once."
        )
    return first, last, days.span(first, last, boutique.timezone), boutique.currency
