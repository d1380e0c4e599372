"""Statements as exports write them: odd headings, dates, sums, encodings, and broken rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dukani.sandbox.statement import Moved, as_csv, as_pdf, as_xlsx
from dukani.tools.statements.cells import minor_of, time_of
from dukani.tools.statements.pdf import PasswordNeeded, WrongPassword
from dukani.tools.statements.reading import Statement, UnreadableStatement, read_statement

NAIROBI = ZoneInfo("Africa/Nairobi")
AT = datetime(2026, 11, 20, 14, 3, 22, tzinfo=NAIROBI)
PAID = "Merchant Payment from 2547******123 - JANE WANJIKU Acc. DK-4821"


def read(data: bytes | str, password: str | None = None) -> Statement:
    data = data.encode() if isinstance(data, str) else data
    return read_statement(data, timezone="Africa/Nairobi", currency="KES", password=password)


MOVES = [
    Moved("TKK1A2B3C4", AT, PAID, 450_000, "2547******123 - JANE WANJIKU"),
    Moved("TKK1A2B3C4", AT, "Pay merchant Charge", -2_475),
    Moved("TKK9Z8Y7X6", AT + timedelta(hours=1), "Transaction Reversal of TKK1A2B3C4", -450_000,
          linked="TKK1A2B3C4"),
    Moved("TKL5A5A5A5", AT + timedelta(days=1), "Organization Withdrawal of Funds", -1_000_050),
    Moved("TKL6B6B6B6", AT + timedelta(days=1), "Business Payment to 254711000001 - AMINA ALI",
          -350_000, "254711000001 - AMINA ALI"),
    Moved("TKL7C7C7C7", AT + timedelta(days=1), "Merchant Payment from 254722000009 - BRIAN OTIENO"
          " with a very long line of words that goes on below it", 1_234_567),
    Moved("TKL8D8D8D8", AT + timedelta(days=1), "Merchant Payment", 5_000, status="Failed"),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_pdf])
def test_the_three_exports_say_the_same(write) -> None:  # type: ignore[no-untyped-def]
    found = read(write("Zuri Boutique", MOVES))

    by_receipt = {(one.receipt, one.kind): one for one in found.lines}
    assert {key: one.amount_minor for key, one in by_receipt.items()} == {
        ("TKK1A2B3C4", "paid_in"): 450_000,
        ("TKK1A2B3C4", "charge"): 2_475,
        ("TKK9Z8Y7X6", "reversal"): 450_000,
        ("TKL5A5A5A5", "withdrawal"): 1_000_050,
        ("TKL6B6B6B6", "paid_out"): 350_000,
        ("TKL7C7C7C7", "paid_in"): 1_234_567,
    }
    paid = by_receipt["TKK1A2B3C4", "paid_in"]
    assert paid.completed_at == AT
    assert paid.phone == "2547******123"
    assert paid.other_party == "JANE WANJIKU"
    assert by_receipt["TKK9Z8Y7X6", "reversal"].original == "TKK1A2B3C4"
    assert by_receipt["TKL7C7C7C7", "paid_in"].details.endswith("goes on below it")
    assert (found.bad, found.unfinished) == ([], 1)


def test_a_pdf_of_many_pages_loses_no_row() -> None:
    moves = [
        Moved(f"TK{n:08}", AT + timedelta(minutes=n), f"Payment {n} - 254722000009", 100 + n)
        for n in range(200)
    ]

    found = read(as_pdf("Zuri", moves))

    assert sum(one.amount_minor for one in found.lines) == sum(one.cents for one in moves)


def test_a_locked_pdf_asks_for_its_password() -> None:
    locked = as_pdf("Zuri", MOVES, password="482913")

    with pytest.raises(PasswordNeeded):
        read(locked)
    with pytest.raises(WrongPassword):
        read(locked, "111111")
    assert len(read(locked, "482913").lines) == 6


ODD = """M-PESA STATEMENT;;;;;;
Time period;01/11/2026 - 30/11/2026;;;;;
;;;;;;
WITHDRAWN ;Paid  in;receipt no;COMPLETION TIME;Other party info;transaction status;Details
;"1,200.00";tkp9a1b2c3;20-11-2026 14:03:22;254712345678 - ALI;Completed;Pay Bill
;1 500,50;TKP9A1B2C4;20/11/2026 2:03 PM;;COMPLETED;Pay Bill
;;TKP9A1B2C5;2026-11-20 14:03:22;;Completed;Pay Bill
;12x;TKP9A1B2C6;2026-11-20 14:03:22;;Completed;Pay Bill
;100;TKP9A1B2C7;31/31/2026 10:00;;Completed;Pay Bill
;100;???;2026-11-20 14:03:22;;Completed;Pay Bill
-5.00;100;TKP9A1B2C8;2026-11-20 14:03:22;;Completed;Pay Bill
;2,700.50;Total;;;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "utf-16-le"])
def test_odd_files_are_read_and_bad_rows_named(encoding: str) -> None:
    found = read(ODD.encode(encoding))

    assert [(one.receipt, one.amount_minor) for one in found.lines] == [
        ("TKP9A1B2C3", 120_000),
        ("TKP9A1B2C4", 150_050),
    ]
    assert found.lines[0].phone == "254712345678"
    assert found.lines[1].completed_at == datetime(2026, 11, 20, 11, 3, tzinfo=UTC)
    assert [(row.line, row.why) for row in found.bad] == [
        (7, "no_amount"),
        (8, "bad_amount"),
        (9, "bad_time"),
        (10, "no_receipt"),
        (11, "two_amounts"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"sku,price\nA,3500\n", b"PK\x03\x04rubbish", b"%PDF-1.7 rubbish",
        b"\x89PNG\r\n", b"%PDF-1.4\n%%EOF",
    ],
)  # fmt: skip
def test_what_is_no_statement_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableStatement):
        read(data)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,234.00", 123_400), ("-500.00", -50_000), ("KSh 1,200", 120_000), ("(12.50)", -1_250),
        ("1.234,50", 123_450), ("", 0), ("-", 0), ("0.00", 0), ("7", 700), ("1.005", None),
        ("abc", None), ("1e5", None), ("١٢", None), ("99999999999999", None),
    ],
)  # fmt: skip
def test_sums_as_they_are_written(text: str, minor: int | None) -> None:
    assert minor_of(text, per_unit=100) == minor


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01 10:00:00", "20/11/2026"])
def test_no_time_is_guessed(text: str) -> None:
    assert time_of(text, NAIROBI) is None
