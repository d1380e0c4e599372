"""Looking at the cart and changing it."""

from __future__ import annotations

import pytest

from tests.unit.reader.turns import Slots, read_turn

TURNS: list[tuple[str, str, str, Slots]] = [
    ("cart", "what's in my cart?", "view_cart", {}),
    ("cart", "nionyeshe kikapu changu", "view_cart", {}),
    ("cart", "jumla ni ngapi", "view_cart", {}),
    ("cart", "toa viatu", "remove_item", {"category": "shoes"}),
    ("cart", "I don't want the dress anymore", "remove_item", {"category": "dress"}),
    ("cart", "remove everything", "clear_cart", {}),
    ("cart", "futa zote", "clear_cart", {}),
    ("cart", "make the dress 3", "change_quantity", {"category": "dress", "quantity": 3}),
    ("one_line", "iwe mbili", "change_quantity", {"quantity": 2}),
    ("cart", "punguza viatu iwe moja", "change_quantity", {"category": "shoes", "quantity": 1}),
    ("confirm", "total ni ngapi", "view_cart", {}),
    ("cart", "ongeza sandals ziwe 2", "change_quantity", {"category": "shoes", "quantity": 2}),
    ("cart", "nimebadilisha mawazo, toa sandals", "remove_item", {"category": "shoes"}),
    ("cart", "remove the blue dress", "remove_item", {"category": "dress", "colour": "blue"}),
    ("cart", "empty my cart", "clear_cart", {}),
    ("cart", "how much is everything?", "view_cart", {}),
    ("cart", "nilipe pesa ngapi kwa jumla", "view_cart", {}),
    ("cart", "show me my basket", "view_cart", {}),
    ("one_line", "add one more", "change_quantity", {"quantity": 2}),
    ("one_line", "actually make it 3", "change_quantity", {"quantity": 3}),
    ("cart", "nimechagua nini so far", "view_cart", {}),
    ("cart", "whats my total", "view_cart", {}),
    ("cart", "ondoa ile dress", "remove_item", {"category": "dress"}),
    ("cart", "take out the sandals please", "remove_item", {"category": "shoes"}),
    ("cart", "remove item 2", "remove_item", {"option": 2}),
    ("cart", "viatu sitaki tena", "remove_item", {"category": "shoes"}),
    (
        "cart",
        "change quantity of the sandals to 3",
        "change_quantity",
        {"category": "shoes", "quantity": 3},
    ),
    ("cart", "nataka dress ziwe tatu", "change_quantity", {"category": "dress", "quantity": 3}),
    (
        "cart",
        "niongezee sandals ingine moja",
        "change_quantity",
        {"category": "shoes", "quantity": 2},
    ),
    ("cart", "futa kila kitu kwa cart", "clear_cart", {}),
    ("address", "ondoa sandals", "remove_item", {"category": "shoes"}),
    ("options", "view cart", "view_cart", {}),
    ("cart", "cart iko na nini?", "view_cart", {}),
    ("cart", "total?", "view_cart", {}),
    ("cart", "what am I paying in total", "view_cart", {}),
    ("cart", "nitoe viatu", "remove_item", {"category": "shoes"}),
    ("cart", "delete the second item", "remove_item", {"option": 2}),
    ("cart", "sitaki hiyo dress", "remove_item", {"category": "dress"}),
    ("cart", "dress ziwe mbili", "change_quantity", {"category": "dress", "quantity": 2}),
    ("cart", "I want 2 sandals not 1", "change_quantity", {"category": "shoes", "quantity": 2}),
    ("cart", "clear", "clear_cart", {}),
    ("cart", "toa vitu zote", "clear_cart", {}),
    ("address", "where's my cart?", "view_cart", {}),
    ("cart", "onyesha cart", "view_cart", {}),
    ("cart", "nina nini kwa kapu", "view_cart", {}),
    ("cart", "how much do I owe", "view_cart", {}),
    ("cart", "cancel the sandals", "remove_item", {"category": "shoes"}),
    ("cart", "usiweke viatu tena", "remove_item", {"category": "shoes"}),
    ("cart", "remove brown ones", "remove_item", {"colour": "brown"}),
    ("cart", "reduce the dress to one", "change_quantity", {"category": "dress", "quantity": 1}),
    ("cart", "weka viatu tatu", "change_quantity", {"category": "shoes", "quantity": 3}),
]


@pytest.mark.parametrize(("situation", "text", "acts", "slots"), TURNS)
def test_cart(situation: str, text: str, acts: str, slots: Slots) -> None:
    heard = read_turn(situation, text)

    assert (heard.acts, heard.slots) == (acts.split(), slots)
