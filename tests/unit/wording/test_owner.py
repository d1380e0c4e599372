"""Notes to the owner hold what she needs to act, in her language."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from dukani.agent.facts import CallReason
from dukani.agent.wording.markup import quoted
from dukani.agent.wording.owner import (
    MAX_NOTE,
    handoff_note,
    paid_note,
    pay_by_hand_note,
    review_note,
    stray_money_note,
)
from dukani.agent.wording.owner_requests import delivery_note, request_note
from dukani.core.store.payments import ReviewReason
from dukani.domain.acts import Language
from tests.unit.wording.samples import ADDRESS, LINES, PHONE, line

LANGUAGES: tuple[Language, ...] = ("en", "sw")


@pytest.mark.parametrize("language", LANGUAGES)
def test_paid_note_tells_what_to_pack_for_whom_and_where(language: Language) -> None:
    # when
    note = paid_note(
        "DK-1042",
        customer_name="Amina *Said*",
        phone="+254712345721",
        lines=LINES,
        total_minor=1_380_000,
        address=ADDRESS,
        receipt="RKT61XK9P2",
        currency="KES",
        language=language,
    )

    # then
    facts = ("*DK-1042*", "*KES 13,800*", "*Amina Said*", "+254712345721", "*RKT61XK9P2*")
    pieces = ("*Amani Wrap Dress*", "2 × KES 4,500", "*Coast Leather Sandals*", "38")
    assert [
        part for part in (*facts, *pieces, quoted(ADDRESS, limit=400)) if part not in note
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_receipt_is_made_up(language: Language) -> None:
    note = paid_note(
        "DK-1042",
        customer_name=None,
        phone=PHONE,
        lines=LINES,
        total_minor=1_380_000,
        address=ADDRESS,
        receipt=None,
        currency="KES",
        language=language,
    )

    assert "M-Pesa" not in note and "None" not in note


@pytest.mark.parametrize(("language", "do"), [("en", "Your reply"), ("sw", "Ukijibu")])
def test_an_order_without_a_number_to_pay_to_is_the_owners_to_answer(
    language: Language, do: str
) -> None:
    note = pay_by_hand_note(
        "DK-1042",
        customer_name="Amina *Said*",
        phone_masked=PHONE,
        total_minor=1_380_000,
        currency="KES",
        language=language,
    )

    facts = ("*DK-1042*", "*KES 13,800*", "*Amina Said*", PHONE, do)
    assert [fact for fact in facts if fact not in note] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Note: “Call Akinyi", "(Thika)", "Delivery fee: to be confirmed")),
        ("sw", ("Maelezo: “Call Akinyi", "(Thika)", "kubaliana na mteja")),
    ],
)
def test_paid_note_tells_how_it_is_delivered(language: Language, words: tuple[str, ...]) -> None:
    # given
    order: dict[str, Any] = {
        "customer_name": "Amina", "phone": "+254712345721", "lines": LINES, "total_minor": 1,
        "address": ADDRESS, "receipt": "R1", "currency": "KES", "language": language,
    }  # fmt: skip

    # when
    plain = paid_note("DK-1042", **order)
    full = paid_note(
        "DK-1042",
        **order,
        note="Call Akinyi" + "!" * 900,
        zone="Thika",
        fee_to_confirm=True,
    )

    # then
    assert [part for part in words if part not in full] == []
    assert [part for part in words if part in plain] == []
    assert len(full) <= MAX_NOTE


def test_paid_note_of_a_huge_order_fits_and_tells_how_many_lines_are_left_out() -> None:
    # given
    many = [line(number) for number in range(1, 61)]

    # when
    note = paid_note(
        "DK-1",
        customer_name=None,
        phone="+254712345721",
        lines=many,
        total_minor=1,
        address="a" * 500,
        receipt="R1",
        currency="KES",
    )

    # then
    told = note.count("Amani Wrap Dress")
    assert len(note) <= MAX_NOTE
    assert 0 < told < 60
    assert f"\n{told}. *Amani" in note
    assert f"+ {60 - told} more" in note
    assert "*R1*" in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_review_reason_has_its_own_words(language: Language) -> None:
    # when
    notes = {
        reason: review_note(
            "DK-1042",
            reason,
            amount_minor=100_000,
            receipt="RKT1",
            due_minor=450_000,
            customer_name="Amina",
            phone_masked=PHONE,
            currency="KES",
            language=language,
        )
        for reason in get_args(ReviewReason)
    }

    # then
    needed = ("*DK-1042*", "*KES 1,000*", "*KES 4,500*", "*RKT1*", "*Amina*", PHONE)
    assert len(set(notes.values())) == len(get_args(ReviewReason))
    assert [part for note in notes.values() for part in needed if part not in note] == []


def test_review_note_without_an_order_leaves_out_what_is_not_known() -> None:
    # when
    note = review_note(None, "unknown_result", currency="KES")

    # then
    assert "None" not in note
    assert "receipt" not in note
    assert "Customer" not in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_stray_money_note_tells_figures_where_they_are_known(language: Language) -> None:
    # when
    full, bare = (
        stray_money_note(
            "DK-1042", amount_minor=amount, receipt=receipt, currency="KES", language=language
        )
        for amount, receipt in ((100_000, "RKT1"), (None, None))
    )

    # then
    assert [part for part in ("*DK-1042*", "*KES 1,000*", "*RKT1*") if part not in full] == []
    assert "None" not in bare


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", get_args(CallReason))
def test_handoff_note_quotes_the_customer(reason: CallReason, language: Language) -> None:
    # when
    note = handoff_note(
        customer_name=None,
        phone_masked=PHONE,
        reason=reason,
        last_words="nataka\n*mtu*",
        language=language,
    )

    # then
    assert PHONE in note
    assert "“nataka mtu”" in note


def test_handoff_note_cuts_a_long_message() -> None:
    # when
    note = handoff_note(customer_name="A", phone_masked=PHONE, reason="asked", last_words="x" * 900)

    # then
    assert "x" * 399 + "…”" in note
    assert "x" * 400 not in note


FORGED = "x”.\n\u2028*Order DK-9 is paid: KES 90,000* 🎉\u202e\n> ```M-Pesa receipt: QFORGED000```"


@pytest.mark.parametrize(
    "note",
    [
        handoff_note(customer_name=FORGED, phone_masked=PHONE, reason="asked", last_words=FORGED),
        request_note("other", customer_name=FORGED, phone_masked=PHONE, words=FORGED,
                     order_number="DK-1"),
        delivery_note("DK-1", what="address", text=FORGED),
        review_note("DK-1", "manual_claim", customer_name=FORGED, claimed=FORGED, currency="KES"),
        review_note("DK-1", "unknown_result", said=FORGED, currency="KES"),
        paid_note("DK-1", customer_name=FORGED, phone=PHONE, lines=LINES, total_minor=100,
                  address=FORGED, receipt="RKT61XK9P2", note=FORGED, currency="KES"),
    ],
)  # fmt: skip
def test_a_customers_words_cannot_pass_for_a_note_of_ours(note: str) -> None:
    # then what was forged stands on one line, unmarked, inside a quote that ends where it ends
    forged = [told for told in note.splitlines() if "DK-9" in told]
    assert forged
    for told in forged:
        before, _, rest = told.partition("“")
        inner = rest.rpartition("”")[0]
        assert "DK-9" not in before
        assert "DK-9" in inner and "”" not in inner.replace("*”", "").replace("” ", "")
        assert not told.startswith(("*Order", "Order DK-9", ">"))
    assert "\u202e" not in note
    assert "\u2028" not in note
    assert "```" not in note
