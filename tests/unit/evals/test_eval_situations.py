"""Where a file says a conversation stands: its pieces, its cart and the question that is open."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Target, Values
from dukani.evals.catalogue_file import Catalogue
from dukani.evals.piece_in_view import focus_on, question_about
from dukani.evals.situation_pieces import lines_seen, products_for
from dukani.evals.utterance_file import Situation

CATALOGUE = Catalogue.model_validate(
    {
        "products": [
            {"sku": "A-1", "name": "Pwani Dress", "category": "dress", "price": 3000,
             "stock": {"Nude": {"M": 1}, "red": {"M": 2, "L": 0}}},
            {"sku": "B-2", "name": "Twiga Hat", "category": "hat", "price": 900,
             "stock": {"white": {"ONE": 4}}},
        ]
    }
)  # fmt: skip


def a_situation(**told: Any) -> Situation:
    return Situation.model_validate(told)


def variants(stock: dict[str, dict[str, int]]) -> list[Variant]:
    return [
        Variant(
            id=f"{colour}/{size}", product_id="p1", product_sku="A-1", name="Pwani Dress",
            category="dress", sku=f"A-1/{colour}/{size}", colour=colour, size=size,
            price_minor=300_000, available=units,
        )
        for colour, sizes in stock.items()
        for size, units in sizes.items()
    ]  # fmt: skip


def test_what_a_situation_has_in_its_cart_is_in_stock() -> None:
    cart = [{"sku": "A-1", "colour": "Red", "size": "L", "qty": 3}, {"sku": "NOBODY-KNOWS"}]

    products = {p.sku: p for p in products_for(CATALOGUE, [a_situation(cart=cart)])}

    assert products["A-1"].stock["red"]["L"] == 3
    assert set(products) == {"A-1", "B-2", "NOBODY-KNOWS"}


def test_the_lines_of_a_situation_are_those_the_file_tells() -> None:
    situation = a_situation(
        step="cart", cart=[{"sku": "B-2"}, {"sku": "A-1", "colour": "Nude", "size": "M", "qty": 2}]
    )

    hat, dress = lines_seen(situation, products_for(CATALOGUE, [situation]))

    assert (hat.number, hat.name, hat.colour, hat.size, hat.quantity) == (1, "Twiga Hat", "", "", 1)
    assert (dress.number, dress.colour, dress.size, dress.quantity) == (2, "nude", "M", 2)
    assert (dress.category, dress.total_minor) == ("dress", 600_000)


@pytest.mark.parametrize(("step", "lines"), [("confirm", 1), ("paid", 1), ("browsing", 0)])
def test_nobody_comes_to_paying_without_a_cart(step: str, lines: int) -> None:
    seen = lines_seen(a_situation(step=step), products_for(CATALOGUE, []))

    assert [line.sku for line in seen] == ["A-1"] * lines


def test_the_colour_is_asked_before_the_size() -> None:
    several = variants({"red": {"M": 1, "L": 1}, "blue": {"M": 1}, "green": {"M": 0}})

    focus = focus_on(several)
    question = question_about(focus, several)

    assert (focus.colour, focus.size) == (None, None)
    assert question is not None
    assert (question.field, question.choices) == ("colour", ("red", "blue"))
    assert question.completes == Add(target=Target(product_id="p1"), values=Values())


def test_of_a_piece_in_one_colour_the_size_is_asked() -> None:
    one_colour = variants({"red": {"L": 1, "M": 1}})

    question = question_about(focus_on(one_colour), one_colour)

    assert question is not None
    assert (question.field, question.choices) == ("size", ("M", "L"))
    assert question.completes == Add(target=Target(product_id="p1"), values=Values(colour="red"))


@pytest.mark.parametrize("stock", [{"white": {"ONE": 4}}, {"red": {"M": 0}}])
def test_of_one_piece_or_none_nothing_is_asked(stock: dict[str, dict[str, int]]) -> None:
    found = variants(stock)
    focus = focus_on(found).model_copy(update={"colour": next(iter(stock))})

    assert question_about(focus, found) is None
