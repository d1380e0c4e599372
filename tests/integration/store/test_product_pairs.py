"""The pairs that the nightly job fits are those of the formula."""

from __future__ import annotations

from dukani.core.database import Database
from dukani.core.store import product_pairs
from dukani.domain.recommending import pair_strengths
from tests.factories import a_boutique, a_customer, a_product
from tests.integration.api.test_commerce import bought


async def test_sql_and_formula_agree_and_another_shop_has_none(
    database: Database, superuser_url: str
) -> None:
    # given seven customers with different tastes
    boutique, other = await a_boutique(database), await a_boutique(database)
    shop = [(await a_product(database, boutique))[0] for _ in range(5)]
    baskets = [(0, 1), (0, 1, 2), (1, 2), (0,), (3, 4), (0, 1, 3), (2, 4)]
    for basket in baskets:
        customer = await a_customer(database, boutique)
        for n in basket:
            await bought(superuser_url, boutique, customer, shop[n])

    # when they are fitted, twice
    for _ in range(2):
        async with database.tenant_connection(boutique) as conn:
            await product_pairs.fit(conn)
            ids = [one.product_id for one in shop]
            found = await product_pairs.strengths(conn, product_ids=ids)

    # then it is what the formula says
    wanted = pair_strengths(
        [[shop[n].product_id for n in basket] for basket in baskets],
        prior=product_pairs.PRIOR,
        kept=product_pairs.KEPT,
    )
    assert found.keys() == wanted.keys()
    for pair, strength in wanted.items():
        assert abs(found[pair] - strength) < 1e-6
    async with database.tenant_connection(other) as conn:
        assert await product_pairs.strengths(conn, product_ids=ids) == {}
