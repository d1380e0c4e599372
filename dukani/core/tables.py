"""Reads the rows of a table as people save it: CSV of any spreadsheet and country, or XLSX.

A row keeps the number that a spreadsheet shows beside it. Cells are text: a number as it was typed
where the file tells, a date in ISO form, so that whoever reads a column can see what it became.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from dukani.core.errors import CallerError
from dukani.core.spreadsheets import decoded

Row = tuple[int, list[str]]

MOST_COLUMNS = 100
MOST_ROWS = 100_000  # empty ones too, of which a sheet may name a million
MOST_UNPACKED = 80 * 2**20  # of an XLSX: a few kilobytes may hold gigabytes
MOST_PARTS = 2000
_SEPARATORS = ",;\t|"
_LOOKED_AT = 20  # rows by which the separator is told
# A spreadsheet keeps 15 digits of a number: of a longer one the end is made up.
_LARGEST_EXACT = 10**15
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class UnreadableTable(CallerError):
    """This is no table that can be read: save it as CSV or XLSX."""

    http_status = 422


def rows_of_table(data: bytes) -> Iterator[Row]:
    """The rows that say something. Raises UnreadableTable, also while they are read."""
    if data.startswith(b"PK"):
        return _of_xlsx(data)
    if data.startswith(_OLD_EXCEL):
        raise UnreadableTable("This is Excel's old format: save it as .xlsx or CSV.")
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableTable
    return _of_csv(_text(data))


def _text(data: bytes) -> str:
    head = data[:2000]
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in head:
        # UTF-16 without its mark: every other byte of Latin letters is empty.
        little = head[1::2].count(0) > head[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    return decoded(data).removeprefix("\ufeff")


def _of_csv(text: str) -> Iterator[Row]:
    separator = _separator(text)
    first = 1
    if text[:5].lower().startswith("sep=") and len(text) > 4:  # Excel's own first line
        separator, text, first = text[4], text.partition("\n")[2], 2
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(table, first):
            yield from _said(number, cells)
    except csv.Error as error:
        raise UnreadableTable(f"This is no CSV: {error}.") from error


def _said(number: int, cells: list[str]) -> Iterator[Row]:
    plain = [cell.replace("\0", "").strip() for cell in cells[:MOST_COLUMNS]]
    while plain and not plain[-1]:
        plain.pop()
    if plain:
        yield number, plain


def _separator(text: str) -> str:
    """The one by which most rows have as many cells, and many: commas may stand in prices."""

    def fit(separator: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator)
        widths: list[int] = []
        try:
            for row in reader:
                if any(row):
                    widths.append(len(row))
                if len(widths) == _LOOKED_AT:
                    break
        except csv.Error:
            return (0, 0)
        usual = max(set(widths), key=widths.count, default=0)
        return (widths.count(usual) / len(widths) if usual > 1 else 0, usual)

    return max(_SEPARATORS, key=fit)


def _of_xlsx(data: bytes) -> Iterator[Row]:
    _check_parts(data)
    # Takes a while to import, and only this needs it.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises any error for a broken file: KeyError too
        raise UnreadableTable("This XLSX cannot be opened: save it anew, or as CSV.") from error
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            said = False
            sheet.reset_dimensions()  # what the file tells of its size may be wrong
            for row in _of_sheet(sheet):
                said = True
                yield row
            if said:
                return
    finally:
        book.close()


def _of_sheet(sheet: Any) -> Iterator[Row]:
    try:
        table = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS)
        for number, cells in enumerate(table, 1):
            yield from _said(number, [_cell(cell) for cell in cells])
    except Exception as error:
        raise UnreadableTable("This XLSX cannot be read: save it anew, or as CSV.") from error


def _check_parts(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableTable("This XLSX is not whole: save it anew.") from error
    if not any(one.filename == "xl/workbook.xml" for one in listed):
        raise UnreadableTable
    unpacked = sum(one.file_size for one in listed)
    if len(listed) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise UnreadableTable("This XLSX is too large: keep the list alone in it, or save as CSV.")


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, str(getattr(cell, "number_format", "") or ""))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _number(value: float, shown_as: str) -> str:
    if value != value or abs(value) >= _LARGEST_EXACT:
        return f"{value:.5E}"
    if isinstance(value, float) and not value.is_integer():
        return repr(round(value, 6))
    whole = str(int(value))
    # A format of zeros alone shows leading ones, as a code has them.
    return whole.zfill(len(shown_as)) if shown_as and set(shown_as) == {"0"} else whole
