"""What is in the order once several pieces are asked for in one message."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.second_reading import read_again
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from tests.unit.reader.shelves import lines_after, ordered, sold_from

SHELF = {
    "Rain Coat": ("jacket", ("yellow", "blue"), ("2Y", "4Y", "6Y", "8Y")),
    "Party Frock": ("dress", ("white", "lilac"), ("4Y", "6Y", "8Y")),
    "Corduroy Trousers": ("trousers", ("brown", "blue"), ("2Y", "4Y", "6Y", "8Y")),
    "Straw Hat": ("hat", ("beige", "black"), ("ONE",)),
    "Trail Boots": ("boots", ("brown", "black", "grey"), ("38", "40", "42", "44")),
    "Canvas Plimsolls": ("sneakers", ("white", "black"), ("38", "40", "42", "44")),
}
SOLD = sold_from(SHELF)


def shown(*names: str) -> TurnContext:
    """A list of these pieces."""
    return TurnContext(
        step="products_found", sold=SOLD,
        options=tuple(option(name, number) for number, name in enumerate(names, start=1)),
    )  # fmt: skip


def option(name: str, number: int = 1) -> Option:
    kind, colours, sizes = SHELF[name]
    return Option(
        number=number, product_id=name, sku=name, name=name, category=kind, colours=colours,
        sizes=sizes, price_minor=100_00,
    )  # fmt: skip


def after(text: str, context: TurnContext) -> set[str]:
    return lines_after(read_again(text, context, understand(text, context).acts), context)


START = TurnContext(sold=SOLD)
FOR_CHILDREN = shown("Rain Coat", "Party Frock", "Corduroy Trousers")
COAT_AND_TROUSERS = shown("Rain Coat", "Corduroy Trousers")


@pytest.mark.parametrize(
    "text",
    [
        "one of each, size 6",
        "one of each pls, 6Y",
        "moja moja, 6Y",
        "nipe moja ya kila moja size 6",
        "all of them in 6Y",
    ],
)
def test_one_of_each_is_of_all_shown(text: str) -> None:
    assert after(text, FOR_CHILDREN) == {
        "1 Rain Coat/?/6Y", "1 Party Frock/?/6Y", "1 Corduroy Trousers/?/6Y",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["two of each, blue 4Y", "mbili mbili za blue 4Y"])
def test_two_of_each_are_two_of_all_shown(text: str) -> None:
    lines = {"2 Rain Coat/blue/4Y", "2 Corduroy Trousers/blue/4Y"}

    assert after(text, COAT_AND_TROUSERS) == lines


@pytest.mark.parametrize("text", ["is each one there in size 6", "which of each come in 6Y?"])
def test_a_question_about_each_puts_nothing_in(text: str) -> None:
    assert after(text, FOR_CHILDREN) == set()


@pytest.mark.parametrize(
    "text",
    [
        "boy wangu ako 6, mwekee coat ya yellow na trousers za brown",
        "my son is 6. a yellow rain coat and brown trousers for him",
        "mtoto wangu ana miaka 6, nataka coat ya yellow na trousers za brown",
        "for my 6 year old: rain coat yellow and trousers brown",
    ],
)
def test_an_age_told_first_is_of_each_piece(text: str) -> None:
    assert after(text, START) == {"1 Rain Coat/yellow/6Y", "1 Corduroy Trousers/brown/6Y"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "my son is 6. trousers brown for him and a frock lilac 8Y for his sister",
            {"1 Corduroy Trousers/brown/6Y", "1 Party Frock/lilac/8Y"},
        ),
        (
            "boy ako 6, coat ya blue yake na boots za black 40 zangu",
            {"1 Rain Coat/blue/6Y", "1 Trail Boots/black/40"},
        ),
    ],
)
def test_the_age_is_of_no_piece_for_another(text: str, lines: set[str]) -> None:
    assert after(text, START) == lines


@pytest.mark.parametrize(
    "text",
    [
        "coats za blue za 2 na 4, na hat black mbili",
        "rain coat blue size 2 na 4, na hat nyeusi mbili",
        "rain coats in blue for 2 and 4, plus two black hats",
    ],
)
def test_bare_ages_are_of_the_kind_before_them(text: str) -> None:
    assert after(text, START) == {
        "1 Rain Coat/blue/2Y", "1 Rain Coat/blue/4Y", "2 Straw Hat/black/ONE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("naomba coat 2 na hat 4", {"2 Rain Coat/?/?", "4 Straw Hat/?/ONE"}),
        ("coat ya blue 4Y na hat 2 black", {"1 Rain Coat/blue/4Y", "2 Straw Hat/black/ONE"}),
    ],
)
def test_a_count_is_no_age(text: str, lines: set[str]) -> None:
    assert after(text, START) == lines


def test_of_a_list_it_is_a_place() -> None:
    assert after("coat ya 1", FOR_CHILDREN) == {"1 Rain Coat/?/?"}


def test_a_place_in_the_order_is_no_age() -> None:
    cart = ordered(SHELF, "1 Rain Coat/blue/6Y", "1 Straw Hat/black/ONE")
    context = TurnContext(step="cart_updated", sold=SOLD, cart=cart)

    assert after("toa hat ya 2", context) == {"1 Rain Coat/blue/6Y"}


def test_a_count_read_is_not_lost() -> None:
    text = "hi, i need 2 rain coats blue for my 4 year old and a white party frock size 6"

    assert after(text, START) == {"2 Rain Coat/blue/4Y", "1 Party Frock/white/6Y"}


@pytest.mark.parametrize(
    "text",
    [
        "mimi navaa 42, nitumie boots nyeusi na plimsolls white",
        "i wear 42, send me the trail boots in black and plimsolls white",
        "nataka boots nyeusi na plimsolls white, mimi navaa 42",
        "navaa 42. nipe trail boots black na canvas plimsolls white",
    ],
)
def test_a_size_worn_is_of_each_piece(text: str) -> None:
    assert after(text, START) == {"1 Trail Boots/black/42", "1 Canvas Plimsolls/white/42"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "i wear 42, boots black for me and plimsolls white for my dad",
            {"1 Trail Boots/black/42", "1 Canvas Plimsolls/white/?"},
        ),
        (
            "navaa 42 nipe trail boots black na straw hat beige",
            {"1 Trail Boots/black/42", "1 Straw Hat/beige/ONE"},
        ),
        (
            "navaa 42 nipe trail boots black na plimsolls white 44",
            {"1 Trail Boots/black/42", "1 Canvas Plimsolls/white/44"},
        ),
    ],
)
def test_a_size_worn_is_of_no_other_size_or_person(text: str, lines: set[str]) -> None:
    assert after(text, START) == lines


SHOES_AND_HAT = shown("Trail Boots", "Straw Hat", "Canvas Plimsolls")


@pytest.mark.parametrize(
    "text",
    [
        "1 and 3, size 42, zote black",
        "1 & 3 in size 42 black",
        "namba 1 na 3, zote 42 black",
        "i want 1 and 3 both in black size 42",
        "ya kwanza na ya tatu black 42",
    ],
)
def test_numbers_in_a_row_are_picks(text: str) -> None:
    assert after(text, SHOES_AND_HAT) == {"1 Trail Boots/black/42", "1 Canvas Plimsolls/black/42"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "2 hats black and 3 plimsolls white 40",
            {"2 Straw Hat/black/ONE", "3 Canvas Plimsolls/white/40"},
        ),
        (
            "ya tatu white 40 na ya kwanza grey 44",
            {"1 Canvas Plimsolls/white/40", "1 Trail Boots/grey/44"},
        ),
    ],
)
def test_numbers_that_count_are_no_picks(text: str, lines: set[str]) -> None:
    assert after(text, SHOES_AND_HAT) == lines


@pytest.mark.parametrize(
    ("text", "blacks"),
    [
        ("one of each colour in 40, na black ziwe mbili", 2),
        ("moja ya kila rangi 40, black ziwe mbili", 2),
        ("one of each colour in 40 but two of the black", 2),
        ("rangi zote moja moja za 40, black tatu", 3),
        ("each colour in 40, make the black two", 2),
        ("all colours in 40 except black", 0),
        ("rangi zote za 40 isipokuwa nyeusi", 0),
        ("moja ya kila rangi 40", 1),
    ],
)
def test_every_colour_but_some(text: str, blacks: int) -> None:
    lines = {"1 Trail Boots/brown/40", "1 Trail Boots/grey/40"}
    lines |= {f"{blacks} Trail Boots/black/40"} if blacks else set()

    assert after(text, shown("Trail Boots")) == lines


@pytest.mark.parametrize(
    "text",
    [
        "2 hats in black and 1 in beige pls",
        "2 straw hats in black, 1 in beige",
        "two hats in black and one in beige",
    ],
)
def test_a_digit_in_a_colour_counts_the_kind_before(text: str) -> None:
    assert after(text, START) == {"2 Straw Hat/black/ONE", "1 Straw Hat/beige/ONE"}


TWO_BOOTS = TurnContext(
    step="cart_updated", sold=SOLD, cart=ordered(SHELF, "2 Trail Boots/brown/42"), last_line=1
)


@pytest.mark.parametrize(
    "text",
    ["na black moja na grey moja", "and one black and one grey", "halafu black moja na grey moja"],
)
def test_with_and_before_them_they_are_beside_the_order(text: str) -> None:
    assert after(text, TWO_BOOTS) == {
        "2 Trail Boots/brown/42", "1 Trail Boots/black/42", "1 Trail Boots/grey/42",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["one black and one grey", "make one black and one grey", "moja iwe black na moja grey"]
)
def test_without_it_they_are_of_the_order(text: str) -> None:
    assert after(text, TWO_BOOTS) == {"1 Trail Boots/black/42", "1 Trail Boots/grey/42"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "yo 2x boots brown 42, 1x plimsolls white 40",
            {"2 Trail Boots/brown/42", "1 Canvas Plimsolls/white/40"},
        ),
        (
            "3x straw hat black na 2x trail boots grey 44",
            {"3 Straw Hat/black/ONE", "2 Trail Boots/grey/44"},
        ),
    ],
)
def test_a_count_with_an_x_is_no_size(text: str, lines: set[str]) -> None:
    assert after(text, START) == lines


@pytest.mark.parametrize(
    "text", ["gown moja ya red 2x na gown 2x black moja", "gown red size 2x na gown black 2x"]
)
def test_a_size_with_an_x_is_no_count(text: str) -> None:
    gowns = {"Ball Gown": ("dress", ("red", "black"), ("L", "XL", "XXL"))}
    context = TurnContext(sold=sold_from(gowns))

    assert after(text, context) == {"1 Ball Gown/red/XXL", "1 Ball Gown/black/XXL"}


@pytest.mark.parametrize(
    "text",
    [
        "boots black na plimsolls white zote 42, plus straw hat beige",
        "boots black and plimsolls white both size 42, and a straw hat beige",
        "boots black na plimsolls white both in 42, na hat beige moja",
    ],
)
def test_a_size_of_both_is_not_of_what_comes_behind(text: str) -> None:
    assert after(text, START) == {
        "1 Trail Boots/black/42", "1 Canvas Plimsolls/white/42", "1 Straw Hat/beige/ONE",
    }  # fmt: skip


def test_values_behind_picks_are_not_of_the_next_piece() -> None:
    text = "ya kwanza na ya tatu black 42, na hat beige"

    assert after(text, SHOES_AND_HAT) == {
        "1 Trail Boots/black/42", "1 Canvas Plimsolls/black/42", "1 Straw Hat/beige/ONE",
    }  # fmt: skip
