"""What the lines of a piece change of what is there; and the same list again, which is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.tools.piece_lists.comparing import Standing, StandingPiece, compare
from dukani.tools.piece_lists.lines import Item, ReadLine
from dukani.tools.piece_lists.why import Refused

FIELDS: dict[str, Any] = {
    "name": "Amani", "category": "dress", "price": 350_000, "pattern": "plain",
    "embroidery": False, "occasions": [], "description": "", "on_sale": True,
}  # fmt: skip
NEEDED = {"name": "Amani", "category": "dress", "price": 350_000}


def a_line(number: int = 2, given: dict[str, Any] | None = None, *items: Item) -> ReadLine:
    return ReadLine(number, "A", NEEDED if given is None else given, items)


def standing(
    quantity: int, *, reserved: int = 0, listed: int | None = None, before: int | None = None
) -> StandingPiece:
    variant = Standing("v", quantity, reserved, None, listed, before)
    return StandingPiece("p", "A", FIELDS, {("blue", "M"): variant})


def blue_m(units: int | None, before: int | None = None) -> Item:
    return Item("blue", "M", units, before)


def outcomes(lines: list[Any], there: StandingPiece | None) -> list[str]:
    return [verdict.outcome for verdict in compare(lines, there, sku="A").verdicts]


@pytest.mark.parametrize(
    ("there", "item", "delta"),
    [
        (standing(4, listed=5), blue_m(5), 0),  # the same list: one was sold, and stays sold
        (standing(4, listed=5), blue_m(7), 3),  # a new count
        (standing(4), blue_m(6), 2),  # the first list of a piece that was added by hand
        (standing(5, listed=5), blue_m(None), 0),  # a list without units
        (standing(3, listed=5), blue_m(4, before=4), 0),  # exported at 4, untouched, one sold
        (standing(3, listed=5), blue_m(10, before=4), 6),  # six more than at the export
        (standing(9, listed=10, before=4), blue_m(10, before=4), 0),  # that list again
        (standing(9, listed=10, before=4), blue_m(9, before=9), 0),  # a new export, untouched
    ],
)
def test_stock_moves_by_what_the_list_says_anew(
    there: StandingPiece, item: Item, delta: int
) -> None:
    step = compare([a_line(2, {}, item)], there, sku="A")

    assert sum(variant.delta for variant in step.variants) == delta
    assert step.verdicts[0].outcome == ("changed" if delta else "unchanged")


def test_an_untouched_figure_of_an_export_does_not_make_an_older_list_new() -> None:
    there = standing(9, listed=10, before=4)

    step = compare([a_line(2, {}, blue_m(9, before=9))], there, sku="A")

    assert step.variants == []


def test_what_open_orders_hold_cannot_be_counted_away() -> None:
    step = compare([a_line(2, {}, blue_m(1))], standing(4, reserved=2), sku="A")

    [verdict] = step.verdicts
    assert verdict.why is not None
    assert (verdict.outcome, verdict.why.code, verdict.why.hint) == ("refused", "held", "2")
    assert step.variants == []


def test_a_new_piece_needs_all_that_makes_one() -> None:
    step = compare([a_line(2, {"name": "Amani"}, blue_m(3))], None, sku="A")

    [verdict] = step.verdicts
    assert verdict.why is not None
    assert (verdict.outcome, verdict.why.hint) == ("refused", "category, price")
    assert step.fields is None


def test_a_line_that_contradicts_an_earlier_one_is_refused_alone() -> None:
    lines = [
        a_line(2, NEEDED, blue_m(1)),
        a_line(3, NEEDED | {"price": 380_000}, Item("blue", "L", 1)),
        a_line(4, {}, Item("blue", "XL", 1)),
        a_line(5, {}, blue_m(2)),
    ]

    step = compare(lines, None, sku="A")

    found = {verdict.line: verdict for verdict in step.verdicts}
    assert [found[n].outcome for n in (2, 3, 4, 5)] == ["new", "refused", "new", "refused"]
    assert [found[n].why.code for n in (3, 5)] == [  # type: ignore[union-attr]
        "not_as_on_line",
        "stands_twice",
    ]
    assert [variant.size for variant in step.variants] == ["M", "XL"]


def test_a_refused_line_changes_nothing_of_its_piece() -> None:
    refused = a_line(2, {"price": 380_000}, blue_m(1))

    step = compare([refused], standing(4, reserved=2), sku="A")

    assert (step.fields, step.variants) == (None, [])


def test_only_what_the_list_says_is_changed() -> None:
    step = compare([a_line(2, {"price": 380_000})], standing(4), sku="A")

    assert step.fields == FIELDS | {"price": 380_000}
    assert step.verdicts[0].changes == [{"field": "price", "was": 350_000, "now": 380_000}]
    assert step.variants == []


def test_a_line_that_could_not_be_read_is_told_with_its_reason() -> None:
    from dukani.tools.piece_lists.why import refuse

    bad: tuple[int, Refused] = (7, refuse("empty", "sku"))

    assert outcomes([bad, a_line(8, NEEDED, blue_m(2))], None) == ["refused", "new"]
