"""What one pinned edit makes of the lines of an order, and what it says where it does nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Edit,
    Remove,
    Set,
    Split,
    Substitute,
    Target,
    Undo,
    Values,
)
from dukani.domain.bounds import MOST_OF_ONE
from dukani.domain.editing import Applied, apply
from tests.unit.domain.shops import held, line, numbered, stock_of, variant

DRESS, SCARF, GOWN = "Amani", "Lamu", "Zuri"
BLACK, RED, SMALL = f"{DRESS}/black/M", f"{DRESS}/red/M", f"{DRESS}/black/S"
SOLD = [
    *stock_of(DRESS, ("black", "red"), ("S", "M")),
    variant(SCARF, "white", "ONE", 60, kind="scarf"),
    variant(GOWN, "navy", "S", price=2000),
    variant(GOWN, "navy", "M", price=1500),
    variant(GOWN, "black", "M", price=900),
]
AT, OF = Target(variant_id=BLACK), Target(product_id=DRESS)


def edited(*edits: Edit, lines: Sequence[tuple[str, int]] = ((BLACK, 5),)) -> Applied:
    there = numbered([line(id_, quantity) for id_, quantity in lines])
    return apply(there, edits, SOLD)


def refusals(applied: Applied) -> list[str | None]:
    return [change.reason for change in applied.changes if change.what == "refused"]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (Remove(target=AT, quantity=2), [(BLACK, 3)]),
        (Remove(target=AT, quantity=5), []),  # all there are: no line of none is left
        (Remove(target=AT, quantity=9), []),
        (ChangeQuantity(target=AT, by=-5), []),
        (ChangeQuantity(target=AT, times=2), [(BLACK, 10)]),
        (ChangeQuantity(target=AT, times=2, by=-1), [(BLACK, 9)]),
        (Set(target=AT, values=Values(quantity=0)), []),
        (Set(target=AT, values=Values(exclude_colour="black")), [(RED, 5)]),  # any but black
        (Set(target=AT, values=Values(exclude_colour="red")), [(BLACK, 5)]),
        (Split(target=AT, parts=(Values(colour="red"),)), [(BLACK, 4), (RED, 1)]),
        # a part that says what the line is already, beside the rest that nobody spoke of
        (
            Split(target=AT, parts=(Values(colour="black"), Values(colour="red"))),
            [(BLACK, 4), (RED, 1)],
        ),
        (
            Substitute(target=AT, piece=Target(product_id=SCARF)),
            [(f"{SCARF}/white/ONE", 5)],  # as many as there were
        ),
        (Add(target=OF, values=Values(colour="black", size="M")), [(BLACK, 5)]),  # said again
        (Add(target=OF, values=Values(colour="black", size="M"), another=True), [(BLACK, 6)]),
    ],
)
def test_what_an_edit_makes_of_a_line_of_five(edit: Edit, lines: list[tuple[str, int]]) -> None:
    applied = edited(edit)

    assert held(applied.lines) == lines
    assert refusals(applied) == []


def test_none_of_a_line_cannot_be_taken_out() -> None:
    applied = edited(Remove(target=AT, quantity=0))

    assert (held(applied.lines), refusals(applied)) == ([(BLACK, 5)], ["below_zero"])


def test_a_part_may_not_be_more_than_there_is_with_the_lines_that_hold_it_already() -> None:
    # given: ten red ones, eight of them in a line of their own
    lines = [(BLACK, 5), (RED, 8)]

    applied = edited(Split(target=AT, parts=(Values(colour="red", quantity=3),)), lines=lines)

    assert (held(applied.lines), refusals(applied)) == (lines, ["out_of_stock"])


def test_as_many_as_anyone_may_order_may_be_ordered_and_no_more() -> None:
    def scarves(quantity: int) -> Applied:
        values = Values(quantity=quantity)
        return edited(Add(target=Target(product_id=SCARF), values=values), lines=[])

    most, over = scarves(MOST_OF_ONE), scarves(MOST_OF_ONE + 1)

    assert held(most.lines) == [(f"{SCARF}/white/ONE", MOST_OF_ONE)]
    assert (over.lines, refusals(over), over.changes[0].left) == ((), ["too_many"], MOST_OF_ONE)


def test_lines_that_became_one_are_counted_as_one() -> None:
    to_red = Set(target=AT, values=Values(colour="red"))
    three_red = Add(target=OF, values=Values(colour="red", size="M", quantity=3))

    applied = edited(to_red, three_red, lines=[(BLACK, 2), (RED, 4)])

    assert held(applied.lines) == [(RED, 3)]


def test_what_was_taken_out_comes_back_as_it_was_unless_it_may_be_one_of_two() -> None:
    back = [Add(target=OF)]

    one = apply((), back, SOLD, before=[(SMALL, 1)])
    one_of_two = apply((), back, SOLD, before=[(SMALL, 1), (RED, 1)])

    assert held(one.lines) == [(SMALL, 1)]
    assert one_of_two.lines == ()
    assert [question.field for question in one_of_two.questions] == ["colour"]


def test_only_the_last_change_is_undone_however_often_it_is_said() -> None:
    one_more = ChangeQuantity(target=AT, by=1)

    applied = apply((line(BLACK, 5),), [Undo(), one_more, Undo()], SOLD, before=[(BLACK, 2)])

    assert (held(applied.lines), refusals(applied)) == ([(BLACK, 3)], ["nothing_to_undo"])


def test_a_line_that_is_gone_is_not_spoken_of_any_more() -> None:
    applied = apply((line(BLACK),), [Remove(target=AT)], SOLD, last_variant_id=BLACK)

    assert applied.last_variant_id is None


def test_the_colour_offered_in_place_of_another_has_its_own_lowest_price() -> None:
    applied = edited(Add(target=Target(product_id=GOWN), values=Values(colour="blue")), lines=[])

    assert [(offer.nearest, offer.price_minor) for offer in applied.offers] == [("navy", 1500)]


@pytest.mark.parametrize(
    ("edits", "asked"),
    [
        # "I'll borrow the dress, take it out": named beside what is taken out
        ([Add(target=OF), Remove(target=AT)], []),
        # "only the small, take the other out"
        ([Add(target=OF, values=Values(size="S")), Remove(target=AT)], []),
        # a colour that no line has is wanted in its place
        ([Remove(target=AT), Add(target=OF, values=Values(colour="red"))], ["size"]),
        # the piece was named and then ordered
        ([Add(target=OF), Add(target=OF, values=Values(colour="red", size="S"))], []),
        ([Add(target=OF, another=True), Remove(target=AT)], ["colour"]),
    ],
)
def test_a_wish_that_the_same_message_settles_is_not_asked_about(
    edits: list[Edit], asked: list[str]
) -> None:
    applied = edited(*edits, lines=[(BLACK, 1), (SMALL, 1)])

    assert [question.field for question in applied.questions] == asked
