"""Kenya's eTIMS: what a month's return needs, and KRA's numbers noted beside the sales."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import date
from zoneinfo import ZoneInfo

from psycopg.errors import UniqueViolation

from dukani.core import days
from dukani.core.database import Connection
from dukani.core.days import Span
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.inert import inert
from dukani.core.money import minor_per_unit
from dukani.core.store import audit, tax
from dukani.core.store.boutiques import Boutique
from dukani.core.store.tax import TaxDocument, TaxSettings, Vat

_PIN = re.compile(r"^[AP][0-9]{9}[A-Z]$")
_NUMBER = re.compile(r"^[A-Z0-9][A-Z0-9/ -]{2,59}$")
# In the words of KRA's forms; the list is an aid for the return, and no invoice itself.
HEADER = (
    "Date", "Document", "Our number", "Refund of", "eTIMS number", "Buyer", "Items", "Paid with",
    "Total", "Taxable value", "VAT rate %", "VAT",
)  # fmt: skip


class EtimsNumberTaken(Conflict):
    """Another sale has this eTIMS number: look at it, and correct the one that is wrong."""


async def set_up(
    conn: Connection,
    boutique: Boutique,
    *,
    kra_pin: str | None,
    vat: Vat,
    since: date | None = None,
) -> TaxSettings:
    """From the day `since`: for always when it is said first, else from today, if none is given.

    Raises InvalidValue for what is no PIN, for a day to come, and outside Kenya.
    """
    if boutique.country != "KE":
        raise InvalidValue(
            field="country",
            value=boutique.country,
            remedy="eTIMS is Kenya's: this shop is elsewhere.",
        )
    pin = kra_pin.strip().upper().replace(" ", "") if kra_pin else None
    if pin is not None and not _PIN.match(pin):
        raise InvalidValue(
            field="kra_pin", value=kra_pin, remedy="Send it as on the certificate: A123456789Z."
        )
    if vat != "not_registered" and pin is None:
        raise InvalidValue(field="kra_pin", remedy="Who is registered for VAT has a KRA PIN.")
    today = days.today(boutique.timezone)
    if since is not None and not days.FIRST <= since <= today:
        raise InvalidValue(field="since", value=since.isoformat(), remedy="Give a day until today.")
    before = await tax.settings(conn)
    if (pin, vat) == (before.kra_pin, before.vat) and since in (None, before.counts_from):
        return before
    if since is None:
        same_vat = vat == before.vat
        since = before.counts_from if same_vat else today if before != tax.NOT_SAID else None
    said = TaxSettings(pin, vat, since)
    await tax.set_settings(conn, said)
    await audit.write_by_member(
        conn,
        action="tax_settings_changed",
        subject="tax_settings",
        details={
            "was": [before.kra_pin, before.vat],
            "now": [pin, vat],
            "since": since and since.isoformat(),
        },
    )
    return said


async def the_document(conn: Connection, *, document_id: str) -> TaxDocument:
    """Raises NotFound, also for what is not paid or was undone."""
    found = await tax.get(conn, document_id=document_id)
    if found is None:
        raise NotFound("There is no such sale here, or it is not paid.")
    return found


async def note(conn: Connection, *, document_id: str, number: str | None) -> TaxDocument:
    """What KRA's app gave; it may be corrected. Raises NotFound, InvalidValue, Conflict."""
    document = await the_document(conn, document_id=document_id)
    plain = " ".join(number.upper().split()) if number else None
    if plain is not None and not _NUMBER.match(plain):
        raise InvalidValue(
            field="number", value=number, remedy="Copy it from the invoice: letters and digits."
        )
    if plain == document.etims_number:
        return document
    try:
        async with conn.transaction():
            await tax.note(conn, document, plain)
    except UniqueViolation as error:
        raise EtimsNumberTaken from error
    await audit.write_by_member(
        conn,
        action="etims_number_noted",
        subject=f"{document.kind}:{document.number}",
        details={"was": document.etims_number, "now": plain},
    )
    return await the_document(conn, document_id=document_id)


async def exported(
    conn: Connection, span: Span, *, currency: str, timezone: str
) -> AsyncIterator[bytes]:
    """The month as CSV, the oldest first; nothing in it runs as a formula."""
    yield b"\xef\xbb\xbf" + _csv([HEADER])
    batches = tax.every(conn, since=span.since, until=span.until)
    async for batch in batches:
        rows = [_row(one, currency, ZoneInfo(timezone)) for one in batch]
        yield _csv(rows)


def _row(one: TaxDocument, currency: str, zone: ZoneInfo) -> tuple[str, ...]:
    def money(minor: int) -> str:
        per_unit = minor_per_unit(currency)
        units, cents = divmod(abs(minor), per_unit)
        sign = "-" if minor < 0 else ""
        return f"{sign}{units}.{cents:02d}" if per_unit > 1 else f"{sign}{units}"

    words = (
        f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
        "Refund" if one.kind == "refund" else "Sale",
        one.number,
        one.of_number or "",
        one.etims_number or "",
        one.buyer or "",
        one.items,
        one.paid_with,
    )
    sums = (
        money(one.total_minor),
        money(one.taxable_minor),
        str(one.vat_percent),
        money(one.vat_minor),
    )
    return (*(inert(word) for word in words), *sums)


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
