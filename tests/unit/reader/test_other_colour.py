"""The colour that "the other colour" is, of a piece that comes in two."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.agent.local_reader.edits.other_colour import with_other_colour_named
from dukani.domain import acts as a
from tests.unit.reader.boutique import arusha, line, option

KANZU_AND_CAP = (line(1, "AR-12", "white", "58"), line(2, "AR-13", "white", "ONE"))
CART = arusha(cart=KANZU_AND_CAP)


@pytest.mark.parametrize(
    "text",
    [
        "kofia weka ile rangi nyingine",
        "change the cap to the other colour",
        "kofia iwe rangi ingine",
    ],
)
async def test_the_line_called_gets_the_other_of_its_two_colours(text: str) -> None:
    [changed] = (await LocalReader().read(text, CART)).acts
    assert isinstance(changed, a.Set) and changed.change
    assert changed.values.colour == "cream"
    assert changed.target.line == 2 or changed.target.category == "hat"


def test_of_the_piece_spoken_of_it_is_the_one_not_spoken_of() -> None:
    sandals = option("AR-07")
    asked = arusha("07").model_copy(update={"focus": sandals, "spoken_colour": "brown"})
    assert with_other_colour_named("ipo rangi nyingine?", asked) == "ipo black?"


@pytest.mark.parametrize(
    "cart",
    [
        (line(1, "AR-14", "red", "ONE"),),  # sold in three colours
        KANZU_AND_CAP[:0],  # nothing is spoken of
    ],
)
def test_where_it_may_be_several_the_words_stay(cart: tuple[object, ...]) -> None:
    text = "the other colour please"
    assert with_other_colour_named(text, arusha(cart=cart)) == text  # type: ignore[arg-type]
