"""A piece that left the order comes back as it was, unless the words say otherwise."""

from __future__ import annotations

import dataclasses

import pytest

from dukani.domain.acts import Add, Target, Values
from dukani.domain.view import LeftOut
from dukani.domain.wanted_back import wanted_back
from tests.unit.domain.test_resolution import KIDS, VIEW, WRAP

WENT = dataclasses.replace(
    VIEW, left_out=(LeftOut(WRAP, "black", "L", 2), LeftOut(KIDS, "white", "5-6Y"))
)


def back(target: Target, values: Values | None = None) -> Add | None:
    return wanted_back(Add(target=target, values=values or Values(), back=True), WENT)


def test_it_comes_back_in_its_colour_size_and_count() -> None:
    # "put the wrap dress back", of which the order has one in another size
    added = back(Target(name="wrap dress"))
    assert added is not None and added.target == Target(product_id=WRAP)
    assert added.values == Values(colour="black", size="L", quantity=2)


def test_what_is_said_now_counts() -> None:
    added = back(Target(name="wrap dress"), Values(quantity=1))
    assert added is not None and added.values.quantity == 1


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


def test_what_is_in_the_order_again_is_not_put_in_twice() -> None:
    there = VIEW.lines[0]
    view = dataclasses.replace(
        VIEW, left_out=(LeftOut(there.product_id, there.colour, there.size),)
    )
    wish = Add(target=Target(name=there.name), back=True)
    assert wanted_back(wish, view) is None
