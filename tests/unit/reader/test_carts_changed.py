"""What a cart of several lines is after one message, by all that reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from dukani.agent.local_reader import LocalReader
from dukani.core.store.wearers import Relation, WornBy
from dukani.domain.context import TurnContext
from dukani.domain.steps import Step
from tests.unit.reader.shelves import lines_after, ordered, sold_from

SHELF = {
    "Rain Poncho": ("jacket", ("yellow", "navy", "green"), ("4Y", "6Y", "8Y", "10Y")),
    "Lined Trousers": ("trousers", ("grey", "navy", "black"), ("4Y", "6Y", "8Y", "10Y")),
    "Woven Scarf": ("scarf", ("red", "green", "cream"), ("ONE",)),
    "Straw Bag": ("bag", ("brown", "black"), ("ONE",)),
    "Fleece Vest": ("sweater", ("grey", "black", "orange"), ("S", "M", "L", "XL")),
    "Gym Shorts": ("shorts", ("grey", "black"), ("S", "M", "L", "XL")),
}
SOLD = sold_from(SHELF)


def order(
    *lines: str, worn: Mapping[int, Relation] | None = None, step: Step = "awaiting_confirmation"
) -> TurnContext:
    """An order of lines like `2 Straw Bag/black/ONE`; `worn`: whose the line of a number is."""
    whose = {number: WornBy(told, told) for number, told in (worn or {}).items()}
    cart = tuple(
        line.model_copy(update={"worn_by": whose.get(line.number)})
        for line in ordered(SHELF, *lines)
    )
    return TurnContext(step=step, sold=SOLD, cart=cart, has_order=step == "payment_failed")


def after(text: str, context: TurnContext) -> set[str]:
    understood = asyncio.run(LocalReader().read(text, context))
    return lines_after(understood.acts, context)


SCHOOL = order("1 Rain Poncho/navy/6Y", "2 Lined Trousers/grey/6Y", "3 Woven Scarf/red/ONE")
MARKET = order("1 Woven Scarf/red/ONE", "1 Woven Scarf/green/ONE", "1 Straw Bag/brown/ONE")
THREE = order("3 Woven Scarf/red/ONE", "1 Fleece Vest/grey/M", "1 Straw Bag/brown/ONE")
VESTS = order(
    "1 Fleece Vest/grey/M", "1 Fleece Vest/black/XL", "2 Straw Bag/brown/ONE", worn={2: "brother"}
)
SHORTS = order("3 Gym Shorts/grey/M", "2 Fleece Vest/grey/L")
FAILED = order("1 Fleece Vest/grey/M", "1 Straw Bag/brown/ONE", step="payment_failed")


@pytest.mark.parametrize(
    "text",
    [
        "he has grown, everything in size 6 should be 8",
        "all the 6s should be 8",
        "zote za 6 ziwe 8",
        "za size 6 zote ziwe 8",
        "zile za 6 ziwe za 8",
        "vyote vya 6 viwe 8",
        "anything in size 6 make it 8",
    ],
)
def test_one_size_is_changed_for_another_in_all_lines_that_are_in_it(text: str) -> None:
    assert after(text, SCHOOL) == {
        "1 Rain Poncho/navy/8Y", "2 Lined Trousers/grey/8Y", "3 Woven Scarf/red/ONE",
    }  # fmt: skip


def test_one_size_is_changed_for_another_in_the_lines_of_a_kind() -> None:
    assert after("trousers zote za 6 ziwe 8", SCHOOL) == {
        "1 Rain Poncho/navy/6Y", "2 Lined Trousers/grey/8Y", "3 Woven Scarf/red/ONE",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "nataka vest tu, vingine vyote futa",
        "nataka vest tu zingine toa",
        "naomba vest tu vingine vyote toa",
        "vest peke yake, zingine zote futa",
        "vest tu zingine zitoke",
        "i want only the vest, clear everything else",
    ],
)
def test_what_alone_is_wanted_stays(text: str) -> None:
    assert after(text, THREE) == {"1 Fleece Vest/grey/M"}


@pytest.mark.parametrize(
    "text", ["vest na bag tu, mengine toa", "just the vest and bag, remove the rest"]
)
def test_both_that_alone_are_wanted_stay(text: str) -> None:
    assert after(text, THREE) == {"1 Fleece Vest/grey/M", "1 Straw Bag/brown/ONE"}


@pytest.mark.parametrize(
    "text", ["toa tu vest, zingine ziko sawa", "remove just the vest, the others stay"]
)
def test_what_alone_is_to_go_goes(text: str) -> None:
    assert after(text, THREE) == {"3 Woven Scarf/red/ONE", "1 Straw Bag/brown/ONE"}


@pytest.mark.parametrize(
    "text",
    [
        "scarf bakisha moja ya kijani",
        "scarf ibaki moja, ya kijani",
        "mbona jumla kubwa hivi? scarf bakisha moja ya kijani",
        "scarf niachie moja ya kijani",
    ],
)
def test_one_of_a_kind_stays_that_is_told_behind(text: str) -> None:
    assert after(text, MARKET) == {"1 Woven Scarf/green/ONE", "1 Straw Bag/brown/ONE"}


def test_a_count_of_a_coloured_line_takes_no_other_out() -> None:
    assert after("scarf ya kijani ibaki moja", MARKET) == lines_after((), MARKET)


@pytest.mark.parametrize(
    "text",
    [
        "the scarfs 2 not 3 and bag black pls",
        "make the scarfs 2 not 3 and the bag black",
        "scarf 2 sio 3 na bag black",
    ],
)
def test_a_count_denied_ends_before_another_piece(text: str) -> None:
    assert after(text, THREE) == {
        "2 Woven Scarf/red/ONE", "1 Fleece Vest/grey/M", "1 Straw Bag/black/ONE",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "basi hii nyekundu sawa",
        "kumbe green imeisha? basi nyekundu sawa",
        "ok the red one is fine then",
        "red is ok then",
    ],
)
def test_what_is_fine_as_ordered_changes_nothing(text: str) -> None:
    assert after(text, THREE) == lines_after((), THREE)


def test_another_colour_that_is_fine_is_taken() -> None:
    only = order("3 Woven Scarf/red/ONE", "1 Lined Trousers/grey/6Y")

    assert after("ok make the scarfs green", only) == {
        "3 Woven Scarf/green/ONE", "1 Lined Trousers/grey/6Y",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "mine in L and the bags black",
        "the bags black, mine in L",
        "yangu L na bags nyeusi",
    ],
)
def test_a_persons_line_is_changed_beside_another_piece(text: str) -> None:
    assert after(text, VESTS) == {
        "1 Fleece Vest/grey/L", "1 Fleece Vest/black/XL", "2 Straw Bag/black/ONE",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["his orange and one bag", "yake orange na bag moja", "ya bro iwe orange na bag moja"]
)
def test_anothers_line_is_changed_beside_a_count(text: str) -> None:
    assert after(text, VESTS) == {
        "1 Fleece Vest/grey/M", "1 Fleece Vest/orange/XL", "1 Straw Bag/brown/ONE",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "my vest in orange, his is fine",
        "my vest should be orange",
        "make my vest orange",
        "vest yangu iwe orange, yake iko sawa",
    ],
)
def test_the_line_of_a_kind_is_told_by_its_owner(text: str) -> None:
    assert after(text, VESTS) == {
        "1 Fleece Vest/orange/M", "1 Fleece Vest/black/XL", "2 Straw Bag/brown/ONE",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["remove his vest", "his vest should go", "toa vest yake"])
def test_the_line_that_goes_is_told_by_its_owner(text: str) -> None:
    assert after(text, VESTS) == {"1 Fleece Vest/grey/M", "2 Straw Bag/brown/ONE"}


@pytest.mark.parametrize("text", ["do you have my vest in orange?", "my vest is the grey one"])
def test_words_of_ones_own_piece_change_nothing(text: str) -> None:
    assert after(text, VESTS) == lines_after((), VESTS)


@pytest.mark.parametrize(
    "text",
    ["bags one of each colour", "bags moja ya kila rangi", "nipe bags kila rangi moja"],
)
def test_units_are_given_out_to_the_colours(text: str) -> None:
    assert after(text, VESTS) == {
        "1 Fleece Vest/grey/M", "1 Fleece Vest/black/XL",
        "1 Straw Bag/brown/ONE", "1 Straw Bag/black/ONE",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["shorts S, M na L", "shorts iwe S M na L", "shorts nipee moja moja kila size S M na L"]
)
def test_units_are_given_out_to_the_sizes(text: str) -> None:
    assert after(text, SHORTS) == {
        "1 Gym Shorts/grey/S", "1 Gym Shorts/grey/M", "1 Gym Shorts/grey/L",
        "2 Fleece Vest/grey/L",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["scarves one of each colour kindly", "scarf moja kila rangi"])
def test_three_units_are_given_out_to_three_colours(text: str) -> None:
    assert after(text, THREE) == {
        "1 Woven Scarf/red/ONE", "1 Woven Scarf/green/ONE", "1 Woven Scarf/cream/ONE",
        "1 Fleece Vest/grey/M", "1 Straw Bag/brown/ONE",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["all vests in orange so they match", "vests zote orange"])
def test_all_lines_of_a_kind_change_without_a_verb(text: str) -> None:
    assert after(text, VESTS) == {
        "1 Fleece Vest/orange/M", "1 Fleece Vest/orange/XL", "2 Straw Bag/brown/ONE",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["add shorts S, M and L", "also shorts S M na L"])
def test_sizes_that_are_added_leave_the_units(text: str) -> None:
    assert "4 Gym Shorts/grey/M" in after(text, SHORTS)


@pytest.mark.parametrize(
    "text",
    [
        "reduce the shorts by one and the vests to one",
        "reduce the shorts by 1 and bring the vests to 1",
    ],
)
def test_one_count_goes_by_so_many_and_another_to_so_many(text: str) -> None:
    assert after(text, SHORTS) == {"2 Gym Shorts/grey/M", "1 Fleece Vest/grey/L"}


@pytest.mark.parametrize(
    "text",
    [
        "vest umeweza, na shorts ongeza moja saizi hiyohiyo",
        "you nailed the vests, add one more shorts",
        "hapo kwa vest umenibamba, na shorts ongeza ingine moja",
        "vest hapo sawa, na shorts ongeza moja",
        "mnaleta mpaka Bondeni? na shorts ongeza moja saizi hiyohiyo",
    ],
)
def test_one_more_is_of_what_it_is_said_of(text: str) -> None:
    assert after(text, SHORTS) == {"4 Gym Shorts/grey/M", "2 Fleece Vest/grey/L"}


@pytest.mark.parametrize(
    "text",
    [
        "haikuingia, lipisha tena na usisahau kutoa bag",
        "don't forget to remove the bag",
        "get rid of the bag and send it again",
    ],
)
def test_a_removal_that_is_reminded_of_is_done(text: str) -> None:
    assert after(text, FAILED) == {"1 Fleece Vest/grey/M"}


@pytest.mark.parametrize("text", ["don't forget the bag", "usisahau bag", "usisahau kuweka bag"])
def test_a_piece_that_is_reminded_of_stays(text: str) -> None:
    assert after(text, FAILED) == lines_after((), FAILED)


@pytest.mark.parametrize(
    "text",
    [
        "get rid of one scarf and make the vest an L",
        "make the vest L and get rid of one scarf",
    ],
)
def test_getting_rid_of_something_is_a_removal(text: str) -> None:
    assert after(text, THREE) == {
        "2 Woven Scarf/red/ONE", "1 Fleece Vest/grey/L", "1 Straw Bag/brown/ONE",
    }  # fmt: skip


def test_a_piece_is_swapped_with_words_of_both_languages() -> None:
    assert after("niekee vest ya orange instead ya grey", THREE) == {
        "3 Woven Scarf/red/ONE", "1 Fleece Vest/orange/M", "1 Straw Bag/brown/ONE",
    }  # fmt: skip
