"""Tax: the shop's registration, a month's sales with their tax, and KRA's numbers beside them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, StringConstraints

from dukani.core import days
from dukani.core.days import Span
from dukani.core.store import tax as store
from dukani.core.store.boutiques import Boutique
from dukani.core.store.tax import DocumentKind, TaxSettings, Vat
from dukani.dashboard_api.access import AnActingMember, AnActingOwner, Member, boutique_of
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.looking import Uncovers
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import tax

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["tax"])

Month = Annotated[
    str | None,
    Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="`2026-11`; this one, if none"),
]
Sum = Annotated[int, Field(description="in minor units, below zero where money went back")]
CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "The month", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


class Settings(Answer):
    """Prices include the tax. `counts_from`: since which day; none: always."""

    is_kenyan: bool
    kra_pin: str | None
    vat: Vat
    counts_from: date | None


class NewSettings(Body):
    kra_pin: Annotated[str, StringConstraints(max_length=20)] | None = None
    vat: Vat = "not_registered"
    since: Annotated[
        date | None, Field(description="from then on; else always at first, and then from today")
    ] = None


class TaxReport(Answer):
    """`taxable_minor` and `vat_minor` add up to `total_minor`, to the cent."""

    month: str
    currency: str
    documents: int
    without_number: int
    total_minor: Sum
    taxable_minor: Sum
    vat_minor: Sum


class TaxDocument(Answer):
    """`of_number`: the order that a refund is of. `etims_number`: KRA's, as it was noted."""

    id: UUID
    kind: DocumentKind
    number: str
    of_number: str | None
    at: datetime
    buyer: str | None
    items: str
    paid_with: str
    total_minor: Sum
    taxable_minor: Sum
    vat_percent: int
    vat_minor: Sum
    etims_number: str | None


class EtimsNumber(Body):
    """As KRA's app shows it; null takes a wrong one away."""

    number: Annotated[str, StringConstraints(max_length=80)] | None


@router.get("/tax-settings")
async def get_tax_settings(member: AnActingMember) -> Settings:
    return _shown(await boutique_of(member), await store.settings(member.conn))


@router.put("/tax-settings")
async def set_tax_settings(owner: AnActingOwner, said: NewSettings) -> Settings:
    boutique = await boutique_of(owner)
    kept = await tax.set_up(
        owner.conn, boutique, kra_pin=said.kra_pin, vat=said.vat, since=said.since
    )
    return _shown(boutique, kept)


@router.get("/tax-report")
async def get_tax_report(member: AnActingMember, month: Month = None) -> TaxReport:
    boutique, name, span = await _asked(member, month)
    found = await store.sums(member.conn, since=span.since, until=span.until)
    return TaxReport(
        month=name,
        currency=boutique.currency,
        documents=found.documents,
        without_number=found.without_number,
        total_minor=found.total_minor,
        taxable_minor=found.total_minor - found.vat_minor,
        vat_minor=found.vat_minor,
    )


@router.get("/tax-documents")
async def list_tax_documents(
    member: AnActingMember,
    asked: AskedPage,
    month: Month = None,
    open_only: Annotated[bool, Query(alias="open", description="without KRA's number")] = False,
) -> Page[TaxDocument]:
    """The newest first."""
    *_, span = await _asked(member, month)
    rows = await store.page(
        member.conn,
        since=span.since,
        until=span.until,
        open_only=open_only,
        after=asked.after(datetime),
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, TaxDocument.model_validate)


@router.get("/tax-documents/{document_id}")
async def get_tax_document(member: AnActingMember, document_id: UUID) -> TaxDocument:
    """By the id of an order that is paid, of a sale in the shop, or of a refund."""
    found = await tax.the_document(member.conn, document_id=str(document_id))
    return TaxDocument.model_validate(found)


@router.put("/tax-documents/{document_id}/etims-number")
async def note_etims_number(
    member: AnActingMember, document_id: UUID, noted: EtimsNumber
) -> TaxDocument:
    found = await tax.note(member.conn, document_id=str(document_id), number=noted.number)
    return TaxDocument.model_validate(found)


@router.get("/tax-export", response_class=Response, responses=CSV)
async def export_tax_month(owner: AnActingOwner, _: Uncovers, month: Month = None) -> Response:
    """A line a sale and a line a refund, for an accountant or KRA's bulk form."""
    boutique, name, span = await _asked(owner, month)
    parts = tax.exported(
        owner.conn,
        span,
        currency=boutique.currency,
        timezone=boutique.timezone,
    )
    whole = b"".join([part async for part in parts])
    headers = {"content-disposition": f'attachment; filename="{boutique.slug}-tax-{name}.csv"'}
    return Response(whole, media_type="text/csv; charset=utf-8", headers=headers)


def _shown(boutique: Boutique, said: TaxSettings) -> Settings:
    return Settings(
        is_kenyan=boutique.country == "KE",
        kra_pin=said.kra_pin,
        vat=said.vat,
        counts_from=said.counts_from,
    )


async def _asked(member: Member, month: str | None) -> tuple[Boutique, str, Span]:
    boutique = await boutique_of(member)
    name = month or f"{days.today(boutique.timezone):%Y-%m}"
    first = date.fromisoformat(f"{name}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return boutique, name, days.span(first, last, boutique.timezone)
