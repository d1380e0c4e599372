"""Reads an M-Pesa statement as Safaricom exports it: CSV, XLSX or PDF, preamble and all.

A row that cannot be read is listed with its line and why, and keeps no other out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from dukani.core.errors import CallerError
from dukani.core.money import minor_per_unit
from dukani.core.store.statements import StatementLine
from dukani.core.tables import Row, UnreadableTable, rows_of_table
from dukani.domain.statement_lines import kind_of, original_of, party_in, phone_in
from dukani.tools.statements import pdf
from dukani.tools.statements.cells import minor_of, time_of

Why = Literal["no_receipt", "bad_time", "bad_amount", "no_amount", "two_amounts"]

MOST_LINES = 20_000
_LOOKED_AT = 60  # rows in which the columns may be named: the preamble is above
# By letters alone: `Receipt No.`, `RECEIPT NO` and `receiptno` are one.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "receipt": ("receiptno", "receipt", "receiptnumber", "transactionid", "mpesareceiptno"),
    "time": ("completiontime", "date", "time", "transactiontime", "completiondate", "datetime"),
    "details": ("details", "description", "transactiondetails", "particulars"),
    "status": ("transactionstatus", "status"),
    "paid_in": ("paidin", "credit", "moneyin", "amountin"),
    "withdrawn": ("withdrawn", "withdrawal", "paidout", "debit", "moneyout", "withdrawnamount"),
    "party": ("otherpartyinfo", "otherparty", "counterparty"),
    "reason": ("reasontype", "transactiontype"),
    "linked": ("linkedtransactionid", "linkedtransaction"),
}
_NEEDED = ("receipt", "time", "paid_in", "withdrawn")
_DONE = ("completed", "complete", "success", "successful", "")
_RECEIPT = re.compile(r"[A-Z0-9]{6,20}")


class UnreadableStatement(CallerError):
    """This is no M-Pesa statement: download it from M-Pesa as CSV, XLSX or PDF."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    why: Why


@dataclass(slots=True)
class Statement:
    """`unfinished`: rows of transactions that failed or are under way; no money moved."""

    lines: list[StatementLine] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    unfinished: int = 0


def read_statement(
    data: bytes, *, timezone: str, currency: str, password: str | None = None
) -> Statement:
    """Raises UnreadableStatement, PasswordNeeded or WrongPassword. Takes seconds: use a thread."""
    rows: Iterable[Row]
    try:
        rows = pdf.rows_of(data, password) if data.startswith(b"%PDF") else rows_of_table(data)
        read = list(_at_most(rows))
    except UnreadableTable as error:
        raise UnreadableStatement(str(error)) from error
    return _read(read, ZoneInfo(timezone), minor_per_unit(currency))


def _at_most(rows: Iterable[Row]) -> Iterable[Row]:
    for count, row in enumerate(rows):
        if count > MOST_LINES:
            raise UnreadableStatement(
                f"It has more than {MOST_LINES:,} lines: download a shorter time."
            )
        yield row


def _read(rows: Sequence[Row], zone: ZoneInfo, per_unit: int) -> Statement:
    at, columns = _header(rows)
    found = Statement()
    for line, cells in rows[at + 1 :]:
        cell = {
            name: cells[place].strip() if place < len(cells) else ""
            for name, place in columns.items()
        }
        if not _is_row(cell) or _columns_of(cells).keys() >= set(_NEEDED):
            continue  # a page's heading again, totals, a footer
        if cell.get("status", "").lower() not in _DONE:
            found.unfinished += 1
            continue
        read = _line(line, cell, zone, per_unit)
        if isinstance(read, BadRow):
            found.bad.append(read)
        else:
            found.lines.append(read)
    return found


def _header(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    for at, (_, cells) in enumerate(rows[:_LOOKED_AT]):
        columns = _columns_of(cells)
        if columns.keys() >= set(_NEEDED):
            return at, columns
    raise UnreadableStatement


def _columns_of(cells: Sequence[str]) -> dict[str, int]:
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
    return {
        column: next(names.index(one) for one in known if one in names)
        for column, known in _COLUMNS.items()
        if any(one in names for one in known)
    }


def _is_row(cell: dict[str, str]) -> bool:
    """Whether it tells of a transaction: totals and footers name neither receipt nor time."""
    receipt = cell["receipt"].upper()
    looks_like_one = bool(_RECEIPT.fullmatch(receipt)) and any(c.isdigit() for c in receipt)
    return looks_like_one or (bool(cell["time"]) and bool(cell["paid_in"] or cell["withdrawn"]))


def _line(line: int, cell: dict[str, str], zone: ZoneInfo, per_unit: int) -> StatementLine | BadRow:
    receipt = cell["receipt"].upper()
    if not _RECEIPT.fullmatch(receipt):
        return BadRow(line, "no_receipt")
    at = time_of(cell["time"], zone)
    if at is None:
        return BadRow(line, "bad_time")
    came, went = (minor_of(cell[name], per_unit=per_unit) for name in ("paid_in", "withdrawn"))
    if came is None or went is None or came < 0:
        return BadRow(line, "bad_amount")
    if bool(came) == bool(went):
        return BadRow(line, "two_amounts" if came else "no_amount")
    said = " ".join(filter(None, (cell.get("details"), cell.get("reason"))))
    kind = kind_of(said, came_in=bool(came))
    party = cell.get("party", "")
    whose = next((text for text in (party, cell.get("details", "")) if phone_in(text)), party)
    return StatementLine(
        line=line,
        receipt=receipt,
        kind=kind,
        amount_minor=came or abs(went),
        completed_at=at,
        details=_plain(cell.get("details", ""))[:500],
        phone=phone_in(whose),
        other_party=_plain(party_in(whose) or party)[:120] or None,
        original=original_of(receipt, cell.get("linked", ""), said) if kind == "reversal" else None,
    )


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
