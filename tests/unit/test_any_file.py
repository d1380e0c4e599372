"""Whatever file is uploaded, each reader reads it or says what is wrong: none breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.boutique_file import read_boutique
from dukani.campaigns.audience_file import read_audience
from dukani.core.errors import DukaniError
from dukani.core.settings import ROOT
from dukani.core.tables import rows_of_table
from dukani.pieces_file import read_pieces
from dukani.sandbox.statement import Moved, as_csv, as_pdf, as_xlsx
from dukani.tools.piece_lists.uploading import read_list
from dukani.tools.statements.reading import read_statement
from tests.examples import examples

MOVES = [Moved("TKK1A2B3C4", datetime(2026, 11, 20, 14, 3, tzinfo=UTC), "Merchant Payment", 4500)]
PIECES_CSV, PIECES_TOML, BOUTIQUE = (
    (ROOT / "docs" / name).read_bytes() for name in ("pieces.csv", "pieces.toml", "boutique.toml")
)
AUDIENCE = (
    b"phone,name,consent_date,consent_how,consent_words\n"
    b"0712000001,Amina,2026-05-03,at the counter,yes to offers\n"
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _pieces(data: bytes, *, is_toml: bool) -> object:
    return read_pieces(_text(data), folder=Path("/nowhere"), is_toml=is_toml, currency="KES")


READERS: dict[str, tuple[Callable[[bytes], object], list[bytes]]] = {
    "table": (lambda data: list(rows_of_table(data)), [PIECES_CSV, as_xlsx("Zuri", MOVES)]),
    "list of pieces": (read_list, [PIECES_CSV, as_xlsx("Zuri", MOVES)]),
    "pieces of a command": (partial(_pieces, is_toml=False), [PIECES_CSV]),
    "pieces in TOML": (partial(_pieces, is_toml=True), [PIECES_TOML]),
    "boutique": (lambda data: read_boutique(_text(data)), [BOUTIQUE]),
    "audience": (partial(read_audience, region="KE", today=date(2026, 11, 28)), [AUDIENCE]),
    "statement": (
        partial(read_statement, timezone="Africa/Nairobi", currency="KES"),
        [as_csv("Zuri", MOVES), as_xlsx("Zuri", MOVES), as_pdf("Zuri", MOVES)],
    ),
}
ODD = [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b'"', b"=cmd()", b"9" * 500, b"1e999", b"NaN",
       b"\xe2\x80\xae", b"[" * 300, b"'''", b"-0", b"PK\x03\x04", b"\n", b",,,,", b"\t", b"0x",
       b"99999-99-99", b"<!DOCTYPE a [<!ENTITY b \"c\">]>"]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """A file of which parts are other bytes, are there twice, or are gone."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.integers(0, 40)))
        put = draw(st.sampled_from(ODD) | st.binary(max_size=8) | st.just(data[at:until] * 2))
        data = data[:at] + put + data[until:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@pytest.mark.parametrize("reader", READERS)
def test_the_whole_files_are_read(reader: str) -> None:
    read, files = READERS[reader]
    assert [read(one) for one in files]


@pytest.mark.parametrize("reader", READERS)
@examples(120)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(reader: str, data: st.DataObject) -> None:
    read, files = READERS[reader]
    file = data.draw(damaged(files) | st.binary(max_size=200))

    try:
        read(file)
    except DukaniError as refusal:
        assert str(refusal)
