"""What customers asked for and did not get, grouped, so that the shop can mend it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, StringConstraints

from dukani.core import days
from dukani.core.store import unmet_wishes
from dukani.core.store.unmet_wishes import How, Kind
from dukani.dashboard_api.access import AnOwner, boutique_of
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.figures import AnAskedPeriod

router = APIRouter(prefix="/boutiques/{boutique_id}/unmet-wishes", tags=["unmet wishes"])

MOST = 100  # groups: what is asked more rarely than a hundred other things can wait

Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class UnmetWish(Answer):
    """One wish of `customers` people. `details` has what a person needs to grant it, by kind:

    category, colour, size, name, pattern, occasion, words; place for a delivery; topic for a
    question; budget_max_minor for a price.
    """

    kind: Kind
    subject: str
    customers: int
    times: int
    last_at: datetime
    details: dict[str, Any]


class UnmetWishes(Answer):
    """Most customers first; `more`: there are others, asked for more rarely."""

    items: list[UnmetWish]
    more: bool


class TimeAsked(Answer):
    """`words`: the customer's, none when they are not kept any more."""

    id: int
    conversation_id: UUID
    customer_name: str | None
    words: str | None
    created_at: datetime


class TimesAsked(Answer):
    items: list[TimeAsked]


class WishDone(Body):
    """What was done about it. It is shown again when it is asked for again."""

    kind: Kind
    subject: Subject
    how: How = Field(description="`dismissed`: nothing, and it need not be shown")


@router.get("")
async def list_unmet_wishes(
    owner: AnOwner, asked: AnAskedPeriod, kind: Kind | None = None
) -> UnmetWishes:
    boutique = await boutique_of(owner)
    period = asked.period(boutique)
    span = days.span(period.first, period.last, boutique.timezone)
    found = await unmet_wishes.groups(
        owner.conn, since=span.since, until=span.until, kind=kind, limit=MOST + 1
    )
    items = [UnmetWish.model_validate(one) for one in found[:MOST]]
    return UnmetWishes(items=items, more=len(found) > MOST)


@router.get("/times")
async def list_times_asked(
    owner: AnOwner,
    asked: AnAskedPeriod,
    kind: Kind,
    subject: Annotated[Subject, Query()],
) -> TimesAsked:
    """Who asked for one of them, newest first."""
    boutique = await boutique_of(owner)
    period = asked.period(boutique)
    span = days.span(period.first, period.last, boutique.timezone)
    found = await unmet_wishes.asked(
        owner.conn, kind=kind, subject=subject, since=span.since, until=span.until, limit=50
    )
    return TimesAsked(items=[TimeAsked.model_validate(one) for one in found])


@router.post("/done", status_code=204)
async def close_unmet_wish(owner: AnOwner, done: WishDone) -> Response:
    await unmet_wishes.done(owner.conn, kind=done.kind, subject=done.subject, how=done.how)
    return Response(status_code=204)
