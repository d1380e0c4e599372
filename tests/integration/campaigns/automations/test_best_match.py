"""The piece that suits her best is found by the taste that campaigns know her by."""

from __future__ import annotations

from dukani.campaigns.automations.best_match import best_match
from dukani.core.database import Database
from tests.factories import a_customer
from tests.integration.campaigns.crowd import BLUE, a_fan, a_shop


async def test_who_likes_red_gets_a_red_piece_and_never_the_one_it_is_about(
    database: Database,
) -> None:
    # given
    shop = await a_shop(database)
    amina = await a_fan(database, shop.boutique_id)
    first, second = sorted(one.product_id for one in shop.red)

    # when
    async with database.tenant_connection(shop.boutique_id) as conn:
        found = await best_match(conn, customer_id=amina)
        other = await best_match(conn, customer_id=amina, without=[first])

    # then
    assert found is not None
    assert found.id in (first, second)
    assert found.price_minor == 4500_00
    assert found.picture is not None
    assert other is not None
    assert other.id == second


async def test_of_whom_nothing_is_known_or_nothing_suits_there_is_none(database: Database) -> None:
    shop = await a_shop(database)
    unknown = await a_customer(database, shop.boutique_id)
    hers = await a_fan(database, shop.boutique_id, family="Cool", direction=BLUE)

    async with database.tenant_connection(shop.boutique_id) as conn:
        assert await best_match(conn, customer_id=unknown) is None
        # She likes blue at prices at which only red is sold.
        blue = [one.product_id for one in shop.blue]
        assert await best_match(conn, customer_id=hers, without=blue) is None


async def test_another_boutiques_taste_and_pieces_are_not_read(database: Database) -> None:
    shop, other = await a_shop(database), await a_shop(database)
    amina = await a_fan(database, shop.boutique_id)

    async with database.tenant_connection(other.boutique_id) as conn:
        assert await best_match(conn, customer_id=amina) is None
