"""What there is for a child told of is looked for; a question about a piece stays one."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option
from tests.unit.reader.shelves import sold_from

SOLD = sold_from({
    "Girls Tulle Skirt": ("skirt", ("pink", "white"), ("3-4Y", "5-6Y")),
    "Boys Linen Set": ("set", ("green", "blue"), ("3-4Y", "5-6Y")),
})  # fmt: skip
SKIRT = Line(
    number=1, name="Girls Tulle Skirt", product_id="Girls Tulle Skirt", category="skirt",
    colour="pink", size="3-4Y", quantity=1, unit_price_minor=100_00,
)  # fmt: skip
STANDING = TurnContext(step="cart_updated", cart=(SKIRT,), last_line=1, sold=SOLD)


@pytest.mark.parametrize(
    ("text", "age", "name"),
    [
        ("Na kaka yao ana miaka 5, yeye kuna nini?", 5, "boys"),
        ("their brother is 6, what do you have for him?", 6, "boys"),
        ("bro yao ako 5, kuna nini yake?", 5, "boys"),
        ("their sister is 6, anything for her?", 6, "girls"),
    ],
)
def test_a_siblings_pieces_are_looked_for(text: str, age: int, name: str) -> None:
    # given a girl's skirt in the cart, when it is asked what there is for another child
    [search] = [act for act in understand(text, STANDING).acts if isinstance(act, a.Search)]

    # then pieces for that child are looked for, and not among skirts
    assert (search.age, search.name, search.category) == (age, name, None)


@pytest.mark.parametrize("text", ["what sizes for a girl of 5?", "je rangi za mvulana wa miaka 5?"])
def test_a_question_about_sizes_or_colours_names_no_sex(text: str) -> None:
    acts = understand(text, STANDING).acts
    assert not any(isinstance(act, a.Search) and act.name for act in acts)


SET = Option(
    number=1, product_id="Boys Linen Set", sku="Boys Linen Set", name="Boys Linen Set",
    category="set", colours=("green", "blue"), sizes=("3-4Y", "5-6Y"), price_minor=100_00,
)  # fmt: skip
IN_VIEW = TurnContext(step="products_found", options=(SET,), focus=SET, sold=SOLD)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("hii nguo iko ya miaka 6?", 6),
        ("nguo hii ya mtoto wa miaka 6 iko?", 6),
        ("hizi nguo ziko za miaka 8?", 8),
        ("nguo hizo ziko za miaka 5?", 5),
        ("hiyo nguo mko nayo ya miaka 4?", 4),
    ],
)
def test_a_piece_pointed_at_is_asked_for_that_age(text: str, age: int) -> None:
    # given one piece in view, when the garment asked about is pointed at
    [asked] = understand(text, IN_VIEW).acts

    # then its stock is asked, and nothing else is looked for
    assert isinstance(asked, a.AskStock)
    assert asked.values.age == age


@pytest.mark.parametrize("text", ["kuna nguo za miaka 6?", "nguo za mtoto wa miaka 6 ziko?"])
def test_garments_not_pointed_at_are_looked_for(text: str) -> None:
    assert any(isinstance(act, a.Search) for act in understand(text, IN_VIEW).acts)
