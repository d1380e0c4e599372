"""For whom a piece is: a gift's size is the other person's, said in the order and kept apart."""

from __future__ import annotations

import pytest

from dukani.core.store import purchases, size_facts, wearers
from dukani.tools.catalogue import NewProduct, add_product
from tests.factories import a_product
from tests.journeys.talk import Talk

WRAP = "Amani Wrap Dress"


async def buy(talk: Talk, words: str) -> str:
    """Buys what the words say and pays; the order as it was shown."""
    await talk.say(words)
    asked = await talk.say("checkout")
    shown = await talk.say("yes" if "same place" in asked else "Kilimani, Rose Apartments B4")
    await talk.say("yes")
    await talk.mpesa("0")
    return shown


async def sizes_of(talk: Talk, wearer_id: str | None) -> list[str]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        bought = await purchases.of_wearer(conn, customer_id=talk.customer_id, wearer_id=wearer_id)
    return [one.size for one in bought]


async def the_sister(talk: Talk) -> str:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        [known] = await wearers.of_customer(conn, customer_id=talk.customer_id)
    assert known.relation == "sister"
    return known.id


async def test_a_gift_never_enters_her_own_sizes_and_is_advised_for_its_wearer(
    talk: Talk,
) -> None:
    # given a dress of her own in M, and one for her sister in S
    await buy(talk, f"I want the {WRAP} in blue, size M")
    shown = await buy(talk, f"I want the {WRAP} in blue, size S for my sister")
    assert "for your sister" in shown
    sister = await the_sister(talk)
    assert await sizes_of(talk, None) == ["M"]
    assert await sizes_of(talk, sister) == ["S"]

    # when she chooses another for herself, and then one for her sister
    own = await talk.say(f"I want the {WRAP} in blue")
    assert "*M*" in own and "you took" in own
    await talk.say("no, cancel")
    hers = await talk.say(f"I want the {WRAP} in blue for my sister")

    # then each is advised her own
    assert "*S*" in hers and "your sister" in hers


async def test_the_shop_reads_for_whom_a_piece_is(talk: Talk) -> None:
    await buy(talk, f"nataka {WRAP} ya blue size M, ni ya mama yangu")
    paid = next(note for note in await talk.owner_notes() if "DK-" in note)
    assert "mother" in paid


async def test_said_afterwards_it_is_of_the_line_changed_last(talk: Talk) -> None:
    await talk.say(f"I want the {WRAP} in blue, size M")
    assert "for your husband" not in await talk.say("show me my cart")
    await talk.say("it's for my sister")
    assert "for your sister" in await talk.say("show me my cart")


