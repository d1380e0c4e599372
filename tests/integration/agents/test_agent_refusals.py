"""Whom the gate lets in, and what the tools say no to: with the value, and the remedy."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg
import pytest

from dukani.agents_api import gate
from dukani.core.database import Database
from dukani.dashboard_api.key_holders import digest_of
from tests.factories import a_product
from tests.integration.agents.conftest import SHOPPER, AgentShop, an_agents_key
from tests.signing_in import a_member
from tests.wiring import rows

NOWHERE = "00000000-0000-4000-8000-000000000000"


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.mark.parametrize(
    "given", [{}, bearer("dk_wrong"), bearer("nothing"), {"authorization": "Basic x"}]
)
async def test_without_a_good_key_nobody_is_let_in(shop: AgentShop, given: dict[str, str]) -> None:
    answer = await shop.knock(**given)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_another_boutiques_key_finds_nothing(shop: AgentShop, other_key: str) -> None:
    answer = await shop.knock(**bearer(other_key))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_shop_that_is_switched_off_lets_nobody_in(shop: AgentShop) -> None:
    await shop.switch(on=False)
    off = await shop.knock(**bearer(shop.key))
    await shop.switch(on=True)
    on = await shop.knock(**bearer(shop.key))

    assert (off.status_code, off.json()["code"]) == (403, "agents_off")
    assert on.status_code == 200


async def test_a_revoked_key_and_a_former_owners_are_refused(
    shop: AgentShop, database: Database, superuser_url: str
) -> None:
    other = await an_agents_key(database, shop.boutique, shop.owner)
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update api_keys set revoked_at = now() where digest = %s", (digest_of(shop.key),)
        )
    assert (await shop.knock(**bearer(shop.key))).status_code == 401
    assert (await shop.knock(**bearer(other))).status_code == 200

    a_member(superuser_url, shop.boutique, "owner")  # a boutique keeps one
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update boutique_members set role = 'staff' where user_id = %s", (shop.owner,))
    assert (await shop.knock(**bearer(other))).status_code == 401


async def test_an_agents_key_opens_nothing_else(shop: AgentShop) -> None:
    async with httpx.AsyncClient(base_url=shop.base, headers=bearer(shop.key)) as http:
        for path in ("/api/v1/me", f"/api/v1/boutiques/{shop.boutique}/today",
                     "/api/v1/whatsapp-commerce/products/catalog"):  # fmt: skip
            assert (await http.get(path)).status_code == 401, path


async def test_who_calls_too_often_is_told_when_to_come_back(
    shop: AgentShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "CALLS", type(gate.CALLS)(2))
    answers = [await shop.knock(**bearer(shop.key)) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    assert answers[2].json()["code"] == "too_many_requests"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
async def test_there_is_no_stream_to_open(shop: AgentShop, method: str) -> None:
    async with httpx.AsyncClient(headers=bearer(shop.key)) as http:
        answer = await http.request(method, shop.url)
    assert answer.status_code == 405


@pytest.mark.parametrize("path", ["/", "/zuri/more", "/..", "/Zuri%20"])
async def test_an_address_that_is_none_leads_nowhere(shop: AgentShop, path: str) -> None:
    async with httpx.AsyncClient(headers=bearer(shop.key)) as http:
        answer = await http.post(f"{shop.base}/mcp{path}", json={})
    assert answer.status_code in (404, 405)


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("search_products", {"words": " "}, "words"),
        ("search_products", {"words": "a\0b"}, "NUL"),
        ("get_product", {"product_id": "AMANI"}, "product_id"),
        ("get_product", {"product_id": NOWHERE}, f"not_found: product_id: {NOWHERE}"),
        ("view_cart", {"shopper_id": "short"}, "shopper_id"),
        ("checkout_link", {"shopper_id": SHOPPER}, "nothing_in_cart: The cart is empty"),
        ("edit_cart", {"action": "steal"}, "action"),
        ("edit_cart", {"size": "M"}, "invalid_value: colour: Choose one of: blue, red."),
        ("edit_cart", {"colour": "green"}, "'green' cannot be taken. Choose one of: blue, red."),
        ("edit_cart", {"colour": "red", "size": "XL"}, "'XL' cannot be taken. Choose one of"),
        ("edit_cart", {"colour": "blue", "quantity": 2}, "2 wanted, only 1 left. Take fewer"),
        ("edit_cart", {"colour": "blue", "quantity": 100}, "quantity"),
        ("edit_cart", {"colour": "blue", "quantity": 0}, "set 0 takes it out"),
        ("edit_cart", {"action": "set", "colour": "blue"}, "quantity: Say how many to set"),
        ("edit_cart", {"action": "remove"}, "is not in the cart. See view_cart."),
        ("edit_cart", {"colour": "blue", "idempotency_key": "with space"}, "idempotency_key"),
        ("view_cart", {"shopper_id": SHOPPER, "language": "fr"}, "language"),
    ],
)  # fmt: skip
async def test_a_refusal_names_the_value_and_the_remedy(
    shop: AgentShop, database: Database, tool: str, given: dict[str, Any], said: str
) -> None:
    stock = {"red": {"S": 2, "M": 5}, "blue": {"M": 1}}
    (piece, *_) = await a_product(database, shop.boutique, name="Amani", stock=stock)
    if tool == "edit_cart":
        given = {"shopper_id": SHOPPER, "action": "add", "product_id": piece.product_id} | given

    async with shop.agent() as agent:
        assert said in await agent.refused(tool, **given)


async def test_carts_of_other_keys_are_not_seen(shop: AgentShop, database: Database) -> None:
    (piece,) = await a_product(database, shop.boutique, name="Amani", stock={"red": {"M": 5}})
    second = await an_agents_key(database, shop.boutique, shop.owner)
    edit = {"shopper_id": SHOPPER, "action": "add", "product_id": piece.product_id}
    async with shop.agent() as one, shop.agent(second) as two:
        await one.call("edit_cart", **edit)
        seen = await two.call("view_cart", shopper_id=SHOPPER)

    assert seen["pieces"] == 0


async def test_other_boutiques_pieces_are_none(
    shop: AgentShop, database: Database, other_key: str
) -> None:
    ids = {str(one["id"]) for one in await rows(shop.services, "boutiques")}
    (other,) = ids - {shop.boutique}
    (piece,) = await a_product(database, other, name="Siri", stock={"red": {"M": 5}})
    async with shop.agent() as agent:
        assert "not_found" in await agent.refused("get_product", product_id=piece.product_id)
        found = await agent.call("search_products", words="Siri")
    assert piece.product_id not in str(found)


async def test_what_agents_did_is_counted(shop: AgentShop) -> None:
    async with shop.agent() as agent:
        await agent.call("view_cart", shopper_id=SHOPPER)
        await agent.call("view_cart", shopper_id=SHOPPER)
        await agent.refused("checkout_link", shopper_id=SHOPPER)

    told = await rows(shop.services, "agent_calls", "tool as id, calls, refused")
    counted = {one["id"]: (one["calls"], one["refused"]) for one in told}
    assert counted == {"view_cart": (2, 0), "checkout_link": (1, 1)}
