"""Reads tables as spreadsheets save them: in whichever encoding and with whichever separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows' western encoding."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def dialect_of(text: str) -> type[csv.Dialect]:
    """The separator: commas, or the semicolons or tabs of spreadsheets in some countries."""
    first = text.partition("\n")[0]

    class Written(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Written


def _lines(text: str) -> Reader:
    """Lines end as on any machine, also with a carriage return alone."""
    return csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=None), dialect_of(text))


def columns_of(text: str) -> list[str]:
    """The names in the first line, in small letters. Raises csv.Error for a line that is none."""
    header = next(_lines(text), [])
    return [name.strip().lower() for name in header]


def rows_of(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines that say something, with their numbers: what stands under each name.

    Raises csv.Error for a line that is none.
    """
    table = _lines(text)
    names = [name.strip().lower() for name in next(table, [])]
    for row in table:
        named = zip(names, (cell.strip() for cell in row), strict=False)
        cells = {name: cell for name, cell in named if name and cell}
        if cells:
            yield table.line_num, cells
