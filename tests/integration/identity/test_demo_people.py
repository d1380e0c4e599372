"""The demo's owners and staff can sign in, each in her own boutique."""

from __future__ import annotations

from pathlib import Path

from dukani.core.database import Database
from dukani.core.store import members, platform_admins
from dukani.demo_people import add_demo_people
from tests.factories import a_boutique
from tests.integration.identity.calls import serving
from tests.wiring import some_services


async def test_they_are_added_once_and_sign_in(database: Database, tmp_path: Path) -> None:
    # given one of the demo's boutiques, and another one
    zuri = await a_boutique(database, slug="zuri")
    other = await a_boutique(database)

    # when the demo is started twice
    async with some_services(database, tmp_path) as services:
        await add_demo_people(services)
        people = await add_demo_people(services)

    # then its two people and the platform's are there, and nobody elsewhere
    async with serving(database, tmp_path) as auth:
        answers = [await auth.sign_in(one.email, one.password) for one in people]
    async with database.system_connection() as conn:
        hers = await members.of_boutique(conn, boutique_id=zuri)
        others = await members.of_boutique(conn, boutique_id=other)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [(m.email, m.role, m.confirmed) for m in hers] == [
        ("owner@zuri.demo", "owner", True),
        ("staff@zuri.demo", "staff", True),
    ]
    assert others == []
    async with database.system_connection() as conn:
        assert await platform_admins.emails(conn) == ["admin@dukani.demo"]
