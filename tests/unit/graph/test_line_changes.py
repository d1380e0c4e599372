"""What a line of the cart becomes by what she says of it."""

from __future__ import annotations

import pytest

from dukani.core.store.carts import CartItem
from dukani.graph.line_changes import refused, wanted_variant
from dukani.graph.state import QueuedAct
from dukani.graph.variant_questions import Gap

LINE = CartItem(
    cart_id="cart",
    product_id="product",
    variant_id="variant",
    sku="DRS-1",
    name="Amani Dress",
    category="dress",
    colour="navy",
    size="M",
    quantity=2,
    unit_price_minor=350_000,
)
COLOURS = ("navy", "black")


@pytest.mark.parametrize(
    ("act", "colour", "size", "quantity"),
    [
        ({}, "navy", "M", 2),  # what is not said stays
        ({"size": "L"}, "navy", "L", 2),
        ({"quantity": 3, "colour": "black"}, "black", "M", 3),
        ({"colour": "blue"}, "navy", "M", 2),  # the blue it comes in
        ({"colour": "pink"}, "pink", "M", 2),  # it does not come in pink: stock says so
    ],
)
def test_the_line_as_the_act_wants_it(
    act: QueuedAct, colour: str, size: str, quantity: int
) -> None:
    wanted = wanted_variant(LINE, act, colours=COLOURS)

    assert (wanted["colour"], wanted["size"], wanted["quantity"]) == (colour, size, quantity)


@pytest.mark.parametrize(
    ("act", "gap"),
    [
        ({"quantity": 3}, None),
        ({"exclude_size": "M"}, "size"),
        ({"exclude_size": "M", "size": "L"}, None),  # "not M, L": nothing is open
        ({"exclude_size": "S"}, None),  # it is no S
        ({"exclude_colour": "navy"}, "colour"),
        ({"exclude_colour": "navy", "colour": "black"}, None),
    ],
)
def test_what_is_taken_back_is_asked_for(act: QueuedAct, gap: Gap | None) -> None:
    assert refused(wanted_variant(LINE, act, colours=COLOURS), act) == gap
