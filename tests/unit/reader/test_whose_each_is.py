"""A message that only tells whose ordered pieces are takes nothing out and looks for nothing."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from dukani.domain.steps import Step
from tests.unit.reader.shelves import ordered, sold_from

SHELF = {
    "Crop Top": ("top", ("white", "black"), ("M",)),
    "Doll Shoes": ("shoes", ("black",), ("38", "39")),
}
LINES = ordered(SHELF, "1 Crop Top/black/M", "1 Doll Shoes/black/38")
MINE, SISTERS = None, "sister"
TOP, SHOES = 1, 2


async def whose(text: str, step: Step = "awaiting_confirmation") -> dict[int | None, str | None]:
    context = TurnContext(sold=sold_from(SHELF), cart=LINES, step=step)
    acts = (await LocalReader().read(text, context)).acts
    assert all(isinstance(act, a.SetWearer | a.Confirm) for act in acts), acts
    wearers = [act for act in acts if isinstance(act, a.SetWearer)]
    return {act.target.line if act.target else None: act.relation for act in wearers}


@pytest.mark.parametrize("step", ["cart_updated", "awaiting_confirmation"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the shoes are for my sister, the top is mine", {SHOES: SISTERS, TOP: MINE}),
        ("the shoes are for my sister and the top is for me", {SHOES: SISTERS, TOP: MINE}),
        ("viatu ni vya dada yangu, top ni yangu", {SHOES: SISTERS, TOP: MINE}),
        ("only the shoes are for my sister", {SHOES: SISTERS}),
        ("viatu tu ndio vya sister", {SHOES: SISTERS}),
        ("the top is for me not my sister. only the shoes.", {TOP: MINE, SHOES: SISTERS}),
    ],
)
async def test_it_is_told_whose_each_is(
    step: Step, text: str, told: dict[int | None, str | None]
) -> None:
    assert await whose(text, step) == told


async def test_what_is_told_beside_a_change_is_read_as_before() -> None:
    context = TurnContext(sold=sold_from(SHELF), cart=LINES, step="cart_updated")
    acts = (await LocalReader().read("the shoes are for my sister, size 39", context)).acts

    assert any(isinstance(act, a.Set) for act in acts)


async def test_what_was_offered_is_not_for_the_person_of_the_next_piece() -> None:
    # given a top that is offered
    top = Option(
        number=1, product_id="Crop Top", sku="Crop Top", name="Crop Top", category="top",
        colours=("white",), sizes=("M",), price_minor=100_00,
    )  # fmt: skip
    context = TurnContext(
        step="products_found", options=(top,), focus=top, question="take_it", sold=sold_from(SHELF)
    )

    # when she takes it, and shoes for her father
    acts = (await LocalReader().read("eeh hiyo sawa, na pia doll shoes za mzee 38", context)).acts

    # then only the shoes are his
    assert [act.kind for act in acts] == ["add", "set_wearer", "add"]
