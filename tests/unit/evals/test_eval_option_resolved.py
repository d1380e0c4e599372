"""An act that names one piece of the list shown is given that piece's number."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dukani.domain import acts as a
from dukani.domain.acts import Target
from dukani.evals.option_resolved import option_resolved
from dukani.evals.scoring import problems
from dukani.evals.utterance_file import Expected


@dataclass(frozen=True)
class Shown:
    name: str
    category: str


LIST = (
    Shown("Brass Table Lamp", "lamp"),
    Shown("Woven Floor Mat", "mat"),
    Shown("Sisal Mat", "mat"),
)


@pytest.mark.parametrize(
    ("act", "number"),
    [
        (a.Add(target=Target(name="brass")), 1),
        (a.Add(target=Target(name="woven")), 2),
        (a.Add(target=Target(name="mat")), None),  # two are called so
        (a.Add(target=Target(name="kettle")), None),
        (a.Add(target=Target(category="lamp")), 1),  # the only one of its kind
        (a.Add(target=Target(category="mat")), None),
        (a.Remove(target=Target(line=1, name="brass")), None),
        (a.Confirm(), None),
    ],
)
def test_the_number_is_that_of_the_only_piece_called_so(act: a.Act, number: int | None) -> None:
    assert option_resolved(act, LIST) == number


def test_another_piece_than_the_one_expected_still_fails() -> None:
    picked = [a.Add(target=Target(name="woven"))]

    right = problems(Expected(intent=("select_option",), slots={"option": 2}), picked, shown=LIST)
    wrong = problems(Expected(intent=("select_option",), slots={"option": 3}), picked, shown=LIST)

    assert right == []
    assert wrong == ["option should be 3, came 2"]