async def test_what_is_said_of_her_sister_is_no_size_of_hers(talk: Talk) -> None:
    await talk.say("my sister wears S")
    sister = await the_sister(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        own = await size_facts.of_wearer(conn, customer_id=talk.customer_id, wearer_id=None)
        told = await size_facts.of_wearer(conn, customer_id=talk.customer_id, wearer_id=sister)
    assert own == []
    assert [fact.size for fact in told] == ["S"]


async def test_for_me_ends_it(talk: Talk) -> None:
    await talk.say("something for my mum please")
    await talk.say(f"I want the {WRAP} in blue, size M")
    assert "for your mother" in await talk.say("show me my cart")
    await talk.say("and the Savannah Straw Hat for me")
    cart = await talk.say("show me my cart")
    assert cart.count("for your mother") == 1


async def test_the_person_of_an_order_is_over_with_the_order(talk: Talk) -> None:
    await buy(talk, f"I want the {WRAP} in blue, size M for my mum")
    await talk.say(f"I want the {WRAP} in blue, size S")
    assert "for your mother" not in await talk.say("show me my cart")


async def test_a_childs_dress_is_found_under_the_shops_own_kind(talk: Talk) -> None:
    # given a shop that files children's dresses apart
    await a_product(
        talk.database,
        talk.boutique_id,
        name="Tulia Party Dress",
        category="kids dress",
        stock={"pink": {"6-7Y": 3}},
    )

    # when a dress for a child is looked for
    said = await talk.say("looking for a dress for my daughter, she is 6")

    # then it is shown, and no grown-up's; and a grown-up's search does not show it
    assert "Tulia Party Dress" in said
    assert WRAP not in said
    assert "Tulia" not in await talk.say("show me dresses for me")


async def test_said_after_paying_it_asks_the_shop_for_nothing(talk: Talk) -> None:
    await buy(talk, f"I want the {WRAP} in blue, size M")
    notes = len(await talk.owner_notes())
    assert "your sister" in await talk.say("it's for my sister")
    assert len(await talk.owner_notes()) == notes


async def test_an_age_alone_shows_what_comes_in_its_size_and_nothing_else(talk: Talk) -> None:
    await a_product(
        talk.database,
        talk.boutique_id,
        name="Tulia Party Dress",
        category="kids dress",
        stock={"pink": {"6-7Y": 3}},
    )

    said = await talk.say("something for my daughter who is 6")

    assert "Tulia Party Dress" in said
    assert WRAP not in said


async def test_a_piece_named_for_women_is_not_offered_for_a_brother(talk: Talk) -> None:
    for name in ("Ladies Leather Watch", "Men's Leather Watch"):
        await a_product(
            talk.database,
            talk.boutique_id,
            name=name,
            category="watch",
            stock={"black": {"ONE": 3}},
        )

    said = await talk.say("show me watches for my brother")

    assert "Men's Leather Watch" in said
    assert "Ladies" not in said
    assert "Ladies Leather Watch" in await talk.say("show me watches for my sister")


COAT = NewProduct(
    sku="COAT", name="Mvua Kids Coat", category="jacket", price_minor=160000,
    stock={"navy": {"4-5Y": 2, "6-7Y": 2}, "red": {"4-5Y": 2, "6-7Y": 2}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "colours"),
    [
        ("my boy is 7 and my girl is 4", "one navy for him and one red for her please"),
        ("my boy is 7 and my girl is 4", "one red for her and one navy for him"),
        ("my boy is 7 and my girl is 4", "navy moja na red moja"),  # in the order told
        ("my son is 7 and my daughter is 4", "red for the girl, navy for the boy"),
        ("kijana ana miaka 7 na msichana ana 4", "nyekundu ya msichana na navy ya kijana"),
    ],
)
async def test_each_childs_size_gets_the_colour_told_for_that_child(
    talk: Talk, told: str, colours: str
) -> None:
    # given a coat looked for, for children of two ages
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, COAT, boutique_id=talk.boutique_id)
    await talk.say(f"I need kids coats, {told}")

    # when the colours are told in one answer
    await talk.say(colours)

    # then each size has its own
    cart = [(colour, size, n) for _, colour, size, n in await talk.cart()]
    assert sorted(cart) == [("navy", "6-7Y", 1), ("red", "4-5Y", 1)]


async def test_what_is_in_a_childs_age_is_for_no_grown_person(talk: Talk) -> None:
    # given: the customer speaks of her husband
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, COAT, boutique_id=talk.boutique_id)
    await talk.say(f"I want the {WRAP} in blue, size M, for my husband")
    # when
    await talk.say("and the kids coat in navy for a 4 year old")
    # then: the child's is not told as his
    assert ("Mvua Kids Coat", "navy", "4-5Y", 1) in await talk.cart()
    assert (await talk.say("show me my cart")).count("for your husband") == 1


SANDALS = NewProduct(
    sku="SAND", name="Kipepeo Sandals", category="shoes", price_minor=120000,
    stock={"brown": {"37": 3, "38": 3}, "tan": {"37": 3, "38": 3}},
)  # fmt: skip


