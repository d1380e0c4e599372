"""Opening hours are read from a table or simple English, and from nothing that is not simple."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.domain.opening_hours import WEEKDAYS, read_week, week_in, written


def all_days(hours: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(WEEKDAYS, hours) | others


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mon–Sat 9:00–18:00", all_days("09:00-18:00", sun="closed")),
        ("Mon-Sat 9 to 6", all_days("09:00-18:00", sun="closed")),
        (
            "Monday to Saturday 9 am to 7 pm, Sunday 11 am to 5 pm",
            all_days("09:00-19:00", sun="11:00-17:00"),
        ),
        ("8.30am - 6.30pm daily", all_days("08:30-18:30")),
        ("Every day 9 a.m. to 8 p.m.", all_days("09:00-20:00")),
        (
            "Mon-Fri 8-6, Sat 9-4, Sun closed",
            all_days("08:00-18:00", sat="09:00-16:00", sun="closed"),
        ),
        (
            "We are open weekdays from 8:30 to 17:30. Closed on weekends",
            all_days("08:30-17:30", sat="closed", sun="closed"),
        ),
        ("Tue, Thu & Sat 2 to 6pm", all_days("14:00-18:00", mon="closed", wed="closed",
                                             fri="closed", sun="closed")),
        ("Sun–Thu 9am-9pm, Fri 2pm-9pm", all_days("09:00-21:00", fri="14:00-21:00", sat="closed")),
        ("Every day 10 to 8, closed on Friday", all_days("10:00-20:00", fri="closed")),
        ("Mon-Sat 10am to midnight", all_days("10:00-00:00", sun="closed")),
        ("Mon-Sun 9 - noon", all_days("09:00-12:00")),
    ],
)  # fmt: skip
def test_a_simple_english_text_is_a_week(text: str, week: dict[str, str]) -> None:
    found = week_in(text)

    assert found is not None and written(found) == week


@pytest.mark.parametrize(
    "text",
    [
        "9 to 6",  # on which days?
        "open 24 hours",
        "Mon-Sat 8 to 10pm",  # 8 in the morning, or in the evening?
        "Mon-Sat 08:00-22:00, closed on public holidays",
        "Every day 9 am to 8 pm; closed on Friday from 12.30 to 2 pm for prayers",
        "Jumatatu–Jumamosi, saa 3 hadi saa 12",
        "Mon-Sat 18:00-09:00",
        "Mon-Sat 9 to 75",
        "by appointment",
        "",
    ],
)
def test_what_is_not_simple_is_left_as_text(text: str) -> None:
    assert week_in(text) is None


@given(st.text(max_size=80) | st.lists(st.sampled_from(
    ["Mon", "Sunday", "-", "to", "9", "18:00", "pm", "closed", ",", "24", "00:00", "noon"]
)).map(" ".join))  # fmt: skip
def test_no_text_breaks_it(text: str) -> None:
    found = week_in(text)

    assert found is None or read_week(written(found)) == found


@pytest.mark.parametrize(
    ("days", "week"),
    [
        ({"mon-sat": "9:00-18:00"}, all_days("09:00-18:00", sun="closed")),  # left out: closed
        (
            {"daily": "9-20", "fri": ["9:00-12:30", "14:00-20:00"]},  # a day goes before a range
            all_days("09:00-20:00", fri="09:00-12:30, 14:00-20:00"),
        ),
        (
            {"jumatatu-ijumaa": "9-17", "sat": "9-13, 14-16", "Sunday": "closed"},
            all_days("09:00-17:00", sat="09:00-13:00, 14:00-16:00", sun="closed"),
        ),
        ({"mon-sun": "13:00-00:00"}, all_days("13:00-00:00")),  # as it is written
        ({"sat-mon": "10am-4pm"}, all_days("closed", sat="10:00-16:00", sun="10:00-16:00",
                                           mon="10:00-16:00")),
    ],
)  # fmt: skip
def test_a_table_is_a_week(days: dict[str, Any], week: dict[str, str]) -> None:
    assert written(read_week(days)) == week


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"mon-fri": "25:00-18:00"}, "'25:00' is no time of the day: write it as 18:00"),
        ({"mon": "9"}, "'9' of 'mon' is no time: write '9:00-18:00'"),
        ({"mon": 9}, "'9' of 'mon' is no time"),
        ({"foo": "9-6"}, "'foo' is no day: write mon … sun"),
        ({"mon": "18:00-09:00"}, "'18:00-09:00' closes before it opens"),
        ({"mon": "8 to 10pm"}, "'8-10pm': say am or pm of the first time too"),
        ({"mon": "9-6", "monday": "9-7"}, "mon is there twice: leave one of them"),
        ({"mon": "9:00-12:00, 11:00-13:00"}, "the times of 'mon' overlap"),
        ({"mon": "closed"}, "no day is open"),
    ],
)
def test_a_table_that_is_no_week_says_what_to_write(days: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_week(days)

    assert said in str(refused.value)
