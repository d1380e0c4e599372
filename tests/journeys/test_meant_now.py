"""What is meant is what she has before her: a line as it was, a piece named, the price just told.

The mind is told what is meant, as far as words go; the rest is the core's.
"""

from __future__ import annotations

import pytest

from dukani.domain.acts import (
    Act,
    Add,
    AskPrice,
    AskStock,
    Checkout,
    Confirm,
    Decline,
    Remove,
    Search,
    Set,
    SetAddress,
    Substitute,
    Target,
    Values,
)
from dukani.tools.catalogue import NewProduct, add_product
from tests.journeys.talk import ADDRESS, Talk
from tests.journeys.told import HAT, MAXI, SHOE, TEE, WRAP, does, has_in_the_cart, piece


async def test_going_back_is_to_what_the_line_changed_last_was(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(WRAP, "black", "S"), piece(WRAP, "black", "L"))
    swap = Set(target=Target(size="L"), values=Values(colour="blue", size="M"), change=True)
    await does(talk, swap)
    back = Set(target=Target(colour="black"), values=Values(size="L"), change=True)
    await does(talk, back)
    assert sorted(await talk.cart()) == [(WRAP, "black", "L", 1), (WRAP, "black", "S", 1)]


async def test_the_other_one_of_two_at_the_total(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(MAXI, "green", "M"))
    await does(talk, Checkout(), SetAddress(text=ADDRESS))
    await does(talk, Set(values=Values(quantity=2), change=True))
    other = Set(target=Target(pointed="other"), values=Values(colour="yellow"), change=True)
    said = await does(talk, other)
    assert await talk.cart() == [(MAXI, "green", "M", 1), (MAXI, "yellow", "M", 1)]
    assert "KES 10,400" in said and await talk.step() == "awaiting_confirmation"


async def test_words_for_another_piece_are_not_answered_of_the_one_in_view(talk: Talk) -> None:
    await does(talk, Search(name=SHOE))
    asked: tuple[Act, ...] = (
        Search(category="shoes", size="38", text="maasai boots"),
        AskStock(target=Target(category="shoes"), values=Values(size="38")),
    )
    assert "Here" in await does(talk, *asked)  # looked for
    own = asked[0].model_copy(update={"text": "coast"})
    assert SHOE in await does(talk, own, asked[1])
    assert await talk.step() == "size_recommended"  # answered of the sandals


async def test_a_number_said_after_a_price_is_of_the_piece_priced(talk: Talk) -> None:
    await does(talk, Search(category="dress"))
    priced = await does(talk, AskPrice(target=Target(name=HAT)))
    assert f"*1. {HAT}*" in priced
    await does(talk, Add(target=Target(option=1)))
    assert await talk.cart() == [(HAT, "beige", "ONE", 1)]


async def test_the_piece_priced_is_the_one_wanted(talk: Talk) -> None:
    await does(talk, Search(category="dress"))
    await does(talk, AskPrice(target=Target(name=SHOE, colour="brown")))
    await does(talk, Set(values=Values(quantity=2, size="38")))
    assert await talk.cart() == [(SHOE, "brown", "38", 2)]


ASIDES: dict[str, Act] = {
    "a list": Search(category="dress"),
    "one of several": Add(target=Target(category="dress", size="M")),
    "a colour there is not": piece(WRAP, "pink", "M"),
    "stock": AskStock(target=Target(category="hat")),
    "a price": AskPrice(target=Target(name=HAT)),
}


@pytest.mark.parametrize("aside", ASIDES.values(), ids=ASIDES)
async def test_an_aside_at_the_total_does_not_hold_the_sale_up(talk: Talk, aside: Act) -> None:
    # given the total, and something that she asked besides
    await has_in_the_cart(talk, piece(TEE, "red", "S"), piece(WRAP, "blue", "M"))
    ordered = await talk.cart()
    await does(talk, Checkout(), SetAddress(text=ADDRESS))
    said = [await does(talk, aside)]

    # when she only says yes, and yes again
    while "prompt" not in said[-1] and len(said) < 4:
        said.append(await does(talk, Confirm()))

    # then she pays what she ordered, and was shown it last
    assert "prompt" in said[-1]
    assert "KES 5,700" in said[-2]
    assert (await talk.payment()).amount_minor == 570000
    assert ordered == [(TEE, "red", "S", 1), (WRAP, "blue", "M", 1)]


