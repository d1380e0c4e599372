"""A kind or a style that is sold out is told to be, and nothing of another kind shown for it."""

from __future__ import annotations

import pytest

from dukani.agent.facts import Wish
from dukani.core.services import Services
from dukani.tools.search import Found, find_pieces
from tests.factories import a_boutique, a_product


async def a_shop(services: Services, *, belts: int) -> str:
    boutique_id = await a_boutique(services.database)
    await a_product(
        services.database,
        boutique_id,
        name="Kitengela Belt",
        category="belt",
        stock={"brown": {"34": belts}},
    )
    await a_product(
        services.database, boutique_id, name="Coast Sandals", category="shoes", stock={}
    )
    return boutique_id


async def found_for(services: Services, boutique_id: str, wish: Wish) -> Found:
    async with services.database.tenant_connection(boutique_id) as conn:
        return await find_pieces(conn, wish)


@pytest.mark.parametrize(
    "wish",
    [Wish(category="belt"), Wish(category="belt", words="kitengela"), Wish(name="kitengela")],
)
async def test_what_is_sold_out_is_said_to_be(services: Services, wish: Wish) -> None:
    boutique_id = await a_shop(services, belts=0)

    found = await found_for(services, boutique_id, wish)

    assert found.out_of_stock is not None
    assert found.out_of_stock.name == "Kitengela Belt"
    assert found.options == ()


async def test_what_is_there_is_shown(services: Services) -> None:
    boutique_id = await a_shop(services, belts=2)

    found = await found_for(services, boutique_id, Wish(category="belt"))

    assert found.out_of_stock is None
    assert [option.name for option in found.options] == ["Kitengela Belt"]


async def test_a_kind_never_sold_is_not_said_to_be_sold_out(services: Services) -> None:
    boutique_id = await a_shop(services, belts=0)

    found = await found_for(services, boutique_id, Wish(category="hat"))

    assert found.out_of_stock is None


async def test_another_shops_sold_out_piece_is_not_told_of(services: Services) -> None:
    await a_shop(services, belts=0)
    other = await a_boutique(services.database)

    found = await found_for(services, other, Wish(category="belt"))

    assert found.out_of_stock is None
