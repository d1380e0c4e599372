"""A piece that left the order comes back as it was, unless the words say otherwise."""

from __future__ import annotations

import dataclasses

import pytest

from dukani.domain.acts import Add, Edit, Substitute, Target, Values
from dukani.domain.pieces import LeftOut
from dukani.domain.view import View
from dukani.domain.wanted_back import wanted_back
from tests.unit.domain.shops import line
from tests.unit.domain.test_resolution import KIDS, ORDER, VIEW, WRAP


def left(variant_id: str, quantity: int = 1, replaced_by: str | None = None) -> LeftOut:
    was = line(variant_id, quantity).model_dump()
    return LeftOut(**was, replaced_by=replaced_by)


WENT = dataclasses.replace(VIEW, left_out=(left(f"{WRAP}/black/L", 2), left(f"{KIDS}/white/5-6Y")))


def back(target: Target, view: View = WENT, **said: object) -> Edit | None:
    return wanted_back(Add.model_validate({"target": target, "back": True} | said), view)


def test_it_comes_back_in_its_colour_size_and_count() -> None:
    # "put the wrap dress back", of which the order has one in another size
    added = back(Target(name="wrap dress"))
    assert isinstance(added, Add) and added.target == Target(product_id=WRAP)
    assert added.values == Values(colour="black", size="L", quantity=2)


def test_what_is_said_now_counts() -> None:
    added = back(Target(name="wrap dress"), values=Values(quantity=1))
    assert isinstance(added, Add) and added.values.quantity == 1


def test_units_of_a_line_that_stayed_are_put_to_it() -> None:
    there = ORDER[1]  # two white tees, and one left
    view = dataclasses.replace(VIEW, left_out=(left(there.variant_id),))
    added = back(Target(category="t-shirt"), view)
    added = added or back(Target(name=there.name), view)
    assert isinstance(added, Add) and added.another and added.values.quantity == 1


def test_what_was_put_in_its_place_makes_room() -> None:
    # given: the black L became the red L
    now = line(f"{WRAP}/red/L", number=4)
    went = left(f"{WRAP}/black/L", replaced_by=now.variant_id)
    view = dataclasses.replace(VIEW, lines=(*VIEW.lines, now), left_out=(went,))
    # when: "the dress back to black"
    edit = back(Target(name="wrap dress", colour="black"), view)
    assert isinstance(edit, Substitute) and edit.target == Target(variant_id=now.variant_id)
    assert edit.values == Values(colour="black", size="L")
    # but besides it, where that is said: "the black one too"
    also = back(Target(name="wrap dress", colour="black"), view, another=True)
    assert isinstance(also, Add)


@pytest.mark.parametrize(
    "target",
    [
        Target(name="wrap dress", colour="red"),  # none of that colour left
        Target(category="shoes"),  # no such piece left
        Target(pointed="it"),  # which one is not said
    ],
)
def test_what_did_not_leave_is_added_as_anything_is(target: Target) -> None:
    assert back(target) is None
