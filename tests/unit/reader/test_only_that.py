"""At a total, what alone is said to stay lets the other lines go."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import LocalReader, understand
from dukani.core.store.wearers import WornBy
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option
from tests.unit.reader.shelves import ordered, sold_from

SHELF = {
    "Ribbed Poloneck": ("sweater", ("black", "mustard"), ("M", "L")),
    "Pleated Maxi Dress": ("dress", ("black", "emerald"), ("M", "XL")),
    "Woven Belt": ("belt", ("brown", "black"), ("ONE",)),
}
POLONECKS = ordered(SHELF, "2 Ribbed Poloneck/black/M", "1 Ribbed Poloneck/mustard/M")
MINE, HERS = ordered(SHELF, "1 Pleated Maxi Dress/emerald/M", "1 Pleated Maxi Dress/black/XL")
SISTER = WornBy(id="her", relation="sister")


def failed(*cart: Line) -> TurnContext:
    return TurnContext(step="payment_failed", sold=sold_from(SHELF), cart=cart)


def gone(text: str, context: TurnContext) -> set[int | None]:
    acts = understand(text, context).acts
    return {act.target.line for act in acts if isinstance(act, a.Remove)}


@pytest.mark.parametrize(
    "text",
    [
        "sorry I have less than I thought. only the mustard one then",
        "mustard tu",
        "nichukue mustard pekee",
        "ok just the mustard one please",
        "wacha nilipe ya mustard tu",
    ],
)
def test_the_other_lines_go(text: str) -> None:
    assert gone(text, failed(*POLONECKS)) == {1}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nilipie ya sister pekee", 1),
        ("only my sister's one then", 1),
        ("just hers then", 1),
        ("wacha nilipe yangu tu, ya sister itoe", 2),
        ("wacha nichukue yangu tu", 2),
    ],
)
def test_whose_alone_stays(text: str, line: int) -> None:
    cart = (MINE, HERS.model_copy(update={"worn_by": SISTER}))
    assert gone(text, failed(*cart)) == {line}


@pytest.mark.parametrize(
    "text",
    [
        "only one black",  # so many of them
        "M tu",  # perhaps the size to have
        "toa mustard tu",
        "make it mustard only",
        "is it only the mustard one?",
    ],
)
def test_what_may_be_meant_otherwise_lets_the_rest_be(text: str) -> None:
    assert 1 not in gone(text, failed(*POLONECKS))


def test_before_a_total_it_may_be_a_choice() -> None:
    context = failed(*POLONECKS).model_copy(update={"step": "products_found"})
    assert gone("only the mustard one", context) == set()


async def test_another_variant_offered_takes_the_place_of_the_one_ordered() -> None:
    # given: she asked whether the black one comes in XL, and it was offered
    focus = Option(
        number=1, product_id="Pleated Maxi Dress", sku="Pleated Maxi Dress",
        name="Pleated Maxi Dress", price_minor=100_00, colours=("black", "emerald"),
        sizes=("M", "XL"),
    )  # fmt: skip
    context = failed(MINE).model_copy(
        update={"step": "size_recommended", "question": "take_it", "focus": focus}
    )
    # when
    [act] = (await LocalReader().read("ok change it to the black XL", context)).acts
    # then
    assert isinstance(act, a.Set)
    assert (act.target.line, act.values) == (1, a.Values(colour="black", size="XL"))
