"""A wish that is still asked about is given up by its name; what is ordered stays."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from dukani.domain.steps import Step
from tests.unit.reader.shelves import ordered, sold_from
from tests.unit.reader.written import written

SHELF = {
    "Bata Canvas Kids": ("shoes", ("white",), ("28", "29")),
    "Shift Dress": ("dress", ("black",), ("12",)),
}
BATA = Option(
    number=1, product_id="Bata Canvas Kids", sku="Bata Canvas Kids", name="Bata Canvas Kids",
    category="shoes", colours=("white",), sizes=("28", "29"), price_minor=100_00,
)  # fmt: skip


def heard(step: Step, text: str) -> str:
    """What is read where the size of the Bata is asked for, a dress being ordered."""
    cart = ordered(SHELF, "1 Shift Dress/black/12")
    context = TurnContext(step=step, focus=BATA, question="size", cart=cart, sold=sold_from(SHELF))
    return written(understand(text, context).acts)


@pytest.mark.parametrize("step", ["cart_updated", "awaiting_delivery_address"])
@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("no forget those bata, thats all", "decline() + checkout()"),
        ("hapana bata wacha, ni hayo tu", "decline() + checkout()"),
        ("leave the bata", "decline()"),
        ("sitaki bata tena", "decline()"),
        ("bata achana nazo", "decline()"),
    ],
)
def test_the_wish_goes_and_no_address_is_stored(step: Step, text: str, acts: str) -> None:
    assert heard(step, text) == acts


def test_what_is_ordered_is_taken_out_as_before() -> None:
    assert heard("cart_updated", "leave the dress") == "remove(dress)"
