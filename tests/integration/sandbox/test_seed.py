"""Seeding the demo, also when it was interrupted."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from dukani.agent.local_eye import LocalEye
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import boutiques
from dukani.sandbox import seed as seeding
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.catalogue import demo_boutiques
from dukani.sandbox.seed import (
    add_boutique,
    is_empty,
    is_half_filled,
    open_boutique,
    remove_half_filled,
    seed,
    seed_if_needed,
)
from dukani.tools.closing import remove_boutique
from tests.factories import a_customer
from tests.wiring import rows, some_services


async def test_a_boutique_half_filled_when_the_power_went_is_begun_anew(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        # given a seeding that got no further than the boutique itself
        zuri = next(b for b in demo_boutiques() if b.slug == "zuri")
        half = await add_boutique(services, zuri, ZURI, opened=False)
        assert half is not None
        assert await is_empty(services)

        # when it begins again
        await remove_half_filled(services)
        whole = await add_boutique(services, zuri, ZURI, opened=False)

        # then it is added once, and open when it is done
        assert whole is not None and whole != half
        await open_boutique(services, whole)
        assert not await is_empty(services)


@pytest.mark.slow
async def test_a_seeding_interrupted_between_two_boutiques_is_finished_by_the_next_start(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eye, console = LocalEye(), Console(quiet=True)
    async with some_services(database, tmp_path, sandbox={"products": 1}) as services:
        # given a demo that was stopped when its first boutique had just opened
        async def opened_and_stopped(*given: object) -> None:
            monkeypatch.undo()
            await open_boutique(*given)  # type: ignore[arg-type]
            raise KeyboardInterrupt

        monkeypatch.setattr(seeding, "open_boutique", opened_and_stopped)
        with pytest.raises(KeyboardInterrupt):
            await seed(services, eye, progress=lambda *_: None)
        first = await boutiques_by_slug(services)
        assert not await is_empty(services)

        # when it is started again
        await seed_if_needed(services, eye, console)

        # then both are open, and the first is the same
        both = await boutiques_by_slug(services)
        assert {slug: active for slug, (_, active) in both.items()} == {"zuri": True, "pwani": True}
        assert both["zuri"] == first["zuri"]
        assert not await is_half_filled(services)

        # and one that is taken away does not come back
        await remove_boutique(services, "pwani")
        await seed_if_needed(services, eye, console)
        assert set(await boutiques_by_slug(services)) == {"zuri"}


async def boutiques_by_slug(services: Services) -> dict[str, tuple[str, bool]]:
    return {b["slug"]: (str(b["id"]), b["active"]) for b in await rows(services, "boutiques")}


async def test_a_boutique_that_was_closed_is_not_half_filled(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        zuri = next(b for b in demo_boutiques() if b.slug == "zuri")
        added = await add_boutique(services, zuri, ZURI, opened=False)
        assert added is not None
        await a_customer(database, added)

        await remove_half_filled(services)

        assert not await is_half_filled(services)
        assert set(await boutiques_by_slug(services)) == {"zuri"}


async def test_a_seeded_boutique_is_found_by_its_number_once_it_is_open(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        zuri = next(b for b in demo_boutiques() if b.slug == "zuri")
        added = await add_boutique(services, zuri, ZURI, opened=False)
        assert added is not None
        async with database.system_connection() as conn:
            number = {"provider": "twilio", "account": ZURI.number}
            assert await boutiques.by_inbound_number(conn, **number) is None
        await open_boutique(services, added)
        async with database.system_connection() as conn:
            found = await boutiques.by_inbound_number(conn, **number)
        assert found is not None and found.id == added
