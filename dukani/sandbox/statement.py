"""Writes an M-Pesa statement as Safaricom's portal exports it: CSV, XLSX or PDF."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dukani.core.xlsx import XlsxWriter

if TYPE_CHECKING:
    from fpdf import FPDF

HEADER = (
    "Receipt No.", "Completion Time", "Details", "Transaction Status", "Paid In", "Withdrawn",
    "Balance", "Other Party Info", "Linked Transaction ID",
)  # fmt: skip
_WIDTHS = (24, 36, 92, 28, 24, 24, 28)  # of the PDF's columns, in mm
_LINE = 4.2
_LETTERS = 56  # of the details in a line


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came in (positive) or went out, in cents, at a time in the boutique's zone."""

    receipt: str
    at: datetime
    details: str
    cents: int
    party: str = ""
    linked: str = ""
    status: str = "Completed"


def strangers(account: str, now: datetime) -> list[Moved]:
    """Of the day before: two payments the shop never heard of, and what M-Pesa charged for one."""
    at = (now - timedelta(days=1)).replace(hour=11, minute=12, second=40, microsecond=0)
    begins = f"T{account[:1].upper()}{at:%y%m%d}X"
    party = "2547******614 - MERCY AKINYI"
    return [
        Moved(f"{begins}A", at, f"Merchant Payment from {party}", 185_000, party),
        Moved(f"{begins}A", at, "Pay merchant Charge", -1_018),
        Moved(f"{begins}B", at + timedelta(minutes=47),
              "Customer Payment from 2547******290 - PETER KAMAU Acc. RENT", 1_200_000,
              "2547******290 - PETER KAMAU"),
    ]  # fmt: skip


def as_csv(shop: str, moves: Sequence[Moved]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(_rows(shop, moves))
    return written.getvalue().encode()


def as_xlsx(shop: str, moves: Sequence[Moved]) -> bytes:
    writer = XlsxWriter()
    return writer.start() + writer.rows(_rows(shop, moves)) + writer.end()


def as_pdf(shop: str, moves: Sequence[Moved], *, password: str | None = None) -> bytes:
    # Takes a while to import, and only this needs it.
    from fpdf import FPDF

    page = FPDF(orientation="landscape", format="A4")
    if password is not None:
        page.set_encryption(owner_password=f"{password}-owner", user_password=password)
    page.add_page()
    page.set_font("Helvetica", size=8)
    for line in _preamble(shop, moves):
        page.cell(0, _LINE, " ".join(line), new_x="LMARGIN", new_y="NEXT")
    for row in [HEADER, *(_cells(*one) for one in _with_balance(moves))]:
        _write_row(page, row[: len(_WIDTHS)])
    return bytes(page.output())


def _write_row(page: FPDF, row: Sequence[str]) -> None:
    if page.will_page_break(2 * _LINE):
        page.add_page()
    for number, text in enumerate(textwrap.wrap(row[2], _LETTERS) or [""]):
        cells = row if number == 0 else [""] * len(_WIDTHS)
        for place, width in enumerate(_WIDTHS):
            page.cell(width, _LINE, text if place == 2 else cells[place],
                      align="R" if place > 3 else "L")  # fmt: skip
        page.ln(_LINE)


def _rows(shop: str, moves: Sequence[Moved]) -> list[list[str]]:
    return [
        *_preamble(shop, moves),
        list(HEADER),
        *(_cells(*one) for one in _with_balance(moves)),
    ]


def _preamble(shop: str, moves: Sequence[Moved]) -> list[list[str]]:
    days = sorted(one.at.date() for one in moves)
    return [
        ["M-PESA ORGANIZATION STATEMENT"],
        ["Organization Name:", shop],
        ["Time Period:", f"From {days[0]} To {days[-1]}" if days else ""],
        [],
    ]


def _with_balance(moves: Sequence[Moved]) -> list[tuple[Moved, int]]:
    balance, rows = 0, []
    for one in sorted(moves, key=lambda it: it.at):
        balance += one.cents if one.status == "Completed" else 0
        rows.append((one, balance))
    return rows[::-1]  # the newest first


def _cells(one: Moved, balance: int) -> list[str]:
    return [
        one.receipt, f"{one.at:%Y-%m-%d %H:%M:%S}", one.details, one.status,
        _sum(one.cents) if one.cents > 0 else "", _sum(one.cents) if one.cents < 0 else "",
        _sum(balance), one.party, one.linked,
    ]  # fmt: skip


def _sum(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02}"
