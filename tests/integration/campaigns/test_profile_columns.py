"""Profiles read by column for scoring say what their rows say, and to their own boutique only."""

from __future__ import annotations

import numpy as np

from dukani.core.database import Database
from dukani.core.store import customer_profiles
from dukani.core.store.customer_profiles import CustomerProfile
from tests.factories import a_boutique, a_customer


async def test_columns_hold_what_the_rows_do(database: Database) -> None:
    # given a customer with a style, one whose style another model saw, and one without a profile
    boutique_id = await a_boutique(database)
    ids = [await a_customer(database, boutique_id) for _ in range(3)]
    style = np.linspace(-1, 1, customer_profiles.WIDTH).astype(np.float32)
    one = CustomerProfile(
        ids[0], "Warm", "eye-1", style, "heavy", ["zari"], {"office": 0.5}, 4500_00, "mid", 2
    )
    other = CustomerProfile(ids[1], None, "eye-2", style, "none", [], {}, 900_00, "budget", 1)
    async with database.tenant_connection(boutique_id) as conn:
        await customer_profiles.put(conn, [one, other])

        # when they are read by column
        found = await customer_profiles.columns(conn, ids, model="eye-1")

    # then each has its place in every column, and the other model's style is none
    places = [found.customer_ids.index(customer_id) for customer_id in ids[:2]]
    assert len(found.customer_ids) == 2
    np.testing.assert_array_equal(found.styles[places], [style, np.zeros_like(style)])
    found_of = [
        (found.families[at], found.densities[at], found.types[at], found.occasions[at],
         found.mean_prices_minor[at])
        for at in places
    ]  # fmt: skip
    assert found_of == [
        ("Warm", "heavy", ["zari"], {"office": 0.5}, 4500_00),
        (None, "none", [], {}, 900_00),
    ]

    # and another boutique sees none of it
    async with database.tenant_connection(await a_boutique(database)) as conn:
        theirs = await customer_profiles.columns(conn, ids, model="eye-1")
    assert (theirs.customer_ids, theirs.styles.shape) == ((), (0, customer_profiles.WIDTH))
