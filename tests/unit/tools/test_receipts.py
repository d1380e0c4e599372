"""A receipt on paper: what can be read on it, in which language, and the same every time."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dukani.agent.wording.receipts import WORDS, caption, file_name
from dukani.domain.receipt import Receipt, ReceiptLine
from dukani.domain.templates import TEMPLATES
from dukani.tools.receipts.a4 import a4
from dukani.tools.receipts.paper import drawn
from dukani.tools.receipts.slip import slip

DUKANI = Path(__file__).parents[3] / "dukani"
MESSAGES = DUKANI.parent / "dashboard" / "src" / "messages"

DRESS = ReceiptLine("Waridi Shift Dress", "navy", "M", 1, 420000)
HAT = ReceiptLine("Savannah Hat", "natural", "ONE", 2, 99950)
RECEIPT = Receipt(
    shop="Zuri Boutique",
    shop_address="Westlands, Nairobi",
    shop_phone="",
    number="DK-7H3KQP",
    at=datetime(2026, 11, 26, 21, 5, tzinfo=UTC),
    timezone="Africa/Nairobi",
    language="en",
    currency="KES",
    lines=(DRESS, HAT),
    delivery_minor=25000,
    delivery_to_confirm=False,
    total_minor=644900,
    paid_with="mpesa",
    reference="TJK4A1B2C3",
    payer_phone="+254 7•• ••• 721",
    customer="Wanjirũ Kamau",
)
PAPERS = pytest.mark.parametrize("paper", [a4, slip])


def read(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@PAPERS
def test_it_says_who_sold_what_to_whom_for_how_much(paper) -> None:
    text = read(paper(RECEIPT))

    for said in (
        "Zuri Boutique", "Westlands, Nairobi", "Receipt", "DK-7H3KQP", "Wanjirũ Kamau",
        "Waridi Shift Dress", "Navy · M", "KES 4,200", "KES 999.50", "KES 1,999",
        "KES 6,199", "Delivery", "KES 250", "Total paid", "KES 6,449",
        "Paid by M-Pesa", "TJK4A1B2C3", "+254 7•• ••• 721", "not a tax invoice",
    ):  # fmt: skip
        assert said in text
    # The day is the boutique's: it is past midnight in Nairobi.
    assert "27 November 2026, 00:05" in text


@PAPERS
def test_it_is_in_the_customers_language(paper) -> None:
    text = read(paper(replace(RECEIPT, language="sw")))

    for said in ("Risiti", "27 Novemba 2026", "Imelipwa kwa M-Pesa", "si ankara ya kodi"):
        assert said in text
    assert not any(word in text for word in ("Receipt", "Total", "Paid", "Delivery"))


@PAPERS
def test_what_is_not_paid_does_not_say_that_it_is(paper) -> None:
    owed = replace(RECEIPT, paid_with="credit", reference="", delivery_minor=None)

    text = read(paper(owed))

    assert "Sold on credit" in text and "Total to be paid" in text and "Not paid yet" in text
    assert "Total paid" not in text and "Delivery" not in text


@PAPERS
def test_a_fee_that_is_to_be_agreed_is_no_sum(paper) -> None:
    text = read(paper(replace(RECEIPT, delivery_minor=0, delivery_to_confirm=True)))

    assert "to be agreed" in text and "KES 0" not in text


@PAPERS
def test_what_was_given_back_since_is_said(paper) -> None:
    text = read(paper(replace(RECEIPT, refunded_minor=199900)))

    assert "Given back since" in text and "KES 6,449" in text


@PAPERS
def test_the_same_receipt_is_the_same_file(paper) -> None:
    assert paper(RECEIPT) == paper(RECEIPT)
    assert paper(RECEIPT) != paper(replace(RECEIPT, number="DK-7H3KQQ"))


def test_many_pieces_go_on_on_another_page_with_the_total_last() -> None:
    pages = PdfReader(BytesIO(a4(replace(RECEIPT, lines=(DRESS,) * 30)))).pages

    assert len(pages) > 1
    assert "Total paid" in pages[-1].extract_text()
    assert all("DK-7H3KQP" in page.extract_text() for page in pages)


def test_the_roll_is_as_wide_as_a_till_and_as_long_as_what_it_says() -> None:
    short, long = (
        PdfReader(BytesIO(slip(replace(RECEIPT, lines=(DRESS,) * count)))).pages[0].mediabox
        for count in (1, 12)
    )

    assert float(short.width) == float(long.width) == pytest.approx(80 / 25.4 * 72, abs=0.1)
    assert short.height < long.height < 3 * short.height


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zuri 🌸 Boutique", "Zuri Boutique"),  # no box in its place
        ("Ng\u2019ang\u02bca", "Ng'ang'a"),
        ("José Ñandú", "José Ñandú"),
        ("🌸", ""),
    ],
)
def test_characters_that_no_printer_has_are_left_out(text: str, shown: str) -> None:
    assert drawn(text) == shown


def test_it_is_named_and_handed_over_in_both_languages() -> None:
    swahili = replace(RECEIPT, language="sw")

    assert (file_name(RECEIPT), file_name(swahili)) == (
        "Receipt DK-7H3KQP.pdf",
        "Risiti DK-7H3KQP.pdf",
    )
    assert "DK-7H3KQP" in caption(RECEIPT) and "risiti" in caption(swahili)
    assert set(WORDS["en"].paid) == set(WORDS["sw"].paid)


@PAPERS
def test_it_shows_kras_number_where_the_shop_noted_one(paper) -> None:
    noted = replace(RECEIPT, kra_pin="A123456789Z", etims_number="KRA-SMART 0012")

    text = " ".join(read(paper(noted)).split())

    assert "KRA PIN A123456789Z" in text
    assert "eTIMS number KRA-SMART 0012" in text
    assert "eTIMS" not in read(paper(RECEIPT))


def test_no_words_of_ours_call_a_receipt_a_tax_invoice() -> None:
    """Only the words that deny it may say so: an invoice is issued with KRA's own app."""
    denied = {WORDS[language].no_tax_invoice.lower() for language in WORDS}
    called = re.compile(r"invoice|ankara ya kodi|fiscal|risiti ya kodi|etr receipt", re.IGNORECASE)
    said = [text for words in WORDS.values() for text in _texts(asdict(words))]
    for path in sorted(MESSAGES.rglob("*.json")):
        said += _texts(json.loads(path.read_text()))
    said += [text for template in TEMPLATES.values() for text in template.texts.values()]
    said += [path.read_text() for path in sorted((DUKANI / "storefront").rglob("*.py"))]

    assert len(said) > 1000  # or nothing was looked at
    wrong = [text for text in said if called.search(text) and text.lower() not in denied]
    assert [text for text in wrong if not _OF_KRA.search(text)] == []


# The page for eTIMS speaks of KRA's invoices, which are not ours.
_OF_KRA = re.compile(r"eTIMS|KRA")


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [value] if isinstance(value, str) else []
