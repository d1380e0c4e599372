"""Placeholders, reasons and bars as files write them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.domain.acts import Add, Confirm, Target, Values
from dukani.domain.steps import Step
from dukani.evals.bar import Bar
from dukani.evals.money_events import failing_answer
from dukani.evals.placeholders import CannotFill, fill
from dukani.evals.scripted_eye import analysis_of
from dukani.evals.steps import NAMES, NeutralStep, own_names_of, step_called
from dukani.evals.utterances import as_line

NUMBERS = {"A-1": 1, "B/2": 3, "LAST": 11}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{n:A-1}}", "1"),
        ("the {{ordinal_en:B/2}} one", "the third one"),
        ("nataka {{ordinal_sw:A-1}}, saizi S", "nataka ya kwanza, saizi S"),
        ("{{n:A-1}} and {{ n : B/2 }}", "1 and 3"),
        ("no placeholder {here}", "no placeholder {here}"),
    ],
)
def test_a_placeholder_becomes_the_number_last_shown(text: str, filled: str) -> None:
    assert fill(text, NUMBERS) == filled


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{n:C-3}}", "the bot never listed C-3"),
        ("{{price:A-1}}", "the placeholder 'price' is not known"),
        ("{{ordinal_en:LAST}}", "there is no word for number 11"),
    ],
)
def test_what_cannot_be_filled_is_said(text: str, problem: str) -> None:
    with pytest.raises(CannotFill, match=problem):
        fill(text, NUMBERS)


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        ("cancelled_by_user", {"outcome": "cancel"}),
        ("insufficient_funds", {"outcome": "pin", "pin": "1234", "poor": True}),
        ("LOW_BALANCE", {"outcome": "pin", "pin": "1234", "poor": True}),
        ("wrong_pin", {"outcome": "pin", "pin": "0000"}),
        ("timeout", {"outcome": "expire"}),
        ("phone unreachable", {"outcome": "expire"}),
        ("", {"outcome": "cancel"}),
    ],
)
def test_a_reason_is_acted_out_on_the_phone(reason: str, answer: dict[str, object]) -> None:
    assert failing_answer(reason) == answer


@pytest.mark.parametrize(
    ("text", "passed", "of", "reached"),
    [
        ("30", 30, 30, True),
        ("30", 29, 30, False),
        ("0.9", 9, 10, True),
        ("0.9", 8, 10, False),
        ("90%", 9, 10, True),
        ("1.0", 9, 10, False),
        ("0", 0, 0, True),
        ("0.0", 0, 0, False),  # of nothing there is no share
    ],
)
def test_a_bar_is_a_count_or_a_share(text: str, passed: int, of: int, reached: bool) -> None:
    assert Bar.parse(text).reached(passed, of) is reached


@pytest.mark.parametrize("text", ["many", "1.5", "-0.1", "120%", ""])
def test_a_bar_that_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither a count"):
        Bar.parse(text)


@given(st.floats(0, 1))
def test_a_share_below_the_bar_never_reaches_it(share: float) -> None:
    assert Bar(share=0.8).reached_by_share(share) is (share >= 0.8)


def test_every_step_of_ours_has_a_neutral_name_and_every_name_a_step() -> None:
    assert set(NAMES) == set(get_args(Step))
    assert {name for names in NAMES.values() for name in names} == set(get_args(NeutralStep))


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("browsing", "start"),
        ("payment", "payment_initiated"),
        ("payment_failed", "payment_failed"),
        ("done", "order_completed"),
        ("paid", "order_completed"),
    ],
)
def test_a_conversation_begins_at_the_step_a_name_is_for(name: NeutralStep, step: Step) -> None:
    assert step_called(name) == step


def test_a_step_has_no_own_name_with_another() -> None:
    names = [name for step in get_args(Step) for name in own_names_of(step)]

    # a photo that is looked at is browsing as well
    assert sorted(names) == sorted([*get_args(NeutralStep), "browsing"])


def test_the_scripted_eye_says_what_the_file_says_in_the_shops_words() -> None:
    analysis = analysis_of(
        {"type": "gown", "colour": "maroon", "pattern": "lace", "embroidery": True}
    )

    assert (analysis.category, analysis.colour, analysis.pattern) == ("dress", "maroon", "lace")
    assert analysis.embroidery is True
    assert analysis.confidence == 0.95


def test_a_photo_the_file_says_nothing_of_leaves_the_eye_unsure() -> None:
    assert analysis_of({"colour": "red"}).confidence < 0.6


def test_an_act_is_printed_with_what_was_said_and_nothing_else() -> None:
    act = Add(
        target=Target(option=2, but=Target(colour="red")),
        values=Values(colour="white", quantity=0),
        evidence="the second in white",
    )

    line = as_line(act)

    assert (
        line
        == "add(target.option=2, target.but.colour=red, values.colour=white, values.quantity=0)"
    )
    assert as_line(Confirm()) == "confirm()"
