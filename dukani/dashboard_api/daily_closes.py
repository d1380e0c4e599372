"""The day's close: what should be there, held against what was counted, for each way of paying."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints

from dukani.core import days
from dukani.core.store import daily_closes as store
from dukani.core.store import members
from dukani.core.store.takings import TakenBy, TakenFor
from dukani.dashboard_api.access import AnActingMember, boutique_of
from dukani.dashboard_api.bodies import MOST_MINOR, Answer, Body, Minor
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.domain.daily_close import COUNTED, CountedMethod, DifferenceReason, PaidOut
from dukani.tools import daily_closes
from dukani.tools.daily_closes import Count, Counted

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["daily closes"])

# More may have gone back than came in, so a sum may be below nothing.
Sum = Annotated[int, Field(ge=-MOST_MINOR, le=MOST_MINOR, description="in minor units")]
What = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class PaidOutOfDrawer(Body):
    what: What
    amount_minor: Annotated[Minor, Field(ge=1)]


class CountedLine(Body):
    """`user_id`: of whom this was counted alone; none: of all the others, for cash with the float.

    `expected_minor` is what was shown while counting: if it is another by now, nothing is closed.
    """

    method: CountedMethod
    user_id: UUID | None = None
    expected_minor: Sum
    counted_minor: Sum
    reason: DifferenceReason | None = None

    def read(self) -> Counted:
        user_id = str(self.user_id) if self.user_id else None
        return Counted(self.method, user_id, self.expected_minor, self.counted_minor, self.reason)


class NewDailyClose(Body):
    """`after_version`: the latest version there is of the day, 0 where it was not closed yet."""

    day: date
    after_version: Annotated[int, Field(ge=0, le=30_000)] = 0
    float_minor: Minor = 0
    paid_out: Annotated[tuple[PaidOutOfDrawer, ...], Field(max_length=20)] = ()
    left_minor: Minor | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    lines: Annotated[list[CountedLine], Field(min_length=1, max_length=60)]

    def count(self) -> Count:
        return Count(
            float_minor=self.float_minor,
            paid_out=tuple(PaidOut(one.what, one.amount_minor) for one in self.paid_out),
            left_minor=self.left_minor,
            note=self.note,
            lines=tuple(line.read() for line in self.lines),
        )


class DrawerPayment(Answer):
    what: str
    amount_minor: Minor


class ClosedLine(Answer):
    method: CountedMethod
    user_id: UUID | None
    expected_minor: Sum
    counted_minor: Sum
    reason: DifferenceReason | None


class DailyClose(Answer):
    id: UUID
    day: date
    version: int
    currency: str
    float_minor: Minor
    paid_out: list[DrawerPayment]
    left_minor: Minor | None
    note: str
    closed_by: UUID
    created_at: datetime
    lines: list[ClosedLine]


class Taking(Answer):
    """Money that came (below zero: went) on that day, of one method, source and person."""

    method: TakenBy
    source: TakenFor
    user_id: UUID | None
    payments: int
    sum_minor: Sum


class PersonOfDay(Answer):
    """Who took money on that day; no e-mail: no member any more."""

    user_id: UUID
    email: str | None


class SomePayments(Answer):
    payments: int
    sum_minor: Sum


class StatementOfDay(Answer):
    """`received_minor`: what M-Pesa says stayed that day, less refunds and what was set aside.

    It is what was taken by M-Pesa, less what is `missing` there, with the four others. `until`:
    how far the statements go that were imported; the day is whole in them after its end.
    """

    until: datetime | None
    received_minor: Sum
    missing: SomePayments
    unclaimed: SomePayments
    undone: SomePayments
    of_other_days: SomePayments
    differs: SomePayments


class Changed(Answer):
    method: CountedMethod
    sum_minor: Sum


class DayToClose(Answer):
    """`changed`: what came (below zero: went) since the day's latest close, if it was closed."""

    day: date
    begins_at: datetime
    ends_at: datetime
    currency: str
    float_minor: Minor
    takings: list[Taking]
    people: list[PersonOfDay]
    statement: StatementOfDay
    latest: DailyClose | None
    changed: list[Changed]


@router.get("/daily-close")
async def get_daily_close(
    member: AnActingMember,
    day: Annotated[date | None, Query(description="the boutique's; today, if none")] = None,
) -> DayToClose:
    boutique = await boutique_of(member)
    one = await daily_closes.look(member.conn, boutique, day or days.today(boutique.timezone))
    emails = {it.user_id: it.email for it in await members.colleagues(member.conn)}
    people = sorted({it.user_id for it in one.takings if it.user_id})
    return DayToClose(
        day=one.day,
        begins_at=one.span.since,
        ends_at=one.span.until,
        currency=boutique.currency,
        float_minor=one.float_minor,
        takings=[Taking.model_validate(it) for it in one.takings],
        people=[PersonOfDay(user_id=UUID(it), email=emails.get(it)) for it in people],
        statement=StatementOfDay.model_validate(one.statement),
        latest=DailyClose.model_validate(one.latest) if one.latest else None,
        changed=[
            Changed(method=method, sum_minor=one.changed[method])
            for method in COUNTED
            if method in one.changed
        ],
    )


@router.get("/daily-closes")
async def list_daily_closes(
    member: AnActingMember, asked: AskedPage, day: date | None = None
) -> Page[DailyClose]:
    """Each day's latest version, or all of one `day`; what was closed last comes first."""
    rows = await store.page(
        member.conn, day=day, after=asked.after(datetime), limit=asked.limit + 1
    )
    return asked.page(rows, lambda row: row.key, DailyClose.model_validate)


@router.get("/daily-closes/{close_id}")
async def show_daily_close(member: AnActingMember, close_id: UUID) -> DailyClose:
    found = await daily_closes.the_close(member.conn, close_id=str(close_id))
    return DailyClose.model_validate(found)


@router.post("/daily-closes", status_code=201)
async def close_day(
    member: AnActingMember,
    closed: NewDailyClose,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> DailyClose:
    """A day that was closed before gets a further version; no version is changed."""

    async def close() -> DailyClose:
        made = await daily_closes.close(
            member.conn,
            await boutique_of(member),
            closed.day,
            after_version=closed.after_version,
            count=closed.count(),
            user_id=member.signed_in.user_id,
        )
        return DailyClose.model_validate(made)

    return await once(member, request, idempotency_key, close, DailyClose)
