"""The shop's figures, for its owners: what was sold, what came of the chats, what models cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response

from dukani.core import days
from dukani.core.errors import InvalidValue
from dukani.core.store import lost_sessions
from dukani.core.store.boutiques import Boutique
from dukani.core.store.figures.counting import ANSWERED_WITHIN_S
from dukani.core.store.lost_sessions import Stage
from dukani.dashboard_api.access import AnOwner, Member, boutique_of
from dukani.dashboard_api.bodies import Answer, Minor
from dukani.dashboard_api.looking import Uncovers
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import figure_tables
from dukani.tools.figure_tables import What
from dukani.tools.figures import Figures, Period, Step, Totals, figures

router = APIRouter(prefix="/boutiques/{boutique_id}/figures", tags=["figures"])

MOST_DAYS = 800
CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "The table", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


class AnswerTimes(Answer):
    """How many answers came within so many seconds; the last class has no end."""

    within_s: int | None
    assistant: int
    person: int


class FigureTotals(Answer):
    """Of some days. `average_minor`: of a sale, in chats or in the shop.

    The stages count sessions (24 hours of a chat) that came so far or further. `alone`: orders sold
    without a person of the shop in the talk. `models_usd_micro`: millionths of a US dollar, none
    when a model's price is not known.
    """

    orders: int
    orders_minor: Minor
    alone: int
    alone_minor: Minor
    counter_sales: int
    counter_minor: Minor
    sales: int
    sales_minor: Minor
    average_minor: int | None
    refunds: int
    refunds_minor: Minor
    buyers: int
    first_buyers: int
    sessions: int
    shown: int
    in_cart: int
    quoted: int
    paid: int
    with_person: int
    misunderstanding: int
    turns: int
    misunderstood: int
    answers: list[AnswerTimes]
    models_usd_micro: int | None

    @classmethod
    def of(cls, totals: Totals) -> FigureTotals:
        own = {name for name in cls.model_fields if name != "answers"}
        return cls(
            **{name: getattr(totals, name) for name in own},
            answers=[
                AnswerTimes(within_s=within, assistant=assistant, person=person)
                for within, assistant, person in zip(
                    (*ANSWERED_WITHIN_S, None),
                    totals.assistant_answers,
                    totals.person_answers,
                    strict=True,
                )
            ],
        )


class FigurePoint(Answer):
    """A day, or the part of a week (from Monday) or month that lies in the days asked for."""

    first: date
    last: date
    orders: int
    orders_minor: Minor
    counter_sales: int
    counter_minor: Minor
    refunds_minor: Minor
    sessions: int
    paid: int


class FigureKind(Answer):
    """`category`: empty for pieces that are not there any more."""

    category: str
    pieces: int
    minor: Minor
    before_pieces: int
    before_minor: Minor


class FigureModel(Answer):
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    usd_micro: int | None


class FigureReport(Answer):
    """Of the days from `since` to `until`, and of as many before them; all inclusive."""

    since: date
    until: date
    before_since: date
    before_until: date
    currency: str
    timezone: str
    now: FigureTotals
    before: FigureTotals
    points: list[FigurePoint]
    points_before: list[FigurePoint]
    kinds: list[FigureKind]
    models: list[FigureModel]


class FigureSession(Answer):
    """A talk that came to a stage and no further. `last_words`: none when they are not kept."""

    id: UUID
    conversation_id: UUID
    customer_name: str | None
    started_at: datetime
    turns: int
    misunderstood: int
    with_person: bool
    last_words: str | None


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    since: date | None
    until: date | None

    def period(self, boutique: Boutique) -> Period:
        """Raises InvalidValue."""
        today = days.today(boutique.timezone)
        last = min(self.until or today, today)
        first = max(self.since or last, days.FIRST)
        if first > last:
            raise InvalidValue(
                field="since", value=first.isoformat(), remedy="The first day is before the last."
            )
        if last - first > timedelta(days=MOST_DAYS):
            raise InvalidValue(
                field="since", value=first.isoformat(), remedy=f"At most {MOST_DAYS} days at once."
            )
        return Period(first, last)


def asked_period(
    since: Annotated[date | None, Query(description="the boutique's day; today, if none")] = None,
    until: Annotated[
        date | None, Query(description="inclusive; today, if none or later than today")
    ] = None,
) -> AskedPeriod:
    return AskedPeriod(since, until)


AnAskedPeriod = Annotated[AskedPeriod, Depends(asked_period)]


@router.get("")
async def get_figures(owner: AnOwner, asked: AnAskedPeriod, step: Step = "day") -> FigureReport:
    boutique = await boutique_of(owner)
    found = await _figures(owner, boutique, asked.period(boutique), step)
    before = found.period.before()
    return FigureReport(
        since=found.period.first,
        until=found.period.last,
        before_since=before.first,
        before_until=before.last,
        currency=boutique.currency,
        timezone=boutique.timezone,
        now=FigureTotals.of(found.now),
        before=FigureTotals.of(found.before),
        points=[FigurePoint.model_validate(one) for one in found.points],
        points_before=[FigurePoint.model_validate(one) for one in found.points_before],
        kinds=[FigureKind.model_validate(one) for one in found.kinds],
        models=[FigureModel.model_validate(one) for one in found.models],
    )


@router.get("/sessions")
async def list_figure_sessions(
    owner: AnOwner,
    page: AskedPage,
    asked: AnAskedPeriod,
    stage: Annotated[Stage | None, Query(description="where they ended")] = None,
    misunderstood: Annotated[
        bool, Query(description="only those in which something was not understood")
    ] = False,
) -> Page[FigureSession]:
    boutique = await boutique_of(owner)
    period = asked.period(boutique)
    span = days.span(period.first, period.last, boutique.timezone)
    rows = await lost_sessions.ended_at(
        owner.conn,
        stage=stage,
        misunderstood=misunderstood,
        since=span.since,
        until=span.until,
        after=page.after(datetime),
        limit=page.limit + 1,
    )
    return page.page(rows, lambda row: row.key, FigureSession.model_validate)


@router.get("/export", response_class=Response, responses=CSV)
async def export_figures(
    owner: AnOwner,
    asked: AnAskedPeriod,
    _: Uncovers,
    what: What = "sales",
    step: Step = "day",
) -> Response:
    """A table of the figures as CSV, for a spreadsheet."""
    boutique = await boutique_of(owner)
    found = await _figures(owner, boutique, asked.period(boutique), step)
    name = f"{boutique.slug}-{what}-{found.period.first}-{found.period.last}.csv"
    return Response(
        figure_tables.table(found, what, currency=boutique.currency),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


async def _figures(owner: Member, boutique: Boutique, period: Period, step: Step) -> Figures:
    return await figures(
        owner.conn,
        period,
        zone=ZoneInfo(boutique.timezone),
        step=step,
        prices=owner.services.settings.gemini.prices,
    )
