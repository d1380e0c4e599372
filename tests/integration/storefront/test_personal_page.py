"""The page of a campaign's link: its pieces in its order, opened by people, and no one else's."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from dukani.app import create_app
from dukani.core.database import Database
from tests.factories import a_boutique, a_customer, a_product
from tests.integration.campaigns.sent import SLUG, a_sent_campaign
from tests.unit.storefront.test_readers import CHROME
from tests.wiring import some_services

PERSON = {"user-agent": CHROME}


@asynccontextmanager
async def open_shop(database: Database, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with some_services(database, folder) as services:
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            yield client


async def rows(database: Database, statement: str) -> list[dict[str, Any]]:
    async with database.system_connection() as conn:
        return await (await conn.execute(statement.encode())).fetchall()


async def a_shop_with_a_link(database: Database) -> list[str]:
    """A shop that sent three pieces to Njeri; the second is sold out. Their names in order."""
    boutique_id = await a_boutique(database, name="Zuri <Boutique>", language="en")
    customer_id = await a_customer(database, boutique_id, name="Njeri Mwangi")
    pieces = [
        (await a_product(database, boutique_id, name=name, stock={"blue": {"M": units}}))[0]
        for name, units in (("Zawadi", 3), ("Amani", 0), ("Tausi", 1))
    ]
    ids = [piece.product_id for piece in pieces]
    await a_sent_campaign(database, boutique_id, customer_id, ids)
    async with database.system_connection() as conn:
        await conn.execute(
            """insert into provider_credentials (boutique_id, provider, account, secrets)
               values (%s, 'twilio', '+254700000901', 'sealed')""",
            (boutique_id,),
        )
    return ["Zawadi", "Amani", "Tausi"]


async def test_the_page_shows_exactly_the_links_pieces_in_its_order(
    database: Database, tmp_path: Path
):
    names = await a_shop_with_a_link(database)
    async with open_shop(database, tmp_path) as client:
        answer = await client.get(f"/s/{SLUG}", headers=PERSON)

    assert answer.status_code == 200
    assert re.findall(r'class="name">(\w+)<', answer.text) == names
    assert "Picked for you" in answer.text and "Njeri" not in answer.text  # it may be forwarded
    assert "Zuri &lt;Boutique&gt;" in answer.text  # what comes from data is escaped
    assert answer.text.count("Sold out") == 1
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "noindex" in answer.headers["x-robots-tag"]


async def test_a_person_counts_once_and_previews_and_bots_never(database: Database, tmp_path: Path):
    await a_shop_with_a_link(database)
    async with open_shop(database, tmp_path) as client:
        # when WhatsApp draws its preview and a bot reads the page
        await client.get(f"/s/{SLUG}", headers={"user-agent": "WhatsApp/2.24.20.89 A"})
        await client.get(f"/s/{SLUG}", headers={"user-agent": "curl/8.5.0"})
        assert await rows(database, "select clicked_at from campaign_recipients") == [
            {"clicked_at": None}
        ]

        # and she opens it twice
        for _ in range(2):
            await client.get(f"/s/{SLUG}", headers=PERSON)
            assert (await client.post(f"/s/{SLUG}/opened", headers=PERSON)).status_code == 204

    opens = await rows(
        database,
        "select opened_by, count(*)::int as n from catalog_link_opens group by 1 order by 1",
    )
    assert opens == [
        {"opened_by": "bot", "n": 1},
        {"opened_by": "person", "n": 1},
        {"opened_by": "preview", "n": 1},
    ]
    clicked = await rows(database, "select clicked_at from campaign_recipients")
    assert clicked[0]["clicked_at"] is not None


async def test_a_piece_leads_to_the_shops_chat_with_its_name_typed(
    database: Database, tmp_path: Path
):
    await a_shop_with_a_link(database)
    async with open_shop(database, tmp_path) as client:
        piece = await client.get(f"/s/{SLUG}/chat?piece=3", headers=PERSON)
        plain = await client.get(f"/s/{SLUG}/chat", headers=PERSON)

    assert piece.status_code == 303
    assert piece.headers["location"].startswith("https://wa.me/254700000901?text=")
    assert "Tausi" in piece.headers["location"]
    assert "Tausi" not in plain.headers["location"]


async def test_an_unknown_link_and_one_of_a_closed_boutique_say_so(
    database: Database, tmp_path: Path
):
    await a_shop_with_a_link(database)
    async with open_shop(database, tmp_path) as client:
        unknown = await client.get("/s/ffffffffffff", headers=PERSON)
        async with database.system_connection() as conn:
            await conn.execute("update boutiques set active = false")
        closed = await client.get(f"/s/{SLUG}", headers=PERSON)

    for answer in (unknown, closed):
        assert answer.status_code == 404
        assert "This page is not here" in answer.text
        assert "Zuri" not in answer.text