async def with_one_for_the_sister(talk: Talk, *, told: str = "") -> None:
    """Given two pairs: her own, and one for her sister."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await add_product(conn, SANDALS, boutique_id=talk.boutique_id)
    await talk.say("I want the Kipepeo Sandals in brown, size 38")
    await talk.say(told or "make it 2, the other is for my sister")
    assert "for your sister" not in await talk.say("show me my cart")


async def pairs(talk: Talk) -> list[tuple[str, str, int]]:
    return sorted((colour, size, units) for _, colour, size, units in await talk.cart())


async def test_of_two_that_are_ordered_one_is_said_to_be_for_the_sister(talk: Talk) -> None:
    # given: two pairs, and later for whom the other is
    await with_one_for_the_sister(talk, told="make it 2")
    await talk.say("the other one is for my sister")
    assert await pairs(talk) == [("brown", "38", 2)]
    # when
    await talk.say("hers should be 37")
    # then
    assert await pairs(talk) == [("brown", "37", 1), ("brown", "38", 1)]


@pytest.mark.parametrize(
    ("told", "after"),
    [
        ("sorry her size is 37", [("brown", "37", 1), ("brown", "38", 1)]),
        ("ya dada iwe tan", [("brown", "38", 1), ("tan", "38", 1)]),
        ("toa ya dada", [("brown", "38", 1)]),
        ("mine should be tan", [("brown", "38", 1), ("tan", "38", 1)]),
        ("make it tan", [("tan", "38", 2)]),
    ],
)
async def test_of_two_in_one_line_a_word_for_a_person_changes_hers_alone(
    talk: Talk, told: str, after: list[tuple[str, str, int]]
) -> None:
    await with_one_for_the_sister(talk)
    await talk.say(told)
    assert await pairs(talk) == after


async def test_a_part_that_was_changed_is_the_persons_line(talk: Talk) -> None:
    # given: the sister's is of another size by now
    await with_one_for_the_sister(talk)
    cart = await talk.say("sorry her size is 37")
    assert cart.count("for your sister") == 1
    # when more is told of her, at the total
    await talk.say("checkout")
    await talk.say("Kilimani, Rose Apartments B4")
    total = await talk.say("she says hers should be tan")
    # then
    assert await pairs(talk) == [("brown", "38", 1), ("tan", "37", 1)]
    assert total.count("for your sister") == 1


async def test_at_the_total_it_is_still_known_how_many_are_whose(talk: Talk) -> None:
    await with_one_for_the_sister(talk, told="one more like that, for my sister")
    await talk.say("checkout")
    await talk.say("Kilimani, Rose Apartments B4")
    await talk.say("my sister's should be 37")
    assert await pairs(talk) == [("brown", "37", 1), ("brown", "38", 1)]


async def test_an_undo_puts_the_parts_together_and_knows_them(talk: Talk) -> None:
    # given: hers was made tan by mistake
    await with_one_for_the_sister(talk)
    await talk.say("ya dada iwe tan")
    await talk.say("undo")
    assert await pairs(talk) == [("brown", "38", 2)]
    # when
    await talk.say("ya dada iwe 37")
    # then
    assert await pairs(talk) == [("brown", "37", 1), ("brown", "38", 1)]


async def test_what_is_named_for_the_other_sex_is_not_for_the_person_before(talk: Talk) -> None:
    # given: she speaks of her husband
    await a_product(
        talk.database,
        talk.boutique_id,
        name="Ladies Leather Watch",
        category="watch",
        stock={"black": {"ONE": 3}},
    )
    await talk.say(f"I want the {WRAP} in blue, size M, for my husband")
    # when
    await talk.say("and the Ladies Leather Watch in black")
    # then
    assert (await talk.say("show me my cart")).count("for your husband") == 1


async def test_what_is_her_own_is_not_for_the_person_before(talk: Talk) -> None:
    await talk.say(f"I want the {WRAP} in blue, size M, for my mum")
    await talk.say("na mimi nipe Savannah Straw Hat")
    assert (await talk.say("show me my cart")).count("for your mother") == 1
    await talk.say("toa yangu")
    assert [name for name, *_ in await talk.cart()] == [WRAP]


async def test_the_other_of_two_told_apart_is_whose_it_is_said_to_be(talk: Talk) -> None:
    # given two alike, and the second of them for a cousin
    await talk.say(f"I want the {WRAP} in blue, size M")
    await talk.say("make it 2")
    told = await talk.say("actually the second one should be L, it's for my cousin")
    assert "for your cousin" in told

    # when the cousin thinks again, then it is hers that changes
    changed = await talk.say("my cousin wants black, not blue")
    assert "(black, size L)" in changed and "(blue, size M)" in changed
