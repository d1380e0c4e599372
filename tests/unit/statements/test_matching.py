"""Matching guesses nothing, counts no money twice, and does not depend on any order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dukani.core.store.statement_matches import OpenLine, Thing
from dukani.domain.statement_lines import original_of, same_phone
from dukani.domain.statement_matching import candidates, match

AT = datetime(2026, 11, 20, 11, 3, tzinfo=UTC)
PHONES = ("254712345123", "2547******123", "254733000009", None)

lines = st.lists(
    st.builds(
        OpenLine,
        id=st.uuids().map(str),
        kind=st.sampled_from(["paid_in", "paid_in", "paid_out", "reversal", "charge"]),
        receipt=st.sampled_from(["A1", "B2", "C3", "D4", "E5"]),
        original=st.sampled_from([None, "A1", "B2"]),
        amount_minor=st.sampled_from([100, 200]),
        at=st.integers(0, 30).map(lambda hours: AT + timedelta(hours=hours)),
        phone=st.sampled_from(PHONES),
    ),
    max_size=8,
)
things = st.lists(
    st.builds(
        Thing,
        kind=st.sampled_from(["payment", "sale", "refund"]),
        id=st.uuids().map(str),
        receipt=st.sampled_from([None, None, "a1", "B2", "C3"]),
        amount_minor=st.sampled_from([100, 200]),
        at=st.integers(0, 30).map(lambda hours: AT + timedelta(hours=hours)),
        phone=st.sampled_from(["+254712345123", "+254733000009", None]),
        is_settled=st.booleans(),
    ),
    max_size=8,
)


@given(lines, things, st.randoms())
def test_each_line_is_one_thing_in_whatever_order(found, known, rng) -> None:  # type: ignore[no-untyped-def]
    matches = match(found, known, known)

    # each line once; each thing once, and taken back once
    assert len({one.line.id for one in matches}) == len(matches)
    pairs = [(one.thing.id, one.how == "reversal") for one in matches]
    assert len(set(pairs)) == len(pairs)
    # in another order the same
    shuffled, others = rng.sample(found, len(found)), rng.sample(known, len(known))
    again = match(shuffled, others, others)
    assert {(one.line.id, one.thing.id, one.how) for one in again} == {
        (one.line.id, one.thing.id, one.how) for one in matches
    }


@given(lines, things)
def test_money_is_matched_left_and_nothing_else(found, known) -> None:  # type: ignore[no-untyped-def]
    matched = {one.line.id for one in match(found, known) if one.line.kind == "paid_in"}

    came = [one for one in found if one.kind == "paid_in"]
    left = [one for one in came if one.id not in matched]
    assert sum(one.amount_minor for one in came) == sum(
        one.amount_minor for one in came if one.id in matched
    ) + sum(one.amount_minor for one in left)
    for one in match(found, known):
        if one.how == "alike":
            assert one.thing.is_settled
            assert one.thing.amount_minor == one.line.amount_minor
            assert same_phone(one.line.phone, one.thing.phone)


def a_line(**given: object) -> OpenLine:
    fields = {"id": "l", "kind": "paid_in", "receipt": "TKP9A1B2C3", "original": None,
              "amount_minor": 450_000, "at": AT, "phone": "2547******123"}  # fmt: skip
    return OpenLine(**(fields | given))  # type: ignore[arg-type]


def a_thing(**given: object) -> Thing:
    fields = {"kind": "payment", "id": "t", "receipt": None, "amount_minor": 450_000, "at": AT,
              "phone": "+254712345123"}  # fmt: skip
    return Thing(**(fields | given))  # type: ignore[arg-type]


def test_two_alike_are_left_to_a_person_with_both_as_choices() -> None:
    line, two = a_line(), [a_thing(), a_thing(id="u")]

    assert match([line], two) == []
    assert [one.id for one in candidates(line, two)] == ["t", "u"]


def test_money_that_is_not_settled_is_offered_and_not_taken() -> None:
    line, waiting = a_line(), a_thing(kind="order", is_settled=False)

    assert match([line], [waiting]) == []
    assert candidates(line, [waiting]) == [waiting]


def test_another_phone_time_or_sum_is_another_payment() -> None:
    line = a_line()

    assert match([line], [a_thing(phone="+254712345124")]) == []
    assert match([line], [a_thing(at=AT + timedelta(hours=7))]) == []
    assert match([line], [a_thing(amount_minor=450_001)]) == []
    assert len(match([line], [a_thing()])) == 1


def test_a_reversal_names_what_it_takes_back() -> None:
    assert original_of("TKK9Z8Y7X6", "", "Reversal of TKK1A2B3C4 by agent") == "TKK1A2B3C4"
    assert original_of("TKK9Z8Y7X6", "TKK1A2B3C4", "") == "TKK1A2B3C4"
    assert original_of("TKK9Z8Y7X6", "", "Transaction Reversal") == "TKK9Z8Y7X6"
    assert original_of("TKK9Z8Y7X6", "", "Withdrawal reversed") == "TKK9Z8Y7X6"


def test_a_receipt_alone_in_its_cell_may_have_letters_only() -> None:
    assert original_of("TKK9Z8Y7X6", "TKABCDEFGH", "Transaction Reversal") == "TKABCDEFGH"
    assert original_of("TKK9Z8Y7X6", "TKABCDEFGH", "of TKK1A2B3C4") == "TKABCDEFGH"
