"""The list of customers: sorted, searched, narrowed by a tag and by a segment."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ValidationError

from dukani.campaigns import saved_segments
from dukani.core.errors import InvalidValue
from dukani.core.phone import plain_digits
from dukani.core.store import customer_list
from dukani.core.store.customer_list import KEY_OF, CustomerSort
from dukani.core.store.segments import Group
from dukani.dashboard_api.access import AMember, Member
from dukani.dashboard_api.bodies import Answer, MaskedPhone
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.domain.segments import WrittenGroup

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["customers"])

_LEAST_DIGITS = 3  # fewer are in every number
_MOST_WORDS = 6


class ListedCustomer(Answer):
    """`spent_minor`: paid orders and counter sales, less refunds; `orders` counts both.

    `may_market`: agreed to offers, and has not taken it back. `sizes`: her own, the last said.
    """

    id: UUID
    name: str | None
    phone: MaskedPhone
    may_market: bool
    paid_orders: int
    orders: int
    spent_minor: int
    last_order_at: datetime | None
    sizes: list[str]
    tags: list[str]


@router.get("/customers")
async def list_customers(
    member: AMember,
    asked: AskedPage,
    search: Annotated[
        str | None, Query(max_length=100, description="words of a name, or digits of a number")
    ] = None,
    sort: CustomerSort = "newest",
    tag: Annotated[str | None, Query(max_length=40)] = None,
    segment_id: UUID | None = None,
) -> Page[ListedCustomer]:
    """By name from A on; else the newest, those who spent most, or bought last, first."""
    said = (search or "").replace("\0", "").strip()
    words = re.findall(r"[^\W_]+", said.lower())[:_MOST_WORDS]
    digits = re.sub(r"\D", "", plain_digits(said)).lstrip("0")
    if said and not words:
        return Page(items=[], next_cursor=None)  # nobody is called by signs alone
    rows = await customer_list.page(
        member.conn,
        sort=sort,
        words=words,
        digits=digits if len(digits) >= _LEAST_DIGITS else None,
        tag=tag.strip().lower() if tag else None,
        segment=await _segment(member, segment_id) if segment_id else None,
        after=asked.after(KEY_OF[sort]),
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, ListedCustomer.model_validate)


async def _segment(member: Member, segment_id: UUID) -> Group:
    """Raises NotFound, and InvalidValue for a rule of a kind that is no more."""
    kept = await saved_segments.the_segment(member.conn, segment_id=str(segment_id))
    try:
        return WrittenGroup.model_validate(kept.rule).typed()
    except ValidationError:
        raise InvalidValue(
            field="segment_id", value=kept.name, remedy="Change the group first."
        ) from None
