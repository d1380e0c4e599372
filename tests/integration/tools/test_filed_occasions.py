"""A shop files occasions by words of its own: its "sports" is what customers call gym."""

from __future__ import annotations

from dukani.agent.facts import Wish
from dukani.core.services import Services
from dukani.tools.search import find_pieces
from tests.factories import a_boutique, a_product


async def skus_for(services: Services, boutique_id: str, wish: Wish) -> set[str]:
    async with services.database.tenant_connection(boutique_id) as conn:
        found = await find_pieces(conn, wish)
    assert found.dropped == ()
    return {option.sku for option in found.options}


async def test_a_piece_is_found_by_another_name_of_its_occasion(services: Services) -> None:
    boutique_id = await a_boutique(services.database)
    await a_product(services.database, boutique_id, sku="RUN", occasions=["sports"])
    await a_product(services.database, boutique_id, sku="PRAY", occasions=["church"])

    assert await skus_for(services, boutique_id, Wish(occasion="gym")) == {"RUN"}


async def test_pieces_filed_by_the_very_name_come_alone(services: Services) -> None:
    boutique_id = await a_boutique(services.database)
    await a_product(services.database, boutique_id, sku="DESK", occasions=["office"])
    await a_product(services.database, boutique_id, sku="FARM", occasions=["work"])

    assert await skus_for(services, boutique_id, Wish(occasion="office")) == {"DESK"}


async def test_another_boutiques_occasions_do_not_count(services: Services) -> None:
    other = await a_boutique(services.database)
    await a_product(services.database, other, sku="RUN", occasions=["sports"])
    own = await a_boutique(services.database)
    await a_product(services.database, own, sku="PRAY", occasions=["church"])

    async with services.database.tenant_connection(own) as conn:
        found = await find_pieces(conn, Wish(occasion="gym"))

    assert "RUN" not in {option.sku for option in found.options}
