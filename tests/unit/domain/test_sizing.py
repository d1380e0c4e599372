"""The size of a wearer from what is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.domain.sizing.advice import PieceToFit, advise
from dukani.domain.sizing.evidence import Bought

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def bought(size: str, category: str = "dress", *, days: int = 30, order: str = "") -> Bought:
    at = NOW - timedelta(days=days)
    return Bought(size, category, at, order_id=order or f"{category}{size}{days}")


def test_three_orders_that_agree_give_high_confidence() -> None:
    history = [bought("M", days=days) for days in (10, 20, 30)]

    advice = advise(history, PieceToFit("dress", ("S", "M", "L")), now=NOW)

    assert advice is not None
    assert (advice.size, advice.confidence) == ("M", "high")
    assert advice.rests_on[0].orders == 3


def test_nothing_known_gives_no_advice() -> None:
    assert advise([], PieceToFit("dress", ("S", "M", "L")), now=NOW) is None


def test_a_shoe_says_nothing_of_a_dress() -> None:
    history = [bought("38", "shoes")]

    assert advise(history, PieceToFit("dress", ("36", "38", "40")), now=NOW) is None
