"""A piece that was taken out comes back, as it was or otherwise."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.domain.context import TurnContext
from dukani.domain.pieces import LeftOut
from tests.unit.reader.shelves import lines_after, ordered, sold_from

SHELF = {
    "Formal Shirt": ("shirt", ("white",), ("16",)),
    "Pleated Skirt": ("skirt", ("black", "beige"), ("M", "L")),
    "Peach Blouse": ("blouse", ("peach", "black"), ("12",)),
}
SHIRT = "1 Formal Shirt/white/16"


def after(text: str, *left: str) -> set[str]:
    """The order's lines behind the message, where these had left it."""
    gone = tuple(LeftOut(**line.model_dump()) for line in ordered(SHELF, *left))
    cart = ordered(SHELF, SHIRT)
    context = TurnContext(step="cart_updated", cart=cart, left_out=gone, sold=sold_from(SHELF))
    return lines_after(asyncio.run(LocalReader().read(text, context)).acts, context)


@pytest.mark.parametrize(
    "text",
    [
        "hapana rudisha sketi, lakini iwe beige",
        "put the skirt back but in beige",
        "nimesema ile sketi uliyotoa, nairudisha kwa kikapu, rangi ya beige M",
        "bring back the skirt in beige please",
    ],
)
def test_it_comes_back_in_the_other_colour(text: str) -> None:
    assert after(text, "1 Pleated Skirt/black/M") == {SHIRT, "1 Pleated Skirt/beige/M"}


def test_the_first_colour_calls_it_and_the_second_is_wanted() -> None:
    said = "put the peach back but as a black one"
    assert after(said, "1 Peach Blouse/peach/12") == {SHIRT, "1 Peach Blouse/black/12"}


@pytest.mark.parametrize(
    "text",
    [
        "umetoa sketi? rudisha",
        "you removed the skirt? put it back",
        "ile sketi uliyotoa, nairudisha",
    ],
)
def test_what_she_says_was_taken_out_comes_back_as_it_was(text: str) -> None:
    assert after(text, "1 Pleated Skirt/black/M") == {SHIRT, "1 Pleated Skirt/black/M"}


def test_where_several_left_that_are_called_so_nothing_is_guessed() -> None:
    left = ("1 Pleated Skirt/black/M", "1 Pleated Skirt/black/L")
    assert "1 Pleated Skirt/beige/M" not in after("rudisha sketi lakini iwe beige", *left)
