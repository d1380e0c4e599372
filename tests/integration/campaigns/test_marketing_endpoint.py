"""Offers go by Meta's endpoint for marketing where the number has it, at the sandbox's Meta."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.store import message_templates, wallet
from dukani.sandbox.accounts import PWANI
from dukani.tools import template_review, template_sync
from tests.integration.campaigns.a_campaign import a_fan, a_sending, run, states
from tests.integration.messaging.test_outside_world import SANDBOX, World, the_world
from tests.wiring import rows, with_settings

NAME = "new_for_you"


class Line:
    """What is sent to Meta: by which path, and its body."""

    def __init__(self, world: World) -> None:
        self.sends: list[tuple[str, dict[str, Any]]] = []
        world.services.http.event_hooks["request"].append(self._see)

    async def _see(self, request: httpx.Request) -> None:
        name = request.url.path.rsplit("/", 1)[-1]
        if request.method == "POST" and name in ("messages", "marketing_messages"):
            self.sends.append((name, json.loads(request.content)))

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.sends]


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        answer = await opened.services.http.post(
            f"{SANDBOX}/faults", json={"templates": {"review_s": 0}}
        )
        assert answer.is_success
        yield opened


async def a_shop(world: World, category: Any) -> str:
    """Pwani, with a template of this category that Meta has approved."""
    boutique = await world.open("pwani")
    services = world.services
    form = {
        "body": "Hello {{customer_name}}, there is something new at {{boutique_name}} for you.",
        "footer": "Reply STOP to get no more of these.",
        "examples": {"customer_name": "Asha", "boutique_name": "Pwani"},
    }
    async with services.database.operator_connection(boutique) as conn:
        await wallet.grant(conn, key="start", tokens=100, note="")
    async with services.database.system_connection() as conn:
        await message_templates.put(
            conn, boutique_id=boutique, provider="meta", name=NAME, language="en",
            status="draft", category=category, form=form,
        )  # fmt: skip
        [draft] = await message_templates.of_boutique(conn, boutique_id=boutique)
    await template_review.submit(services, boutique_id=boutique, template_id=draft.id)
    answer = await services.http.post(
        f"{SANDBOX}/templates/pwani/{NAME}/en", json={"what": "approve"}
    )
    assert answer.is_success, answer.text
    await template_sync.sync(services, boutique_id=boutique)
    return boutique


async def learnt(world: World) -> bool | None:
    [row] = await rows(world.services, "provider_credentials", "marketing_endpoint, provider as id")
    return row["marketing_endpoint"]  # type: ignore[no-any-return]


async def test_an_offer_goes_by_its_own_endpoint(world: World) -> None:
    boutique = await a_shop(world, "marketing")
    line = Line(world)

    sending = await a_sending(world.services, boutique, template=NAME)
    await run(world.services, sending)

    [(path, body)] = line.sends
    assert path == "marketing_messages" and await learnt(world) is True
    assert body["product_policy"] == "CLOUD_API_FALLBACK"
    assert "message_activity_sharing" not in body  # as the account has it
    assert body["template"]["name"] == NAME
    assert set(await states(world.services, sending)) <= {"accepted", "sent", "delivered", "read"}


async def test_a_utility_template_goes_as_everything_else(world: World) -> None:
    boutique = await a_shop(world, "utility")
    line = Line(world)

    await run(world.services, await a_sending(world.services, boutique, template=NAME))

    assert line.paths == ["messages"]


async def test_a_number_without_it_sends_as_before(world: World) -> None:
    boutique = await a_shop(world, "marketing")
    async with world.services.database.system_connection() as conn:
        await conn.execute("update provider_credentials set marketing_endpoint = null")
    line = Line(world)

    await run(world.services, await a_sending(world.services, boutique, template=NAME))

    assert line.paths == ["messages"]


async def test_what_the_endpoint_refuses_is_sent_all_the_same_and_remembered(world: World) -> None:
    # given an account that lost the endpoint since it was asked, and a strict policy
    boutique = await a_shop(world, "marketing")
    lost = PWANI.model_copy(update={"marketing_status": "ELIGIBLE"})
    answer = await world.services.http.post(f"{SANDBOX}/accounts", json=lost.model_dump())
    assert answer.is_success, answer.text
    line = Line(world)

    # when it sends two campaigns
    strict = with_settings(world.services, meta={"product_policy": "STRICT"})
    for n in range(2):
        fan = await a_fan(strict, boutique, n)
        await run(strict, await a_sending(strict, boutique, customers=[fan], template=NAME))

    # then the first was sent by the other endpoint, and the second asks no more
    assert line.paths == ["marketing_messages", "messages", "messages"]
    assert await learnt(world) is False
