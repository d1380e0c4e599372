"""Words of a wish rank the pieces of a small kind; they do not hide the others."""

from __future__ import annotations

from dukani.agent.facts import Wish
from dukani.core.services import Services
from dukani.domain.wearers import Whom, whom_said
from dukani.tools.search import Found, find_pieces
from tests.factories import a_boutique, a_product


async def a_shop(services: Services, category: str, *names: str) -> str:
    boutique_id = await a_boutique(services.database)
    for name in names:
        await a_product(services.database, boutique_id, name=name, category=category)
    return boutique_id


async def found_for(
    services: Services, boutique_id: str, wish: Wish, whom: Whom | None = None
) -> Found:
    async with services.database.tenant_connection(boutique_id) as conn:
        return await find_pieces(conn, wish, whom=whom or Whom())


def names(found: Found) -> list[str]:
    return [option.name for option in found.options]


async def test_the_piece_that_the_words_tell_of_comes_first_and_is_meant(
    services: Services,
) -> None:
    shop = await a_shop(services, "skirt", "Plain Midi", "Ruffle Hem", "Office A-Line")

    found = await found_for(services, shop, Wish(category="skirt", words="ruffle"))

    assert names(found)[0] == "Ruffle Hem"
    assert len(found.options) == 3
    assert found.meant == found.options[0].product_id
    assert [option.number for option in found.options] == [1, 2, 3]


async def test_a_distinctive_name_shows_that_piece_alone(services: Services) -> None:
    shop = await a_shop(services, "bag", "Zuhura Bag", "Beach Bag")

    found = await found_for(services, shop, Wish(category="bag", name="zuhura"))

    assert names(found) == ["Zuhura Bag"]


async def test_words_for_the_wearer_and_the_kind_hide_none(services: Services) -> None:
    shop = await a_boutique(services.database)
    for name in ("Baby Carrier Padded", "Woven Wrap Carrier"):
        await a_product(
            services.database, shop, name=name, category="carrier", stock={"grey": {"ONE": 2}}
        )

    found = await found_for(
        services, shop, Wish(category="carrier", name="baby carrier"), whom_said("baby carrier")
    )

    assert set(names(found)) == {"Baby Carrier Padded", "Woven Wrap Carrier"}
    assert found.meant is None


async def test_a_kind_of_shoes_shows_no_other_kind(services: Services) -> None:
    shop = await a_shop(services, "shoes", "Block Heels", "Ballerina Flats", "Kids Gumboots")

    assert names(await found_for(services, shop, Wish(category="shoes", words="heels"))) == [
        "Block Heels"
    ]
    assert names(await found_for(services, shop, Wish(category="shoes", words="flats"))) == [
        "Ballerina Flats"
    ]


async def test_a_cap_may_be_any_hat_but_one_of_another_kind(services: Services) -> None:
    shop = await a_shop(services, "hat", "Snapback Cap", "Fishing Hat", "Wool Beanie")

    found = await found_for(services, shop, Wish(category="hat", name="cap"))

    assert names(found) == ["Snapback Cap", "Fishing Hat"]


async def test_pieces_for_those_asked_for_come_from_the_wider_kind(services: Services) -> None:
    shop = await a_shop(services, "shoes", "Hiking Boots (Men)", "Kids Gumboots", "Ladies Boots")

    found = await found_for(
        services, shop, Wish(category="shoes", words="boots"), whom_said("watoto")
    )

    assert names(found) == ["Kids Gumboots"]


async def test_the_kind_is_kept_and_the_name_dropped(services: Services) -> None:
    shop = await a_shop(services, "dress", "Gauni la Harusi - Satini", "Gauni la Ofisi")
    await a_product(services.database, shop, name="Viatu vya Bibi Harusi", category="shoes")

    found = await found_for(services, shop, Wish(category="dress", name="bibi harusi"))

    assert names(found) == ["Gauni la Harusi - Satini", "Gauni la Ofisi"]
    assert found.dropped == ()


async def test_of_a_large_kind_only_those_told_of_come(services: Services) -> None:
    plain = [f"Shirt {number}" for number in range(8)]
    shop = await a_shop(services, "shirt", *plain, "Safari Shirt")

    found = await found_for(services, shop, Wish(category="shirt", words="safari"))

    assert names(found) == ["Safari Shirt"]


async def test_a_name_tells_what_it_is_for(services: Services) -> None:
    shop = await a_shop(services, "dress", "Kitchen Party Gown", "Send-off Gown")

    found = await found_for(services, shop, Wish(category="dress", occasion="send-off"))

    assert names(found)[0] == "Send-off Gown"
    assert found.dropped == ()


async def test_another_shops_pieces_are_not_beside(services: Services) -> None:
    await a_shop(services, "skirt", "Plain Midi")
    own = await a_shop(services, "skirt", "Ruffle Hem")

    found = await found_for(services, own, Wish(category="skirt", words="ruffle"))

    assert names(found) == ["Ruffle Hem"]


async def test_shoes_for_men_are_found_behind_many_others(services: Services) -> None:
    women = [f"Court Heels {number}" for number in range(7)]
    shop = await a_shop(services, "shoes", *women)
    await a_product(
        services.database, shop, name="Brogues", category="shoes",
        stock={"brown": {"41": 2, "43": 2}},
    )  # fmt: skip

    found = await found_for(services, shop, Wish(category="shoes"), whom_said("wanaume"))

    assert names(found) == ["Brogues"]
    assert not found.more


async def test_without_a_kind_comes_what_is_for_those_asked_for(services: Services) -> None:
    shop = await a_shop(services, "dress", "Girls Corduroy Frock", "Wrap Dress")
    await a_shop(services, "dress", "Girls Frock of Another Shop")

    found = await found_for(services, shop, Wish(), whom_said("girls"))

    assert names(found) == ["Girls Corduroy Frock"]


async def test_a_kind_is_kept_where_the_occasion_is_dropped(services: Services) -> None:
    flats = [f"Ballerina Flats {number}" for number in range(6)]
    shop = await a_shop(services, "shoes", *flats, "Strappy Stilettos")

    found = await found_for(services, shop, Wish(category="shoes", words="heels", occasion="party"))

    assert names(found) == ["Strappy Stilettos"]
    assert found.dropped == ("occasion",)
