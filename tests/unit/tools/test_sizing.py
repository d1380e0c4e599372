"""Her size from what she bought."""

from __future__ import annotations

import pytest

from dukani.core.store.orders import Purchase
from dukani.tools.sizing import advise


def bought(*pieces: tuple[str, str, str]) -> list[Purchase]:
    """(order, category, size), newest first."""
    return [Purchase(*piece) for piece in pieces]


def test_three_orders_that_agree_give_high_confidence() -> None:
    advice = advise(
        bought(("3", "dress", "M"), ("2", "dress", "M"), ("1", "dress", "M")), category="dress"
    )
    assert advice is not None
    assert (advice.size, advice.confidence, advice.orders) == ("M", "high", 3)


@pytest.mark.parametrize("orders", [1, 2])
def test_fewer_orders_give_medium_confidence(orders: int) -> None:
    history = bought(*((str(n), "dress", "L") for n in range(orders)))
    advice = advise(history, category="dress")
    assert advice is not None
    assert (advice.size, advice.confidence, advice.orders) == ("L", "medium", orders)


def test_two_pieces_of_one_order_are_one_order() -> None:
    advice = advise(bought(("1", "dress", "M"), ("1", "dress", "M")), category="dress")
    assert advice is not None and advice.orders == 1


def test_no_history_gives_no_advice() -> None:
    assert advise([], category="dress") is None


def test_the_same_kind_of_garment_comes_first() -> None:
    history = bought(("3", "trousers", "XL"), ("2", "trousers", "XL"), ("1", "dress", "M"))
    advice = advise(history, category="dress")
    assert advice is not None and (advice.size, advice.category) == ("M", "dress")


def test_another_worn_garment_helps_where_the_kind_was_never_bought() -> None:
    advice = advise(bought(("1", "shirt", "S")), category="skirt")
    assert advice is not None and (advice.size, advice.category) == ("S", "shirt")


def test_shoes_say_nothing_about_a_dress() -> None:
    assert advise(bought(("1", "shoes", "38")), category="dress") is None
    assert advise(bought(("1", "dress", "M")), category="shoes") is None


def test_one_size_pieces_say_nothing() -> None:
    assert advise(bought(("1", "dress", "ONE")), category="dress") is None


def test_on_a_tie_the_most_recent_counts() -> None:
    advice = advise(bought(("2", "dress", "L"), ("1", "dress", "M")), category="dress")
    assert advice is not None and advice.size == "L"
