"""A file of customers: phones as people write them, and a proof of consent for each."""

from __future__ import annotations

from datetime import date

import pytest

from dukani.campaigns.audience_file import BadAudienceFile, ProvenRows, read_audience

TODAY = date(2026, 11, 27)
HEADER = "phone,name,consent_date,consent_how,consent_words"


def read(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> ProvenRows:
    text = "\r\n".join((header, *rows))
    return read_audience(text.encode(encoding), region="KE", today=TODAY)


@pytest.mark.parametrize(
    "phone", ["0722 000 111", "722000111", "+254722000111", "254-722-000-111", "00254722000111"]
)
def test_phones_are_read_as_people_write_them(phone: str) -> None:
    (row,) = read(f"{phone},Njeri,2026-11-03,shop,yes").good
    assert (row.phone, row.line) == ("+254722000111", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_as_spreadsheets_save_them(encoding: str) -> None:
    (row,) = read("0722000111,Zoë,2026-11-03,shop,oui", encoding=encoding).good
    assert row.name == "Zoë"


def test_semicolons_and_another_order_of_columns_will_do() -> None:
    header = "Consent_Words;CONSENT_HOW;consent_date; phone"
    (row,) = read("yes, please;shop;03/11/2026;0722000111", header=header).good
    assert (row.proof, row.name) == ("2026-11-03 · shop · yes, please", None)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("0722000111,Njeri,,shop,yes", "no proof of consent (consent_date empty)"),
        ("0722000111,Njeri,2026-11-03,,yes", "no proof of consent (consent_how empty)"),
        ("0722000111,Njeri,2026-11-03,shop,", "no proof of consent (consent_words empty)"),
        (",Njeri,2026-11-03,shop,yes", "phone: empty"),
        ("12,Njeri,2026-11-03,shop,yes", "phone: "),
        # A spreadsheet rounded it, and nobody's number can be made of that.
        (
            "2.54712E+11,Njeri,2026-11-03,shop,yes",
            "phone: the spreadsheet made '2.54712E+11' of it",
        ),
        ("0722000111,Njeri,yesterday,shop,yes", "consent_date: write the day"),
        ("0722000111,Njeri,2026-11-28,shop,yes", "consent_date: 2026-11-28 is still to come"),
        (f"0722000111,{'N' * 81},2026-11-03,shop,yes", "name: at most 80"),
    ],
)
def test_a_wrong_row_is_told_by_its_line_and_keeps_no_other_out(row: str, why: str) -> None:
    found = read(row, "", "0722000999,Good,2026-11-03,shop,yes")
    assert [one.name for one in found.good] == ["Good"]
    (bad,) = found.bad
    assert bad.line == 2 and bad.why.startswith(why)


@pytest.mark.parametrize("header", ["phone,name", HEADER + ",shoe", ""])
def test_other_tables_are_none(header: str) -> None:
    with pytest.raises(BadAudienceFile):
        read(header=header)


def test_lines_may_end_as_on_an_old_mac() -> None:
    text = f"{HEADER}\r0722000111,Njeri,2026-11-03,shop,yes\r"
    found = read_audience(text.encode(), region="KE", today=TODAY)
    assert [(row.line, row.name) for row in found.good] == [(2, "Njeri")]


def test_a_cell_that_is_a_book_is_refused() -> None:
    with pytest.raises(BadAudienceFile, match="this is no table"):
        read(f"0722000111,{'N' * 200_000},2026-11-03,shop,yes")
    with pytest.raises(BadAudienceFile):
        read(header="N" * 200_000)
