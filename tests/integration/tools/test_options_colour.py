"""An option is shown in the colour that fits: that of the photo, or what comes nearest."""

from __future__ import annotations

import numpy as np
import pytest

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.facts import Option, Wish
from dukani.core.services import Services
from dukani.core.store import products
from dukani.tools.search import find_pieces
from tests.factories import a_boutique, a_product


def a_photo(colour: str, *others: str) -> PhotoAnalysis:
    vector = np.zeros(512, np.float32)
    vector[0] = 1.0
    return PhotoAnalysis(
        category="dress",
        confidence=0.9,
        colour=colour,
        colours=(colour, *others),
        pattern="plain",
        vector=vector,
        model="scripted-1",
    )


async def a_dress(services: Services, colours: str, *, pictured: str | None = None) -> str:
    """The id of a boutique with a dress in these colours, and a picture of each (`pictured`)."""
    boutique_id = await a_boutique(services.database)
    stock = {colour.strip(): {"M": 2} for colour in colours.split(",")}
    first, *_ = await a_product(services.database, boutique_id, stock=stock)
    named = colours if pictured is None else pictured
    async with services.database.tenant_connection(boutique_id) as conn:
        for position, colour in enumerate(filter(None, (c.strip() for c in named.split(",")))):
            await products.add_picture(
                conn,
                boutique_id=boutique_id,
                product_id=first.product_id,
                path=f"{boutique_id}/products/{colour.replace(' ', '-')}.jpg",
                colour=colour,
                position=position,
            )
    return boutique_id


async def shown(
    services: Services, boutique_id: str, analysis: PhotoAnalysis | None, wish: Wish | None = None
) -> Option:
    async with services.database.tenant_connection(boutique_id) as conn:
        found = await find_pieces(conn, wish or Wish(), analysis=analysis)
    [option] = found.options
    return option


@pytest.mark.parametrize(
    ("colours", "seen", "drawn", "colour"),
    [
        ("black, red, white", "red", "red", "red"),
        ("black, white, maroon", "red", "maroon", "maroon"),  # its family
        ("black, navy, white", "royal blue", "navy", None),
        # None of them is near: the nearest is drawn, but nobody is said to want it.
        ("white, purple, green", "red", "purple", None),
        ("white, black", "yellow", "white", None),
        ("teal, orange", "blue", "teal", "teal"),
    ],
)
async def test_a_photos_options_are_drawn_in_the_colour_nearest_to_it(
    services: Services, colours: str, seen: str, drawn: str, colour: str | None
) -> None:
    boutique_id = await a_dress(services, colours)
    option = await shown(services, boutique_id, a_photo(seen))
    assert option.image_path == f"{boutique_id}/products/{drawn}.jpg"
    assert option.colour == colour
    assert option.colours[0] == drawn  # the row, and the tile where there is no picture


async def test_another_colour_of_the_photo_comes_before_the_nearest(services: Services) -> None:
    boutique_id = await a_dress(services, "purple, yellow, green")
    option = await shown(services, boutique_id, a_photo("red", "yellow"))
    assert option.image_path == f"{boutique_id}/products/yellow.jpg"


async def test_what_she_says_is_drawn_whatever_the_photo_shows(services: Services) -> None:
    boutique_id = await a_dress(services, "red, black")
    option = await shown(services, boutique_id, a_photo("red"), Wish(colour="black"))
    assert option.image_path == f"{boutique_id}/products/black.jpg"


async def test_a_colour_without_a_picture_is_not_drawn_as_another(services: Services) -> None:
    boutique_id = await a_dress(services, "black, red", pictured="black")
    option = await shown(services, boutique_id, a_photo("red"))
    assert (option.colour, option.image_path) == ("red", None)


async def test_without_a_colour_a_picture_of_what_is_in_stock_is_drawn(services: Services) -> None:
    boutique_id = await a_dress(services, "red, black")
    async with services.database.system_connection() as conn:
        await conn.execute("update product_variants set quantity = 0 where colour = 'red'")
    option = await shown(services, boutique_id, None)
    assert option.image_path == f"{boutique_id}/products/black.jpg"
