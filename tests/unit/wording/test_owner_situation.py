"""Notes to the owner tell where the customer stands, within the length of a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from dukani.agent.wording.owner import handoff_note, pay_by_hand_note, review_note
from dukani.agent.wording.owner_requests import request_note
from dukani.agent.wording.owner_situation import MAX_NOTE, Situation, Stage
from dukani.domain.acts import Language
from tests.unit.wording.samples import ADDRESS, LINES, PHONE, line

STANDING = Situation(
    currency="KES",
    stage="pending",
    order_number="DK-7",
    lines=LINES,
    delivery_minor=25_000,
    total_minor=1_405_000,
    address=ADDRESS,
    zone="Kilimani",
    note="Call Akinyi",
)
WHO: dict[str, Any] = {"customer_name": "Amina", "phone_masked": PHONE}
Note = Callable[..., str]
NOTES: list[Note] = [
    lambda **told: handoff_note(**WHO, reason="asked", last_words="x" * 900, **told),
    lambda **told: request_note("hold", **WHO, words="x" * 900, order_number=None, **told),
    lambda **told: pay_by_hand_note("DK-7", **WHO, total_minor=1_405_000, currency="KES", **told),
    lambda **told: review_note(
        "DK-7", "unknown_result", **WHO, said="x" * 900, currency="KES", **told
    ),
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("waiting for payment", "Delivery: *KES 250*", "Total:", "Note:", "reply")),
        ("sw", ("inasubiri malipo", "Delivery: *KES 250*", "Jumla:", "Maelezo:", "jibu")),
    ],
)
def test_a_note_tells_pieces_fee_total_and_address(
    note: Note, language: Language, words: tuple[str, ...]
) -> None:
    told = note(situation=STANDING, language=language)

    same = ("*DK-7*", "*KES 14,050*", "*Amani Wrap Dress*", "2 × KES 4,500", "“Call Akinyi”")
    assert [part for part in (*same, *words) if part.lower() not in told.lower()] == []
    assert ADDRESS[:20] in told


def test_a_fee_that_is_not_known_is_told_as_such() -> None:
    open_fee = STANDING.model_copy(update={"delivery_minor": None, "fee_to_confirm": True})
    assert "Delivery fee: to be confirmed" in NOTES[0](situation=open_fee)


@pytest.mark.parametrize("note", NOTES)
def test_a_huge_order_fits_the_note_and_tells_how_many_lines_are_left_out(note: Note) -> None:
    many = tuple(line(number) for number in range(1, 61))
    huge = STANDING.model_copy(update={"lines": many, "address": "a" * 900, "note": "n" * 900})

    told = note(situation=huge)

    assert len(told) <= MAX_NOTE
    kept = told.count("Amani Wrap Dress")
    assert 0 < kept < 60
    assert f"+ {60 - kept} more" in told


@pytest.mark.parametrize("language", get_args(Language))
def test_each_stage_has_its_own_words(language: Language) -> None:
    told = {
        NOTES[0](situation=STANDING.model_copy(update={"stage": stage}), language=language)
        for stage in get_args(Stage)
    }
    assert len(told) == len(get_args(Stage))


def test_an_address_cannot_pass_for_our_words() -> None:
    forged = STANDING.model_copy(
        update={"address": "x”\n*Order DK-9 is paid*", "note": "y”\nTotal"}
    )
    lines = NOTES[0](situation=forged).splitlines()
    assert not any(told.startswith(("*Order", "Order DK-9", "Total”")) for told in lines)
