"""In which order the slow suite's tests come to the processes that run them."""

from __future__ import annotations

import pytest

from dukani.core.settings import ROOT
from tests.long_ones_first import LONGEST, ON_A_FILLED_DEMO, dealt, shared

FIRST, SECOND, THIRD = (f"{file}::test_it" for file in list(LONGEST)[:3])
SHORT = [f"tests/test_short.py::test_{n}" for n in range(7)]


@pytest.mark.parametrize("file", LONGEST)
def test_each_of_the_long_ones_is_there(file: str) -> None:
    assert (ROOT / file).exists()


def test_each_process_begins_with_its_share_of_the_long_ones() -> None:
    tests = [*SHORT[:3], THIRD, *SHORT[3:], SECOND, FIRST]

    order = [tests[place] for place in dealt(tests, 2)]

    # the second and the third together are shorter than the first
    assert order == [FIRST, *SHORT[:4], SECOND, THIRD, *SHORT[4:]]


def test_what_begins_with_a_filled_demo_is_one_processs() -> None:
    files = list(LONGEST)

    shares = shared(range(len(files)), files, 2)

    owners = {n for n, share in enumerate(shares) for place in share
              if files[place] in ON_A_FILLED_DEMO}  # fmt: skip
    assert len(owners) == 1
    assert sorted(place for share in shares for place in share) == list(range(len(files)))


@pytest.mark.parametrize("processes", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("tests", [[], SHORT, [*SHORT, FIRST], [FIRST, SECOND, THIRD, SHORT[0]]])
def test_none_is_lost_or_run_twice(tests: list[str], processes: int) -> None:
    assert sorted(dealt(tests, processes)) == list(range(len(tests)))
