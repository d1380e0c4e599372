"""The line that was another before, the other of two, one for each child."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dukani.domain.acts import Add, ChangeQuantity, Remove, Set, Split, Target, Values
from dukani.domain.editing import apply
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.domain.resolution import resolve
from dukani.domain.view import Swapped, View
from tests.unit.domain.shops import held, line, numbered, options, pieces_of, stock_of, variant

GOWN, DERA, SATIN, SHIRT, BAG = (
    "Malaika Party Dress", "Dera Zanzibar", "Dera Satini", "Cotton Shirt", "Kivuko Bag",
)  # fmt: skip
SIZES = ("2-3Y", "4-5Y", "6-7Y", "8-9Y")
SOLD = [
    *stock_of(GOWN, ("red", "white"), SIZES),
    *stock_of(DERA, ("purple", "pink"), ("ONE",)),
    *stock_of(SATIN, ("black", "maroon"), ("ONE",)),
    *stock_of(SHIRT, ("white", "sky blue"), ("15.5", "16"), kind="shirt"),
    variant(BAG, "green", "ONE", 1, kind="bag"),
    variant(BAG, "black", "ONE", 4, kind="bag"),
]
DRESSES = numbered([line(f"{GOWN}/red/2-3Y"), line(f"{GOWN}/white/8-9Y")])
SWAPPED = View(
    lines=DRESSES,
    pieces=pieces_of(SOLD),
    last_variant_id=f"{GOWN}/white/8-9Y",
    swapped=Swapped(line=f"{GOWN}/white/8-9Y", colour="red", size="6-7Y"),
)


def order(view: View, *edits: object) -> list[tuple[str, int]]:
    found = resolve(edits, view)  # type: ignore[arg-type]
    assert not found.asked and not found.unknown
    return held(apply(view.lines, found.pinned, SOLD).lines)


def of(*lines: Line, last: int | None = None) -> View:
    there = numbered(list(lines))
    last_id = there[last].variant_id if last is not None else None
    return View(lines=there, pieces=pieces_of(SOLD), last_variant_id=last_id)


# ── what a line was before ──────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "values"),
    [
        (Target(colour="red"), Values(size="6-7Y")),
        (Target(colour="red", size="6-7Y"), Values()),
        (Target(size="6-7Y"), Values(colour="red")),
        (Target(size="6-7Y", category="dress"), Values()),
        (Target(), Values(colour="red", size="6-7Y")),
    ],
)
def test_going_back_to_what_a_line_was_means_that_line(target: Target, values: Values) -> None:
    back = Set(target=target, values=values, change=True)
    assert order(SWAPPED, back) == [(f"{GOWN}/red/2-3Y", 1), (f"{GOWN}/red/6-7Y", 1)]


def test_another_line_of_the_former_colour_is_meant_where_only_that_was_changed() -> None:
    # given two red ones, of which the larger was made white
    recoloured = replace(
        SWAPPED, swapped=Swapped(line=f"{GOWN}/white/8-9Y", colour="red", size="8-9Y")
    )

    # when the red one is to be in the larger size, then it is the one that is red now
    larger = Set(target=Target(colour="red"), values=Values(size="8-9Y"), change=True)
    found = resolve([larger], recoloured)
    assert [edit.target.variant_id for edit in found.pinned] == [f"{GOWN}/red/2-3Y"]  # type: ignore[union-attr]


def test_a_line_told_by_what_it_is_now_is_that_line() -> None:
    small = Set(target=Target(size="2-3Y"), values=Values(size="6-7Y"), change=True)
    assert order(SWAPPED, small)[0] == (f"{GOWN}/red/6-7Y", 1)
    red = Set(target=Target(colour="red"), values=Values(size="4-5Y"), change=True)
    assert order(SWAPPED, red)[0] == (f"{GOWN}/red/4-5Y", 1)


def test_a_line_that_only_shares_the_colour_of_one_that_is_so_already_is_asked_about() -> None:
    view = of(line(f"{GOWN}/red/2-3Y"), line(f"{GOWN}/red/6-7Y"), line(f"{GOWN}/white/8-9Y"))
    found = resolve(
        [Set(target=Target(colour="red"), values=Values(size="6-7Y"), change=True)], view
    )
    assert not found.pinned and [q.field for q in found.asked] == ["which_line"]
    assert found.asked[0].choices == (f"{GOWN}/red/2-3Y", f"{GOWN}/red/6-7Y")


# ── the other one ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("last", [0, None])
def test_the_other_of_two_of_a_piece_is_told_apart(last: int | None) -> None:
    view = of(line(f"{DERA}/purple/ONE", 2), last=last)
    pink = Set(target=Target(pointed="other"), values=Values(colour="pink"), change=True)
    assert order(view, pink) == [(f"{DERA}/purple/ONE", 1), (f"{DERA}/pink/ONE", 1)]
    assert order(view, Remove(target=Target(pointed="other"))) == [(f"{DERA}/purple/ONE", 1)]


def test_the_other_of_two_lines_is_the_other_line() -> None:
    view = of(line(f"{DERA}/purple/ONE", 2), line(f"{SATIN}/black/ONE"), last=0)
    other = Set(target=Target(pointed="other"), values=Values(colour="maroon"), change=True)
    assert order(view, other) == [(f"{DERA}/purple/ONE", 2), (f"{SATIN}/maroon/ONE", 1)]


# ── which line, told as a mind tells a piece ────────────────────────────────


def test_a_line_named_by_its_colour_completes_the_change_that_asked() -> None:
    view = of(line(f"{SHIRT}/white/15.5", kind="shirt"), line(f"{SHIRT}/sky blue/15.5"))
    change = Set(target=Target(name="shirt"), values=Values(size="16", quantity=1), change=True)
    asked = Question(
        field="which_line", completes=change, choices=tuple(x.variant_id for x in view.lines)
    )
    blue = Add(target=Target(colour="sky blue"), values=Values(colour="sky blue"))
    found = resolve([blue], view, [asked])
    assert not found.open
    after = held(apply(view.lines, found.pinned, SOLD).lines)
    assert after == [(f"{SHIRT}/white/15.5", 1), (f"{SHIRT}/sky blue/16", 1)]


# ── one more in another colour ──────────────────────────────────────────────


def test_one_more_in_a_colour_no_line_has_is_another_piece() -> None:
    view = of(line(f"{BAG}/green/ONE", kind="bag"), last=0)
    black = ChangeQuantity(target=Target(colour="black"), by=1)
    assert order(view, black) == [(f"{BAG}/green/ONE", 1), (f"{BAG}/black/ONE", 1)]
    fewer = resolve([ChangeQuantity(target=Target(colour="black"), by=-1)], view)
    assert not fewer.pinned and fewer.unknown


def test_more_of_what_is_all_in_the_order_already_leaves_nothing_open() -> None:
    view = of(line(f"{BAG}/green/ONE", kind="bag"), last=0)
    more = Add(target=Target(colour="green"), values=Values(quantity=1), another=True)
    applied = apply(view.lines, resolve([more], view).pinned, SOLD)
    assert [change.reason for change in applied.changes] == ["out_of_stock"]
    assert applied.questions == [] and held(applied.lines) == [(f"{BAG}/green/ONE", 1)]


# ── one for each child ──────────────────────────────────────────────────────

EVERY_SIZE = [
    Add(target=Target(name=GOWN), values=Values(colour="red", size=size, quantity=1))
    for size in SIZES
]


def test_each_her_own_size_is_never_every_size() -> None:
    view = replace(of(), ages=(7, 5, 4))
    assert order(view, *EVERY_SIZE) == [(f"{GOWN}/red/6-7Y", 1), (f"{GOWN}/red/4-5Y", 1)]


def test_every_size_is_every_size_where_no_age_was_said() -> None:
    assert len(order(of(), *EVERY_SIZE)) == len(SIZES)


def test_two_sizes_said_are_those_whatever_the_ages() -> None:
    view = replace(of(), ages=(7, 5))
    assert order(view, *EVERY_SIZE[:2]) == [(f"{GOWN}/red/2-3Y", 1), (f"{GOWN}/red/4-5Y", 1)]


def test_twins_get_one_each_of_their_size() -> None:
    view = replace(of(), ages=(5, 7, 5))
    taken = order(view, Add(target=Target(name=GOWN), values=Values(colour="red")))
    assert sorted(taken) == [(f"{GOWN}/red/4-5Y", 2), (f"{GOWN}/red/6-7Y", 1)]


def test_what_is_wanted_next_is_for_the_child_that_has_nothing_yet() -> None:
    view = of(line(f"{GOWN}/red/8-9Y"), line(f"{GOWN}/red/6-7Y"))
    next_one = Add(target=Target(name=GOWN), values=Values(colour="white"))
    after = order(replace(view, ages=(8, 6, 2)), next_one)
    assert after[2:] == [(f"{GOWN}/white/2-3Y", 1)]


def test_a_split_stays_a_split() -> None:
    view = of(line(f"{DERA}/purple/ONE", 2), last=0)
    parts = (Values(colour="purple", quantity=1), Values(colour="pink", quantity=1))
    assert len(order(view, Split(parts=parts))) == 2


def test_parts_of_a_piece_that_is_not_ordered_are_ordered() -> None:
    # given an order of another piece, when "the gown: one red in 4-5Y and one white in 6-7Y"
    view = of(line(f"{DERA}/purple/ONE"))
    parts = (Values(colour="red", size="4-5Y"), Values(colour="white", size="6-7Y"))
    ordered = order(view, Split(target=Target(name=GOWN), parts=parts))
    assert ordered[1:] == [(f"{GOWN}/red/4-5Y", 1), (f"{GOWN}/white/6-7Y", 1)]


def test_a_part_as_the_line_is_already_says_how_many_there_are_to_be() -> None:
    # given three of one piece, when "make the purple ones two"
    view = of(line(f"{DERA}/purple/ONE", 3), last=0)
    part = Values(colour="purple", quantity=2)
    assert order(view, Split(parts=(part,))) == [(f"{DERA}/purple/ONE", 2)]


# ── what the last change took out ───────────────────────────────────────────

WENT = View(
    lines=numbered([line(f"{BAG}/black/ONE", kind="bag")]),
    gone=(line(f"{DERA}/purple/ONE", 2),),
    pieces=pieces_of(SOLD),
)


def test_a_piece_put_back_comes_as_it_went() -> None:
    # given a purple dera that was just taken out, in a shop with other dresses
    # when "put the dress back"
    # then it is that one, in its colour and number
    assert order(WENT, Add(target=Target(category="dress"))) == [
        (f"{BAG}/black/ONE", 1),
        (f"{DERA}/purple/ONE", 2),
    ]


def test_put_back_in_another_colour_it_is_so() -> None:
    pink = Add(target=Target(category="dress"), values=Values(colour="pink"))
    assert order(WENT, pink) == [(f"{BAG}/black/ONE", 1), (f"{DERA}/pink/ONE", 1)]


def test_a_dress_besides_is_not_as_the_one_that_went() -> None:
    found = resolve([Add(target=Target(category="dress"), another=True)], WENT)
    assert all(edit.values == Values() for edit in found.pinned if isinstance(edit, Add))


def test_irudi_moja_is_of_the_one_line_that_has_several() -> None:
    # given one line of two and one of one, and none spoken of last
    view = of(line(f"{DERA}/purple/ONE", 2), line(f"{BAG}/green/ONE", kind="bag"))

    # when "irudi moja", then the dera is one again
    back = Set(values=Values(quantity=1), change=True)
    assert order(view, back) == [(f"{DERA}/purple/ONE", 1), (f"{BAG}/green/ONE", 1)]


def test_a_piece_looked_for_for_one_child_is_of_that_age() -> None:
    # given gowns listed for a child of 8, and another list's ages besides
    shown = options(GOWN)[0].model_copy(update={"age": 8})
    view = View(lists=((shown,),), choosing=True, ages=(5,), pieces=pieces_of(SOLD))

    # when "the red one", then it is for the child of 8
    found = resolve([Add(target=Target(option=1), values=Values(colour="red"))], view)
    assert [e.values.age for e in found.pinned if isinstance(e, Add)] == [8]
