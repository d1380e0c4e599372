"""No cell of a table that we write is run as a formula by whoever opens it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.inert import inert, plain
from dukani.core.settings import ROOT

BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("begins", BEGINS)
def test_a_formula_stays_text(begins: str) -> None:
    assert inert(f"{begins}cmd|' /C calc'!A0").startswith("'")


@given(st.text(st.sampled_from("=+-@\t\r\n'＝＋－＠1a, \"")))
def test_whatever_is_written_begins_no_formula_and_is_read_back(cell: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow([inert(cell), "next"])

    [row] = csv.reader(io.StringIO(written.getvalue(), newline=""))

    assert not row[0].startswith(BEGINS)
    assert plain(row[0]) == cell


def test_whatever_of_ours_writes_a_table_guards_its_cells() -> None:
    files = [file for file in (ROOT / "dukani").rglob("*.py") if "sandbox" not in file.parts]
    writing = {file.name: file.read_text() for file in files if "csv.writer(" in file.read_text()}

    assert len(writing) >= 7
    assert [name for name, text in writing.items() if "inert(" not in text] == []
