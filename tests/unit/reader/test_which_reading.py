"""The answer to "did you mean 1. … 2. …?": a number or a no; what says more is read as usual."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.agent.local_reader.plain_answers import is_plain_answer
from dukani.agent.local_reader.which_reading import which_reading
from dukani.domain import acts as a
from dukani.domain.steps import Step
from tests.unit.reader.turns import ordered

IN_ORDER = ordered("cart_updated")


@pytest.mark.parametrize(
    "text",
    [
        "2", "2.", "#2", "2️⃣", "no. 2", "namba 2",
        "number two please", "the second one", "second",
        "ya pili", "namba mbili", "hiyo ya pili", "nilimaanisha ya pili",
        "I meant the 2nd", "mbili",
        "ndio, ya pili", "option 2 asante", "la pili tafadhali", "it is number 2",
    ],
)  # fmt: skip
def test_the_number_of_a_reading(text: str) -> None:
    assert which_reading(text) == (a.Add(target=a.Target(option=2)),)


@pytest.mark.parametrize(
    "text",
    [
        "no", "hapana", "neither", "none of them", "no, none of those", "hakuna hata moja",
        "sio hizo", "si hiyo", "hapana asante", "no, leave it", "hapana, acha hiyo", "acha", "zi",
        "hapana, achana nayo", "not any of these",
    ],
)  # fmt: skip
def test_a_no_to_all_of_them(text: str) -> None:
    assert which_reading(text) == (a.Decline(),)


@pytest.mark.parametrize(
    "text",
    [
        "make it 2", "2 in red", "ziwe mbili", "ni mbili", "na moja", "it is two", "2 pieces",
        "yes", "ndio", "not the first", "si ya pili", "toa mbili", "0712345678", "Tom Mboya 2",
        "mbili za black", "no, size L", "hapana, iwe nyekundu", "no, one black", "",
    ],
)  # fmt: skip
def test_what_says_more_or_less_is_no_such_answer(text: str) -> None:
    assert which_reading(text) == ()


def test_of_several_numbers_all_are_given() -> None:
    one, two = (a.Add(target=a.Target(option=number)) for number in (1, 2))
    assert which_reading("1 or 2") == (one, two)


@pytest.mark.parametrize("step", ["cart_updated", "awaiting_delivery_address", "products_found"])
async def test_a_number_is_neither_an_address_nor_a_quantity(step: Step) -> None:
    asked = IN_ORDER.model_copy(update={"step": step, "question": "reading"})
    told = await LocalReader().read("2", asked)
    assert told.acts == (a.Add(target=a.Target(option=2)),)
    assert is_plain_answer("2", asked)


async def test_other_words_are_read_as_if_nothing_had_been_asked() -> None:
    asked = IN_ORDER.model_copy(update={"question": "reading"})
    for text in ("remove the first line", "checkout", "ndio"):
        assert await LocalReader().read(text, asked) == await LocalReader().read(text, IN_ORDER)
