"""In which order the slow suite's tests come to the processes that run them."""

from __future__ import annotations

import pytest

from dukani.core.settings import ROOT
from tests.long_ones_first import LONGEST, dealt

FIRST, SECOND, THIRD = (f"{file}::test_it" for file in LONGEST[:3])
SHORT = [f"tests/test_short.py::test_{n}" for n in range(7)]


@pytest.mark.parametrize("file", LONGEST)
def test_each_of_the_long_ones_is_there(file: str) -> None:
    assert (ROOT / file).exists()


def test_each_process_begins_with_its_share_of_the_long_ones() -> None:
    tests = [*SHORT[:3], THIRD, *SHORT[3:], SECOND, FIRST]

    order = [tests[place] for place in dealt(tests, 2)]

    assert order == [FIRST, THIRD, *SHORT[:3], SECOND, *SHORT[3:]]


@pytest.mark.parametrize("processes", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("tests", [[], SHORT, [*SHORT, FIRST], [FIRST, SECOND, THIRD, SHORT[0]]])
def test_none_is_lost_or_run_twice(tests: list[str], processes: int) -> None:
    assert sorted(dealt(tests, processes)) == list(range(len(tests)))
