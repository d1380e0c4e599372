"""Shops at a demo's boutique as another agent would, by MCP, and prints what held.

python -m scripts.tour_agents [--url http://127.0.0.1:8000]

It needs a demo (`make demo`). The owner of the first shop signs in once, to let agents in and to
make a key; all else is done with the key, by the protocol's own client: from a search to an order
that is paid on the demo's phone, then wrong calls. At the end the key is revoked and the switch is
as it was. The exit code is 1 if a line does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from rich.console import Console

from dukani.demo_people import PASSWORD
from scripts.tour_commerce import OWNER, Line, table_of

# Nobody's in the demo until she pays; another one each time, since a phone is not asked often.
PHONE = f"+2547227{random.randrange(10**5):05}"
PIN = "1234"
TOOLS = "checkout_link edit_cart get_product order_status search_products view_cart"
WAITS = 60  # looks at an order, half a second apart


@dataclass(slots=True)
class Tour:
    """An agent's calls; `lines` grows by each."""

    client: Client
    shopper: str = field(default_factory=lambda: f"tour-{uuid4()}")
    lines: list[Line] = field(default_factory=list)

    async def call(self, name: str, tool: str, wanted: str = "answered", **given: Any) -> Any:
        """The tool's answer; what came is held against `wanted`, a word of a refusal."""
        answer = await self.client.call_tool(tool, given)
        text = answer.content[0].text if answer.content else ""  # type: ignore[union-attr]
        found = "answered" if not answer.is_error else text
        self.lines.append(Line(name, wanted, wanted if wanted in found else found[:90]))
        return answer.structured_content or {}

    def see(self, what: str, wanted: object, found: object) -> None:
        self.lines.append(Line(what, str(wanted), str(found)))


async def find(tour: Tour) -> dict[str, Any]:
    """A piece in stock, and one colour and size of it."""
    listed = await tour.client.list_tools()
    tour.see("the tools", TOOLS, " ".join(sorted(one.name for one in listed.tools)))
    asked = {"words": "natafuta gauni chini ya 9000"}
    found = await tour.call("search", "search_products", **asked)
    piece = next(one for one in found["items"] if one["in_stock"])
    tour.see("  not above the budget", True, piece["price_minor"] <= 900_000)
    whole = await tour.call("look at a piece", "get_product", product_id=piece["product_id"])
    choice = next(one for one in whole["choices"] if one["in_stock"])
    return {
        "product_id": piece["product_id"], "colour": choice["colour"], "size": choice["size"],
    }  # fmt: skip


async def fill(tour: Tour, piece: dict[str, Any]) -> dict[str, Any]:
    """The link to a cart of one piece."""
    mine = {"shopper_id": tour.shopper}
    once = {"action": "add", "idempotency_key": str(uuid4())}
    for name in ("add a piece", "the same call again"):
        cart = await tour.call(name, "edit_cart", **mine, **piece, **once)
    tour.see("  pieces", 1, cart["pieces"])
    cart = await tour.call("set none", "edit_cart", **mine, **piece, action="set", quantity=0)
    tour.see("  pieces", 0, cart["pieces"])
    await tour.call("put it back", "edit_cart", **mine, **piece, action="add")
    cart = await tour.call("the cart", "view_cart", **mine, language="sw")
    tour.see("  in Swahili", True, "Jumla" in cart["text"])
    link: dict[str, Any] = await tour.call("a link to pay", "checkout_link", **mine, language="en")
    tour.see("  with the total", cart["total_minor"], link["total_minor"])
    tour.see("  and its text", True, link["total"] in link["text"] and link["url"] in link["text"])
    return link


async def pay(tour: Tour, http: httpx.AsyncClient, link: dict[str, Any]) -> None:
    """The shopper opens the link, orders, and types the PIN on the demo's phone."""
    page = httpx.URL(link["url"]).path
    yes = {"address": "Kilimani, Argwings Kodhek Rd", "phone": PHONE}
    tour.see("the link opens", 200, (await http.get(page)).status_code)
    quoted = (await http.post(f"{page}/total", data=yes)).text
    agreed = quoted.partition('name="agreed_minor" value="')[2].partition('"')[0]
    ordered = await http.post(f"{page}/order", data=yes | {"agreed_minor": agreed})
    tour.see("the shopper orders", 200, ordered.status_code)
    mine = {"shopper_id": tour.shopper}
    [order] = (await tour.call("where it stands", "order_status", **mine))["items"]
    tour.see("  asked for", "pending", order["payment_status"])
    tour.see("  nobody is named", False, PHONE[1:] in str(order) or "Kilimani" in str(order))
    await _type_pin(http)
    told: dict[str, Any] = {}
    for _ in range(WAITS):
        told = (await tour.client.call_tool("order_status", mine)).structured_content or {}
        if told["items"][0]["payment_status"] != "pending":
            break
        await asyncio.sleep(0.5)
    tour.see("and it is paid", "paid", told["items"][0]["payment_status"])
    again = await http.get(page)
    tour.see("  the link tells of the order", True, told["items"][0]["number"] in again.text)
    empty = await tour.call("a new cart begins", "view_cart", **mine)
    tour.see("  pieces", 0, empty["pieces"])


