"""Tables as people save them: separators, encodings, and what a spreadsheet made of a cell."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from dukani.core.tables import UnreadableTable, rows_of_table


def read(data: bytes) -> list[tuple[int, list[str]]]:
    return list(rows_of_table(data))


def a_workbook(*rows: list[Any], **formats: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shown_as in formats.items():
        book.active[cell].number_format = shown_as
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"sku,price\nA,3500\n",
        b"sku;price\r\nA;3500\r\n",
        b"sku\tprice\nA\t3500\n",
        b"sep=;\nsku;price\nA;3500\n",
        "sku;price\nA;3500\n".encode("utf-16"),
        "sku\tprice\nA\t3500\n".encode("utf-16-le"),  # without its mark
        "\ufeffsku,price\nA,3500\n".encode(),
    ],
)
def test_a_table_is_read_whatever_wrote_it(data: bytes) -> None:
    assert [cells for _, cells in read(data)] == [["sku", "price"], ["A", "3500"]]


def test_commas_in_prices_do_not_make_commas_the_separator() -> None:
    found = read(b"sku;price\nA;3,500\nB;4,500\nC;1,200\n")
    assert [cells for _, cells in found][1:] == [["A", "3,500"], ["B", "4,500"], ["C", "1,200"]]


def test_text_that_is_no_utf8_is_windows_own() -> None:
    assert read("sku,name\nA,Café\n".encode("cp1252"))[1][1] == ["A", "Café"]


def test_a_row_keeps_the_number_that_a_spreadsheet_shows() -> None:
    found = read(b'sku,name\n\nA,"two\nlines"\nB,x\n')
    assert [line for line, _ in found] == [1, 3, 4]


def test_cells_of_excel_are_the_text_that_was_typed() -> None:
    data = a_workbook(
        ["SKU", "price", "made", "on sale", "code", "barcode"],
        [1001, 3500.0, date(2026, 6, 8), True, 42, 6161100123456],
        [1002, 3500.5, None, False, 7, 6161100123456789012],
        E2="00000",
    )

    found = read(data)

    assert found[1] == (2, ["1001", "3500", "2026-06-08T00:00:00", "yes", "00042", "6161100123456"])
    # Of a number longer than fifteen digits the end is made up: it stays to be refused.
    assert found[2] == (3, ["1002", "3500.5", "", "no", "7", "6.16110E+18"])


def test_a_formula_gives_what_excel_last_showed_or_nothing() -> None:
    assert read(a_workbook(["sku", "price"], ["A", "=1+1"]))[1] == (2, ["A"])


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # .xls
        b"PK\x03\x04 and no more",
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTable):
        read(data)


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (81 * 2**20))

    with pytest.raises(UnreadableTable, match="too large"):
        read(out.getvalue())


def test_any_other_zip_is_no_table() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("a.txt", "a")
    with pytest.raises(UnreadableTable):
        read(out.getvalue())
