"""A customer's profile follows her orders: paid, refunded, returned; and is the same made anew."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import numpy as np

from dukani.campaigns.profile_renewal import ProfileRenewal
from dukani.core.database import Database
from dukani.core.store import customer_profiles, embeddings
from tests.factories import Variant, a_boutique, a_customer, a_product
from tests.integration.campaigns.sent import a_paid_order

MODEL = "eye-1"


async def a_seen_piece(
    database: Database, boutique_id: str, vector: list[float], **values: Any
) -> Variant:
    """A piece whose one picture the model saw so."""
    variant = (await a_product(database, boutique_id, **values))[0]
    image_id = str(uuid4())
    seen = np.zeros(512, np.float32)
    seen[: len(vector)] = vector
    async with database.tenant_connection(boutique_id) as conn:
        await conn.execute(
            """insert into product_images (boutique_id, id, product_id, path)
               values (%s, %s, %s, %s)""",
            (boutique_id, image_id, variant.product_id, f"{boutique_id}/{image_id}.jpg"),
        )
        await embeddings.put(
            conn, boutique_id=boutique_id, image_id=image_id, model=MODEL, vector=seen
        )
    return variant


async def renewals_due(database: Database, boutique_id: str) -> list[str]:
    """The customers whose profile is to be renewed, by the jobs that wait."""
    async with database.system_connection() as conn:
        cursor = await conn.execute(
            """select args ->> 'customer_id' as customer_id from jobs.procrastinate_jobs
               where task_name = 'renew_profile' and args ->> 'boutique_id' = %s order by id""",
            (boutique_id,),
        )
        return [row["customer_id"] for row in await cursor.fetchall()]


async def test_a_profile_follows_what_she_pays_for_and_gives_back(database: Database):
    # given a customer who pays for a red embroidered wedding dress, and for two white plain ones
    boutique_id = await a_boutique(database)
    customer_id = await a_customer(database, boutique_id)
    red = await a_seen_piece(
        database, boutique_id, [1.0, 0.0], stock={"red": {"M": 9}}, occasions=["wedding"],
        embroidery=True, embroidery_density="heavy", embroidery_type="gold thread",
    )  # fmt: skip
    white = await a_seen_piece(database, boutique_id, [0.0, 1.0], stock={"white": {"M": 9}})
    await a_paid_order(database, boutique_id, customer_id, red)
    second = await a_paid_order(database, boutique_id, customer_id, white, units=2)
    assert await renewals_due(database, boutique_id) == [customer_id, customer_id]

    # when the job runs, and runs again
    renewal = ProfileRenewal(database, model=MODEL)
    for _ in range(2):
        await renewal.renew(boutique_id=boutique_id, customer_id=customer_id)

    # then her taste is that of what she has, by units
    async with database.tenant_connection(boutique_id) as conn:
        profile = await customer_profiles.get(conn, customer_id=customer_id)
    assert profile is not None and profile.style_centroid is not None
    assert (profile.color_family_pref, profile.embroidery_density_pref) == ("Neutral", "none")
    assert np.allclose(profile.style_centroid[:2], [1 / 3, 2 / 3])
    assert profile.embroidery_type_pref == ["gold thread"]
    assert profile.units == 3 and profile.mean_price_minor == 450000
    assert abs(profile.occasion_affinity["wedding"] - 1 / 3) < 1e-6

    # when the white ones are refunded
    async with database.system_connection() as conn:
        await conn.execute(
            "update orders set refunded_minor = 900000, refund_status = 'all' where id = %s",
            (second,),
        )
    assert len(await renewals_due(database, boutique_id)) == 3
    await renewal.renew(boutique_id=boutique_id, customer_id=customer_id)

    # then it is as if she had never bought them, and the same as made anew for everybody
    async with database.tenant_connection(boutique_id) as conn:
        corrected = await customer_profiles.get(conn, customer_id=customer_id)
    assert corrected is not None
    assert (corrected.color_family_pref, corrected.units) == ("Warm", 1)
    assert await renewal.renew_all(boutique_id=boutique_id) == 1
    async with database.tenant_connection(boutique_id) as conn:
        anew = await customer_profiles.get(conn, customer_id=customer_id)
    assert anew is not None
    assert anew.occasion_affinity == corrected.occasion_affinity
    assert np.array_equal(anew.style_centroid, corrected.style_centroid)


async def test_who_keeps_nothing_has_no_profile(database: Database):
    boutique_id = await a_boutique(database)
    customer_id = await a_customer(database, boutique_id)
    piece = (await a_product(database, boutique_id))[0]
    order_id = await a_paid_order(database, boutique_id, customer_id, piece)
    renewal = ProfileRenewal(database, model=MODEL)
    await renewal.renew(boutique_id=boutique_id, customer_id=customer_id)

    async with database.system_connection() as conn:
        await conn.execute(
            "update orders set fulfilment_status = 'returned' where id = %s", (order_id,)
        )
    await renewal.renew(boutique_id=boutique_id, customer_id=customer_id)

    async with database.tenant_connection(boutique_id) as conn:
        assert await customer_profiles.get(conn, customer_id=customer_id) is None


async def test_another_boutique_sees_no_profile(database: Database):
    boutique_id, other = await a_boutique(database), await a_boutique(database)
    customer_id = await a_customer(database, boutique_id)
    piece = (await a_product(database, boutique_id))[0]
    await a_paid_order(database, boutique_id, customer_id, piece)
    await ProfileRenewal(database, model=MODEL).renew(
        boutique_id=boutique_id, customer_id=customer_id
    )

    async with database.tenant_connection(other) as conn:
        assert await customer_profiles.get(conn, customer_id=customer_id) is None
        assert await customer_profiles.bought_by(conn, customer_id=customer_id, model=MODEL) == []
