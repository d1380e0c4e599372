"""An act is given the kind of the piece it is about, where that is one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dukani.domain import acts as a
from dukani.domain.acts import Target
from dukani.domain.pieces import Line
from dukani.evals.kind_resolved import kind_resolved
from dukani.evals.scoring import problems
from dukani.evals.utterance_file import Expected


@dataclass(frozen=True)
class Sold:
    name: str
    category: str


TOWEL = Line(number=2, name="Soft Bath Towel", colour="white", size="ONE", quantity=1,
             unit_price_minor=50_000, category="towel")  # fmt: skip
SOLD = (Sold("Soft Bath Towel", "towel"), Sold("Soft Cotton Vest", "vest"))


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (a.Remove(target=Target(line=2)), "towel"),
        (a.Remove(target=Target(line=3)), None),
        (a.AskStock(target=Target(name="bath towel")), "towel"),
        (a.AskStock(target=Target(name="soft")), None),  # of two kinds
        (a.AskStock(target=Target(name="kettle")), None),
        (a.Search(name="cotton vest"), "vest"),
        (a.Confirm(), None),
    ],
)
def test_the_kind_is_that_of_the_line_or_of_all_pieces_of_the_name(
    act: a.Act, kind: str | None
) -> None:
    assert kind_resolved(act, (TOWEL,) if act.kind == "remove" else (), SOLD) == kind


def test_another_line_than_the_one_expected_still_fails() -> None:
    removed = [a.Remove(target=Target(line=2))]

    right = problems(Expected(intent=("remove_item",), slots={"category": "towel"}), removed,
                     (TOWEL,), SOLD)  # fmt: skip
    wrong = problems(Expected(intent=("remove_item",), slots={"category": "vest"}), removed,
                     (TOWEL,), SOLD)  # fmt: skip

    assert right == []
    assert wrong == ["category should be 'vest', came 'towel'"]


def test_what_goes_beside_the_one_kept_is_of_its_kind() -> None:
    kettle = TOWEL.model_copy(update={"number": 1, "name": "Tin Kettle", "category": "kettle"})
    only_the_towel = a.Remove(target=Target(scope="all", but=Target(category="towel")))

    assert kind_resolved(only_the_towel, (kettle, TOWEL)) == "kettle"


def test_an_age_said_is_the_size_in_years() -> None:
    said = [a.Set(values=a.Values(age=6))]

    assert problems(Expected(intent=("set_variant",), slots={"size": "6Y"}), said) == []
    assert problems(Expected(intent=("set_variant",), slots={"size": "8Y"}), said) != []
