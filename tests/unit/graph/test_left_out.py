"""What left the order is kept while it is made, so that a piece can come back as it was."""

from __future__ import annotations

from dukani.domain.pieces import Line
from dukani.graph.money.results import _AGREED
from dukani.graph.ordering.left_out import KEPT, left_out_of


def line(product: str, colour: str, size: str = "M") -> Line:
    return Line(
        number=1, name=product, product_id=product, colour=colour, size=size, quantity=1,
        unit_price_minor=100,
    )  # fmt: skip


DRESS, HAT = line("dress", "red"), line("hat", "beige", "ONE")


def test_a_line_taken_out_is_kept_until_it_is_back() -> None:
    went = left_out_of({}, before=[DRESS, HAT], after=[DRESS])
    assert went == [["hat", "beige", "ONE", 1]]
    assert left_out_of({"left_out": went}, before=[DRESS], after=[DRESS, HAT]) == []


def test_the_newest_are_kept_each_once() -> None:
    others = ([f"p{n}", "red", "M", 1] for n in range(KEPT))
    state = {"left_out": [["hat", "beige", "ONE", 1], *others]}
    went = left_out_of(state, before=[HAT, DRESS], after=[DRESS])  # type: ignore[arg-type]
    assert len(went) == KEPT and went[-1] == ["hat", "beige", "ONE", 1]


def test_nothing_of_a_paid_order_is_kept_for_the_next() -> None:
    assert _AGREED["left_out"] == []


def test_a_line_that_left_twice_is_kept_as_it_left_last() -> None:
    two = DRESS.model_copy(update={"quantity": 2})
    went = left_out_of({"left_out": [["dress", "red", "M", 1]]}, before=[two], after=[HAT])
    assert went == [["dress", "red", "M", 2]]