async def _type_pin(http: httpx.AsyncClient) -> None:
    """On the demo's phone, which shows every prompt of the number."""
    accounts = (await http.get("/sandbox/phone/api/boutiques")).json()
    asked = {"account": accounts[0]["key"], "contact": PHONE}
    for _ in range(WAITS):
        shown = (await http.get("/sandbox/phone/api/chat", params=asked)).json()
        if shown["prompts"]:
            push = shown["prompts"][0]["checkout_request_id"]
            typed = {"outcome": "pin", "pin": PIN}
            await http.post(f"/sandbox/phone/api/prompts/{push}", json=typed)
            return
        await asyncio.sleep(0.5)


async def go_wrong(tour: Tour, piece: dict[str, Any]) -> None:
    """Wrong calls, each refused by a code, a value and a remedy."""
    mine, nothing = {"shopper_id": tour.shopper}, str(uuid4())
    add = {"action": "add"}
    await tour.call("no words", "search_products", "words", words=" ")
    await tour.call("an unknown piece", "get_product", "not_found", product_id=nothing)
    await tour.call("an id that is none", "get_product", "product_id", product_id="dress")
    await tour.call("an empty cart", "checkout_link", "nothing_in_cart", **mine)
    await tour.call("a colour that is none", "edit_cart", "Choose one of",
                    **mine, **add, **(piece | {"colour": "plaid"}))  # fmt: skip
    await tour.call("more than there are", "edit_cart", "out_of_stock",
                    **mine, **add, **piece, quantity=99)  # fmt: skip
    await tour.call("a hundred", "edit_cart", "quantity", **mine, **add, **piece, quantity=100)
    await tour.call("not in the cart", "edit_cart", "not_found", **mine, **piece, action="remove")
    await tour.call("a shopper that is none", "view_cart", "shopper_id", shopper_id="x")
    await tour.call("a tool that is none", "give_refund", "Unknown tool")


async def knock(tour: Tour, http: httpx.AsyncClient, address: str, key: str) -> None:
    """Who is let in at the door, and who is not."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"accept": "application/json, text/event-stream"}

    async def told(url: str, token: str) -> str:
        headers = accept | {"authorization": f"Bearer {token}"}
        answer = await http.post(url, json=body, headers=headers)
        return f"{answer.status_code} {answer.json().get('code', '')}".strip()

    tour.see("a good key", "200", await told(address, key))
    tour.see("a wrong key", "401 not_signed_in", await told(address, "dk_wrong"))
    tour.see("another shop's address", "404 not_found", await told("/mcp/other-shop", key))
    api = await http.get("/api/v1/me", headers={"authorization": f"Bearer {key}"})
    tour.see("the key at the shop's API", 401, api.status_code)


@asynccontextmanager
async def _an_owner(http: httpx.AsyncClient) -> AsyncIterator[str]:
    """The path of the owner's calls about agents."""
    session = await http.post(
        "/auth/v1/token?grant_type=password", json={"email": OWNER, "password": PASSWORD}
    )
    token = session.raise_for_status().json()["access_token"]
    http.headers["authorization"] = f"Bearer {token}"
    me = (await http.get("/api/v1/me")).raise_for_status().json()
    yield f"/api/v1/boutiques/{me['boutiques'][0]['boutique_id']}/agents"


async def play(base_url: str) -> list[Line]:
    """Every line of the tour. Raises httpx.HTTPStatusError if the demo lets no owner in."""
    given: dict[str, Any] = {"base_url": base_url, "timeout": 60.0, "follow_redirects": True}
    async with (
        httpx.AsyncClient(**given) as owner,
        httpx.AsyncClient(**given) as http,
        _an_owner(owner) as agents,
    ):
        before = (await owner.get(agents)).raise_for_status().json()
        (await owner.put(agents, json={"on": True})).raise_for_status()
        made = (await owner.post(f"{agents}/keys", json={"name": "Tour"})).raise_for_status().json()
        key, address = made["key"], httpx.URL(made["agents"]["address"]).path
        try:
            lines = await _shop(f"{base_url.rstrip('/')}{address}", http, address, key)
            after = (await owner.get(agents)).json()
            lines.append(Line("the owner sees the calls", "True",
                              str(after["calls"] > before["calls"])))  # fmt: skip
            (await owner.put(agents, json={"on": False})).raise_for_status()
            off = await http.post(address, headers={"authorization": f"Bearer {key}"}, json={})
            lines.append(Line("switched off", "403 agents_off",
                              f"{off.status_code} {off.json()['code']}"))  # fmt: skip
        finally:
            (await owner.put(agents, json={"on": before["on"]})).raise_for_status()
            mine = made["agents"]["keys"][0]["id"]
            (await owner.delete(f"{agents}/keys/{mine}")).raise_for_status()
    return lines


async def _shop(url: str, http: httpx.AsyncClient, address: str, key: str) -> list[Line]:
    headers = {"authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as line,
        Client(streamable_http_client(url, http_client=line)) as client,
    ):
        tour = Tour(client)
        piece = await find(tour)
        await pay(tour, http, await fill(tour, piece))
        await go_wrong(tour, piece)
        await knock(tour, http, address, key)
        return tour.lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    lines = asyncio.run(play(parser.parse_args().url))
    Console().print(table_of(lines))
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