async def test_a_change_at_the_total_that_was_not_settled_is_not_paid_away(talk: Talk) -> None:
    # given the total, and a change of one of two pieces
    await has_in_the_cart(talk, piece(TEE, "red", "S"), piece(WRAP, "blue", "M"))
    await does(talk, Checkout(), SetAddress(text=ADDRESS))
    said = [await does(talk, Set(values=Values(size="L"), change=True))]

    # when she does not say which, but yes, then she is asked whether all is right
    said += [await does(talk, Confirm()) for _ in range(2)]
    assert "Before you pay" in said[-1]

    # and only with a no to that she is shown the total again, and pays with a yes
    assert "KES 5,700" in await does(talk, Decline())
    assert "prompt" in await does(talk, Confirm())


KIDS = NewProduct(
    sku="KIDS", name="Malaika Princess Gown", category="dress", occasions=("party",),
    price_minor=180000,
    stock={"pink": {"2-3Y": 2, "4-5Y": 2, "6-7Y": 2, "8-9Y": 2}},
)  # fmt: skip


async def test_children_told_in_one_breath_have_one_list_and_one_piece_each(talk: Talk) -> None:
    # given children of three ages, looked for in one breath, each told a little otherwise
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, KIDS, boutique_id=talk.boutique_id)
    looked_for = (Search(age=7, quantity=3), Search(age=5, quantity=2))
    said = await does(talk, *looked_for, Search(age=4, occasion="party"))
    assert KIDS.name in said and TEE not in said

    # when "each her own size" is read as one in every size
    every = KIDS.stock["pink"]
    await does(talk, *(piece(KIDS.name, "pink", size, 1) for size in every))

    # then there is one for each age that was said, and none for another
    assert [(size, n) for _, _, size, n in await talk.cart()] == [("6-7Y", 1), ("4-5Y", 1)]


SUIT = NewProduct(
    sku="BOYS", name="Boys Church Suit", category="suit", price_minor=350000,
    stock={"navy": {"4": 1, "6": 1, "8": 1}},
)  # fmt: skip
LADIES = NewProduct(
    sku="LADIES", name="Ladies Skirt Suit", category="suit", price_minor=420000,
    stock={"navy": {"8": 1, "10": 1}},
)  # fmt: skip


async def test_a_childs_age_is_a_number_of_the_boys_suit_and_not_of_a_womans(talk: Talk) -> None:
    # given a suit for boys and one for women, both sized by numbers
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, SUIT, boutique_id=talk.boutique_id)
        await add_product(conn, LADIES, boutique_id=talk.boutique_id)

    # when a suit is looked for, for a child of seven, and taken
    said = await does(talk, Search(category="suit", age=7))
    await does(talk, Add(target=Target(pointed="it")))

    # then the boys' is shown alone, and taken in the size for seven
    assert SUIT.name in said and LADIES.name not in said
    assert [(name, size) for name, _, size, _ in await talk.cart()] == [(SUIT.name, "8")]


SNEAKER = NewProduct(
    sku="SNEAKER", name="Vipepeo Sneakers", category="shoes", price_minor=260000,
    stock={"pink": {"37": 1, "38": 0}, "white": {"36": 1, "37": 1, "38": 1}},
)  # fmt: skip


