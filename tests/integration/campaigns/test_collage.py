"""A list's collage is made once, for everybody who gets the same list at the same prices."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from dukani.campaigns.collage import collage_of
from dukani.core.database import Database
from dukani.core.store import collages
from dukani.domain.pieces import Option
from tests.factories import a_boutique
from tests.wiring import some_services


def some_options(*prices: int) -> list[Option]:
    return [
        Option(number=n, product_id=f"p{n}", name=f"Dress {n}", price_minor=price, colour="blue")
        for n, price in enumerate(prices, 1)
    ]


async def test_the_same_list_has_one_picture_until_a_price_changes(
    database: Database, tmp_path: Path
):
    boutique_id, other = await a_boutique(database), await a_boutique(database)
    async with some_services(database, tmp_path) as services:

        async def made(of: str, *prices: int) -> str:
            return await collage_of(
                services, boutique_id=of, currency="KES", options=some_options(*prices)
            )

        path = await made(boutique_id, 350000, 420000)
        assert await made(boutique_id, 350000, 420000) == path
        assert await made(boutique_id, 350000, 410000) != path
        assert (await made(other, 350000, 420000)).startswith(f"{other}/")
        drawn = Image.open(io.BytesIO(await services.media.get(path)))

    assert drawn.size == (1200, 800)
    # and no boutique finds another's
    async with database.tenant_connection(other) as conn:
        cursor = await conn.execute("select key, media_path from collages")
        mine = await cursor.fetchall()
        assert [row["media_path"].split("/")[0] for row in mine] == [other]
        assert await collages.path_of(conn, key="0" * 64) is None
