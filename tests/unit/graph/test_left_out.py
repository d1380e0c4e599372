"""What left the order is kept while it is made, so that a piece can come back as it was."""

from __future__ import annotations

import itertools
from typing import Any, cast

from dukani.domain.pieces import Line
from dukani.graph.money.results import _AGREED
from dukani.graph.ordering.left_out import KEPT, left_out_in, left_out_of
from dukani.graph.state import State


def line(product: str, colour: str, size: str = "M", quantity: int = 1) -> Line:
    return Line(
        number=1, name=product, product_id=product, colour=colour, size=size, quantity=quantity,
        unit_price_minor=100, variant_id=f"{product}/{colour}/{size}",
    )  # fmt: skip


DRESS, HAT = line("dress", "red"), line("hat", "beige", "ONE")


def after(*orders: list[Line]) -> State:
    """The state when the order was each of these, one after the other."""
    state: State = {}
    for before, now in itertools.pairwise(orders):
        state = {"left_out": left_out_of(state, before, now)}
    return state


def told(state: State) -> list[tuple[str, int, str | None]]:
    return [(one.variant_id, one.quantity, one.replaced_by) for one in left_out_in(state)]


def test_a_line_taken_out_is_kept_until_it_is_back() -> None:
    assert told(after([DRESS, HAT], [DRESS])) == [("hat/beige/ONE", 1, None)]
    assert told(after([DRESS, HAT], [DRESS], [DRESS, HAT])) == []


def test_units_that_left_are_kept_though_others_stay() -> None:
    three, one = line("dress", "red", quantity=3), DRESS
    assert told(after([three], [one])) == [("dress/red/M", 2, None)]
    assert told(after([three], [one], [line("dress", "red", quantity=2)])) == [
        ("dress/red/M", 1, None)
    ]


def test_what_took_its_place_is_known_also_when_that_is_changed_again() -> None:
    black, white = line("dress", "black"), line("dress", "white")
    assert told(after([DRESS], [black])) == [("dress/red/M", 1, "dress/black/M")]
    assert told(after([DRESS], [black], [white])) == [
        ("dress/black/M", 1, "dress/white/M"),
        ("dress/red/M", 1, "dress/white/M"),
    ]
    # when that goes, nothing stands in its place
    assert told(after([DRESS], [black], [])) == [
        ("dress/black/M", 1, None),
        ("dress/red/M", 1, None),
    ]


def test_the_newest_are_kept_each_once() -> None:
    others = [line(f"p{n}", "red") for n in range(KEPT + 2)]
    kept = told(after(others, [], [HAT], []))
    assert len(kept) == KEPT and kept[0] == ("hat/beige/ONE", 1, None)


def test_what_an_older_program_kept_is_passed_over() -> None:
    older = cast("Any", {"left_out": [["hat", "beige", "ONE"]]})
    assert left_out_in(older) == ()


def test_nothing_of_a_paid_order_is_kept_for_the_next() -> None:
    assert _AGREED["left_out"] == []
