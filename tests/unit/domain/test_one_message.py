"""Edits of one message that go on from one another, and what the later of two words does."""

from __future__ import annotations

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
    Values,
)
from dukani.domain.one_message import merged_sets
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution, resolve
from dukani.domain.view import View
from dukani.domain.waiting import over_values, with_values
from tests.unit.domain.shops import line, numbered, pieces_of, stock_of

DRESS, BELT = "Amani", "Zawadi"
SOLD = [
    *stock_of(DRESS, ("black", "red"), ("S", "M")),
    *stock_of(BELT, ("brown",), ("ONE",), kind="belt"),
]
EMPTY = View(pieces=pieces_of(SOLD))
ORDER = View(
    lines=numbered([line(f"{DRESS}/black/M"), line(f"{BELT}/brown/ONE", kind="belt")]),
    pieces=pieces_of(SOLD),
)
A_BELT = Add(target=Target(category="belt"))


def wanted(*edits: Edit, view: View = EMPTY) -> list[tuple[str | None, int | None]]:
    """Product and quantity of each piece the message adds."""
    found = resolve(edits, view)
    return [(e.target.product_id, e.values.quantity) for e in found.pinned if isinstance(e, Add)]


# ── "it" is what the words before spoke of ──────────────────────────────────


@pytest.mark.parametrize(
    ("then", "quantity"),
    [
        (ChangeQuantity(by=1), 2),  # "the belt, one more": two, for none was said to be one
        (ChangeQuantity(times=3), 3),
        (Set(values=Values(quantity=4)), 4),
    ],
)
def test_how_many_is_said_of_the_piece_just_added(then: Edit, quantity: int) -> None:
    assert wanted(A_BELT, then) == [(BELT, quantity)]


def test_leave_it_takes_the_piece_just_added_back() -> None:
    found = resolve([A_BELT, Remove()], EMPTY)

    assert found.pinned == []
    assert [wish.name for wish in found.dropped] == [BELT]


def test_a_change_is_of_the_piece_just_added_also_while_a_size_is_asked_for() -> None:
    # given: she was asked for the size of a dress
    asked = Question(
        field="size",
        completes=Add(target=Target(product_id=DRESS), values=Values(colour="red")),
        product_id=DRESS,
        name=DRESS,
        choices=("S", "M"),
    )
    size = Values(size="S")

    # when
    changed = resolve([A_BELT, Set(values=size, change=True)], EMPTY, [asked])
    answered = resolve([A_BELT, Set(values=size)], EMPTY, [asked])

    # then
    assert _sizes(changed) == [(BELT, "S")]
    assert _sizes(answered) == [(BELT, None), (DRESS, "S")]


def _sizes(found: Resolution) -> list[tuple[str | None, str | None]]:
    return sorted(
        ((e.target.product_id, e.values.size) for e in found.pinned if isinstance(e, Add)),
        key=lambda told: str(told[0] != BELT),
    )


# ── of two words for one thing the last holds ───────────────────────────────

DRESS_LINE, BELT_LINE = Target(line=1), Target(line=2)


def test_what_is_said_of_one_line_one_after_another_is_one_change() -> None:
    said = [
        Set(target=DRESS_LINE, values=Values(size="M", colour="red")),
        Set(target=DRESS_LINE, values=Values(size="S")),
    ]

    assert merged_sets(said) == [
        Set(target=DRESS_LINE, values=Values(size="S", colour="red")),
    ]


@pytest.mark.parametrize(
    "said",
    [
        # two lines
        [Set(target=DRESS_LINE, values=Values(size="M")),
         Set(target=BELT_LINE, values=Values(quantity=2))],
        # something else in between
        [Set(target=DRESS_LINE, values=Values(size="M")), Remove(target=BELT_LINE),
         Set(target=DRESS_LINE, values=Values(size="S"))],
    ],
)  # fmt: skip
def test_what_is_said_of_two_lines_or_of_one_later_stays_apart(said: list[Edit]) -> None:
    assert merged_sets(said) == said


@pytest.mark.parametrize(
    ("before", "now", "both"),
    [
        (Values(size="M"), Values(size="S"), Values(size="S")),
        (Values(colour="red"), Values(size="S"), Values(colour="red", size="S")),
        (Values(age=5), Values(size="S"), Values(size="S")),  # of the same thing: the later one
        (Values(size="S"), Values(age=5), Values(age=5)),
        (Values(quantity=2), Values(), Values(quantity=2)),
        (Values(quantity=2), Values(quantity=0), Values(quantity=0)),  # none is said, too
    ],
)
def test_what_is_said_now_holds_over_what_was_said_before(
    before: Values, now: Values, both: Values
) -> None:
    assert over_values(before, now) == both


def test_the_part_that_is_asked_about_takes_the_answer() -> None:
    # given: "one small, the other maroon", where maroon may be two of its colours
    parts = (Values(colour="black"), Values(colour="green"))
    waiting = Split(target=Target(line=1), parts=parts)
    asked = Question(field="colour", completes=waiting, choices=("army green", "bottle green"))

    # when
    told = with_values(waiting, Values(colour="army green"), asked)
    told_first = with_values(waiting, Values(colour="red"), asked.model_copy(update={"part": 0}))

    # then
    assert isinstance(told, Split) and isinstance(told_first, Split)
    assert [part.colour for part in told.parts] == ["black", "army green"]
    assert [part.colour for part in told_first.parts] == ["red", "green"]


def test_a_line_that_another_piece_takes_the_place_of_is_not_also_taken_out() -> None:
    # "toa dress, weka belt badala yake"
    dress = Target(category="dress")
    found = resolve([Remove(target=dress), Substitute(target=dress, piece=A_BELT.target)], ORDER)
    assert [type(edit) for edit in found.pinned] == [Substitute]
