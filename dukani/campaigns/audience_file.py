"""Parses a file of customers who agreed to marketing elsewhere: each row has its proof. Pure.

A CSV as a spreadsheet saves it, with the columns of `COLUMNS`. A row that does not say when, how
and in which words the customer agreed is refused; wrong rows are told by their line and keep no
other out.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dukani.core.errors import CallerError
from dukani.core.phone import BadPhoneNumber, to_e164
from dukani.core.spreadsheets import columns_of, decoded, rows_of
from dukani.domain.campaigns import MAX_LISTED
from dukani.tools.piece_lists.spoiled import spoiled

COLUMNS = ("phone", "name", "consent_date", "consent_how", "consent_words")
_PROOF = ("consent_date", "consent_how", "consent_words")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_AS_TEXT = "format that column as text, type the numbers again and save"
LONGEST_NAME, LONGEST_HOW, LONGEST_WORDS = 80, 80, 300


class BadAudienceFile(CallerError):
    """This is no list of customers."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is refused, by its line in the file."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class ProvenRow:
    """`phone` in E.164; `proof`: when, how and in which words she agreed."""

    line: int
    phone: str = field(repr=False)
    name: str | None = field(repr=False)
    proof: str


@dataclass(frozen=True, slots=True)
class ProvenRows:
    good: Sequence[ProvenRow]
    bad: Sequence[BadRow]


def read_audience(data: bytes, *, region: str, today: date) -> ProvenRows:
    """The rows of a file; phones as people of `region` write them. Raises BadAudienceFile."""
    text = decoded(data)
    good: dict[str, ProvenRow] = {}
    bad: list[BadRow] = []
    try:
        _check_columns(columns_of(text))
        for line, cells in rows_of(text):
            if len(good) + len(bad) >= MAX_LISTED:
                raise BadAudienceFile(f"a file has at most {MAX_LISTED:,} rows: make several")
            row = _read(line, cells, region=region, today=today)
            if isinstance(row, BadRow):
                bad.append(row)
            elif row.phone in good:
                bad.append(
                    BadRow(line, f"this phone stands on line {good[row.phone].line} already")
                )
            else:
                good[row.phone] = row
    except csv.Error as error:
        raise BadAudienceFile(f"this is no table: {error}") from error
    return ProvenRows(list(good.values()), bad)


def _check_columns(header: Sequence[str]) -> None:
    lacking = [name for name in ("phone", *_PROOF) if name not in header]
    unknown = [name for name in header if name and name not in COLUMNS]
    if lacking or unknown:
        wrong = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(unknown)}"
        raise BadAudienceFile(f"the first line {wrong[:200]}; its columns are {', '.join(COLUMNS)}")


def _read(line: int, cells: dict[str, str], *, region: str, today: date) -> ProvenRow | BadRow:
    missing = [name for name in _PROOF if not cells.get(name)]
    if missing:
        why = "without it nobody may be sent marketing"
        return BadRow(line, f"no proof of consent ({', '.join(missing)} empty): {why}")
    if "phone" not in cells:
        return BadRow(line, "phone: empty")
    said_on = _day(cells["consent_date"])
    if said_on is None:
        return BadRow(line, "consent_date: write the day as 2026-11-03 or 03/11/2026")
    if said_on > today:
        return BadRow(line, f"consent_date: {said_on} is still to come")
    if spoiled(cells["phone"], "phone"):
        return BadRow(line, f"phone: the spreadsheet made {cells['phone']!r} of it: {_AS_TEXT}")
    try:
        phone = to_e164(cells["phone"], region=region)
    except BadPhoneNumber as error:
        return BadRow(line, f"phone: {error}")
    for name, longest in (("name", LONGEST_NAME), ("consent_how", LONGEST_HOW),
                          ("consent_words", LONGEST_WORDS)):  # fmt: skip
        if len(cells.get(name, "")) > longest or "\0" in cells.get(name, ""):
            return BadRow(line, f"{name}: at most {longest} characters, of plain text")
    proof = f"{said_on} · {cells['consent_how']} · {cells['consent_words']}"
    return ProvenRow(line, phone, cells.get("name"), proof)


def _day(text: str) -> date | None:
    """A day, with or without a time behind it; day before month, as East Africa writes it."""
    for form in _DAYS:
        try:
            return datetime.strptime(text[:10].strip(), form).date()
        except ValueError:
            continue
    return None
