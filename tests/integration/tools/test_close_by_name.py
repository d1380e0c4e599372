"""A name the shop does not know finds what comes close, and what fits the rest of the wish."""

from __future__ import annotations

from dukani.agent.facts import Wish
from dukani.core.services import Services
from dukani.domain.wearers import Whom
from dukani.tools.search import Found, find_pieces
from tests.factories import a_boutique, a_product

SHELF = {
    "Fur Lined Boots": ("shoes", {"brown": {"41": 2, "43": 1}}),
    "Pointed Flats": ("shoes", {"black": {"37": 2, "38": 2}}),
    "Felt Tote": ("bag", {"grey": {"ONE": 3}}),
    "Wool Skirt": ("skirt", {"grey": {"41": 1, "12": 3}}),
}


async def a_shop(services: Services) -> str:
    boutique_id = await a_boutique(services.database)
    for name, (category, stock) in SHELF.items():
        await a_product(services.database, boutique_id, name=name, category=category, stock=stock)
    return boutique_id


async def found_for(services: Services, wish: Wish, whom: Whom | None = None) -> Found:
    boutique_id = await a_shop(services)
    async with services.database.tenant_connection(boutique_id) as conn:
        return await find_pieces(conn, wish, whom=whom or Whom())


def names(found: Found) -> list[str]:
    return [option.name for option in found.options]


async def test_timbs_are_boots(services: Services) -> None:
    found = await found_for(services, Wish(words="timbs", size="41"))
    assert (names(found)[0], found.dropped) == ("Fur Lined Boots", ("words",))


async def test_an_unknown_name_shows_what_comes_in_the_size(services: Services) -> None:
    found = await found_for(services, Wish(words="fofana", size="12"))
    assert (names(found), found.dropped) == (["Wool Skirt"], ("words",))  # no tote of one size


async def test_an_unknown_name_alone_finds_nothing(services: Services) -> None:
    assert names(await found_for(services, Wish(words="fofana"))) == []


async def test_what_comes_close_is_in_the_size_or_not_shown(services: Services) -> None:
    assert names(await found_for(services, Wish(words="fofana", size="56"))) == []


async def test_another_bag_stands_behind_the_handbag_asked_for(services: Services) -> None:
    boutique_id = await a_boutique(services.database)
    for name in ("Mkoba wa Jute", "Satin Clutch", "Canvas Backpack"):
        await a_product(services.database, boutique_id, name=name, category="bag")
    async with services.database.tenant_connection(boutique_id) as conn:
        found = await find_pieces(conn, Wish(name="mkoba", category="bag"))
    assert names(found) == ["Mkoba wa Jute", "Satin Clutch"]