@pytest.mark.parametrize(
    "turns",
    [
        # "pink 38", which is sold out; "white then"
        [Add(target=Target(name="vipepeo"), values=Values(colour="pink", size="38")),
         Set(values=Values(colour="white"))],
        # the same, but first it is asked whether there is white
        [Add(target=Target(name="vipepeo"), values=Values(colour="pink", size="38")),
         AskStock(values=Values(colour="white")),
         Add(target=Target(colour="white"), values=Values(colour="white"))],
        # "is it there in pink 38", "and white?", "the white one then"
        [AskStock(target=Target(name="vipepeo"), values=Values(colour="pink", size="38")),
         AskStock(values=Values(colour="white")),
         Add(target=Target(colour="white"), values=Values(colour="white"))],
        # "how much is the white in 38", "give me one"
        [AskPrice(target=Target(name="vipepeo")),
         AskPrice(target=Target(colour="white", size="38")),
         Set(values=Values(quantity=1))],
    ],
)  # fmt: skip
async def test_a_size_said_of_a_piece_is_meant_until_another_is_said(
    talk: Talk, turns: list[Act]
) -> None:
    # given sneakers whose pink is sold out in 38
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, SNEAKER, boutique_id=talk.boutique_id)

    # when the size is said only at first
    for act in turns:
        await does(talk, act)

    # then it is the size of what is taken
    assert await talk.cart() == [(SNEAKER.name, "white", "38", 1)]


async def test_a_size_said_with_the_other_colour_counts(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, SNEAKER, boutique_id=talk.boutique_id)
    wished = Values(colour="pink", size="38")
    await does(talk, Add(target=Target(name="vipepeo"), values=wished))

    await does(talk, Set(values=Values(colour="white", size="36")))

    assert await talk.cart() == [(SNEAKER.name, "white", "36", 1)]


async def test_a_piece_asked_for_in_another_colour_is_answered_in_her_size(talk: Talk) -> None:
    # given: she has it in S
    await has_in_the_cart(talk, piece(WRAP, "black", "S"))

    # when: she asks for another colour, and takes it
    said = await does(talk, AskStock(target=Target(name=WRAP), values=Values(colour="blue")))
    await does(talk, Confirm())

    # then: the size is not asked for again
    assert "size S" in said
    assert sorted(await talk.cart()) == [(WRAP, "black", "S", 1), (WRAP, "blue", "S", 1)]


async def test_a_piece_asked_for_in_another_colour_has_every_size_where_she_has_two(
    talk: Talk,
) -> None:
    await has_in_the_cart(talk, piece(WRAP, "black", "S"), piece(WRAP, "black", "L"))
    said = await does(talk, AskStock(target=Target(name=WRAP), values=Values(colour="blue")))
    assert "Sizes" in said


async def test_the_size_asked_for_is_kept_for_another_colour(talk: Talk) -> None:
    # given: she asks for a size that the colour is sold out in
    asked = AskStock(target=Target(name=TEE), values=Values(colour="red", size="M"))
    assert "out of stock" in await does(talk, asked)

    # when: she takes another colour
    await does(talk, Set(values=Values(colour="black")))

    # then: in her size
    assert await talk.cart() == [(TEE, "black", "M", 1)]


async def test_a_piece_taken_out_earlier_comes_back_as_it_was(talk: Talk) -> None:
    # given: a piece that was taken out, and another change since
    await has_in_the_cart(talk, piece(WRAP, "black", "S"), piece(SHOE, "brown", "38"))
    await does(talk, Remove(target=Target(name=SHOE)))
    await does(talk, Set(values=Values(quantity=2), change=True))

    # when: it is wanted back, in another size
    await does(talk, Add(target=Target(name=SHOE), values=Values(size="37")))

    # then: in the colour it had
    assert sorted(await talk.cart()) == [(WRAP, "black", "S", 2), (SHOE, "brown", "37", 1)]


async def test_a_piece_spoken_of_comes_in_the_place_of_another_as_it_was_asked_for(
    talk: Talk,
) -> None:
    await has_in_the_cart(talk, piece(TEE, "black", "M"))
    await does(talk, AskStock(target=Target(name=WRAP), values=Values(colour="blue", size="S")))
    await does(talk, Substitute(target=Target(name=TEE), piece=Target(name=WRAP)))
    assert await talk.cart() == [(WRAP, "blue", "S", 1)]
