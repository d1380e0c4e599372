"""Sends pieces of Meta's catalogue into a chat, buys from one, and prints what held.

python -m scripts.tour_products [--url http://127.0.0.1:8000]

It needs a demo (`make demo`), whose second shop is at the sandbox's Meta with its catalogue filled.
Its owner signs in once to make a key; the customer writes on the sandbox's phone. A new customer
each time, so it can be run again; prices are put back. The exit code is 1 if a line does not hold.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console
from rich.table import Column, Table

from dukani.demo_people import PASSWORD
from tests.integration.killing.tour_lines import Line

OWNER, OTHER_OWNER = "owner@pwani.demo", "owner@zuri.demo"
PATIENCE_S = 60.0
# A demo that was stopped in the midst of a sync begins the next one two minutes later.
FILLED_WITHIN_S = 240.0


@dataclass(slots=True)
class Tour:
    """Calls with a key, and a customer's phone; `lines` grows by each."""

    http: httpx.Client
    shop: str
    account: str
    key: str
    phone: str
    lines: list[Line] = field(default_factory=list)

    def see(self, what: str, wanted: object, found: object) -> None:
        self.lines.append(Line(what, str(wanted), str(found), wanted == found))

    def call(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.key}", "if-match": "*"}
        return self.http.request(method, f"/api/v1{path}", headers=headers, **given)

    def send(self, kind: str, what: str, wanted: str, **body: Any) -> dict[str, Any]:
        """A send, held against the form it went in or an error's code."""
        body = {"user_id": self.phone} | body
        answer = self.call("POST", f"/whatsapp-commerce/send-product{kind}", json=body)
        told: dict[str, Any] = answer.json()
        named = told.get("sent_as") if answer.is_success else told.get("code")
        self.see(what, wanted, f"{answer.status_code} {named}")
        return told

    # ── the customer's phone ────────────────────────────────────────────────

    def says(self, text: str) -> list[dict[str, Any]]:
        return self.does(kind="text", text=text)

    def does(self, **message: Any) -> list[dict[str, Any]]:
        """She does something; what the shop has sent since, once it is silent."""
        before = len(self.chat())
        body = {"account": self.account, "contact": self.phone, "profile_name": "Tour"} | message
        self.http.post("/sandbox/phone/api/messages", json=body | {"wait": True}).raise_for_status()
        return self.answers(before)

    def answers(self, before: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        end, since = time.monotonic() + PATIENCE_S, time.monotonic()
        while time.monotonic() < end:
            now = [one for one in self.chat()[before:] if one["author"] == "boutique"]
            if len(now) != len(found):
                found, since = now, time.monotonic()
            elif found and time.monotonic() - since > 3:
                break
            time.sleep(0.3)
        return found

    def look(self) -> dict[str, Any]:
        where = {"account": self.account, "contact": self.phone}
        found: dict[str, Any] = (
            self.http.get("/sandbox/phone/api/chat", params=where).raise_for_status().json()
        )
        return found

    def chat(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.look()["messages"]
        return found

    def until(
        self, what: str, wanted: object, look: Callable[[], object], *, within_s: float = PATIENCE_S
    ) -> None:
        end = time.monotonic() + within_s
        while (found := look()) != wanted and time.monotonic() < end:
            time.sleep(0.5)
        self.see(what, wanted, found)

    def last_shown(self) -> dict[str, Any]:
        return next((one for one in reversed(self.chat()) if one["kind"] == "products"), {})


def words(messages: list[dict[str, Any]]) -> str:
    return "\n".join(one["text"] for one in messages)


def pieces(tour: Tour) -> list[dict[str, Any]]:
    """Pieces of the shop that Meta shows, once it has looked through all of a new demo's."""
    filled = partial(_is_filled, tour)
    tour.until("Meta has looked through all", True, filled, within_s=FILLED_WITHIN_S)
    listed = tour.call("GET", f"/boutiques/{tour.shop}/catalogue/pieces?limit=30").json()["items"]
    found = [one for one in listed if all(item["review"] == "approved" for item in one["items"])]
    tour.see("  and shows the pieces", True, len(found) >= 10)
    return found


def _is_filled(tour: Tour) -> bool:
    catalogue = tour.call("GET", f"/boutiques/{tour.shop}/catalogue").json()["catalogue"]
    counts = catalogue["counts"] if catalogue else {"items": 0}
    return bool(counts["items"]) and not counts["waiting"] and not counts["in_review"]


def before_she_writes(tour: Tour, ids: list[str]) -> None:
    tour.send("", "an unknown customer", "404 not_found", product_id=ids[0])


def shown_by_the_assistant(tour: Tour) -> None:
    came = tour.says("naomba kuona nguo zote")
    shown = next((one for one in came if one["kind"] == "products"), {})
    tour.see("search: a list of products", "product_list", shown.get("form"))
    cards = shown.get("cards", [])
    tour.see("  its cards have prices", True, bool(cards) and all(c["price"] > 0 for c in cards))
    tour.see("  and our numbers", True, "2. " in shown.get("text", ""))
    second = cards[1]["title"] if len(cards) > 1 else "no second"
    tour.see('  "2" is the second', True, second in words(tour.says("2")))


def sent_by_another_system(tour: Tour, ids: list[str]) -> None:
    tour.send("", "one piece", "201 product", product_id=ids[0])
    tour.until("  on her phone", "product", lambda: tour.last_shown().get("form"))
    sections = [
        {"title": "First", "product_ids": ids[:3]},
        {"title": "Second", "product_ids": ids[3:5]},
    ]
    told = {"header": "For you", "text": "A look at these"}
    tour.send("-list", "a list", "201 product_list", sections=sections, **told)
    tour.until("  on her phone", 5, lambda: len(tour.last_shown().get("cards", [])))
    tour.see("  in sections", ["First", "Second"],
             sorted({card["section"] for card in tour.last_shown()["cards"]}))  # fmt: skip
    name = tour.last_shown()["cards"][3]["title"]
    tour.see('  "4" is its fourth', True, name in words(tour.says("4")))
    tour.send("-carousel", "a carousel", "201 carousel", text="Swipe", product_ids=ids[:4])
    tour.until("  on her phone", "carousel", lambda: tour.last_shown().get("form"))


def go_wrong(tour: Tour, ids: list[str]) -> None:
    many = [str(uuid4()) for _ in range(31)]
    told = {"header": "For you", "text": "A look at these"}
    tour.send("", "an unknown piece", "404 not_found", product_id=str(uuid4()))
    tour.send("-list", "31 pieces", "422 invalid_value",
              sections=[{"title": "All", "product_ids": many}], **told)  # fmt: skip
    tour.send("-list", "11 sections", "422 invalid_value",
              sections=[{"title": "A", "product_ids": ids[:1]}] * 11, **told)  # fmt: skip
    tour.send("-carousel", "one card", "422 invalid_value", text="A", product_ids=ids[:1])
    tour.send("-carousel", "11 cards", "422 invalid_value", text="A", product_ids=many[:11])


def refused_by_meta(tour: Tour, piece: dict[str, Any]) -> None:
    path = f"/boutiques/{tour.shop}/products/{piece['product_id']}"
    before = tour.call("GET", path).json()["description"]
    tour.call("PATCH", path, json={"description": "Warm as fur"}).raise_for_status()
    try:
        waits = f"/boutiques/{tour.shop}/catalogue/pieces?filter=rejected"
        tour.until("Meta refuses a piece", 1, lambda: len(tour.call("GET", waits).json()["items"]))
        wanted = "409 piece_not_in_catalogue"
        told = tour.send("", "it is not sent", wanted, product_id=piece["product_id"])
        tour.see("  and named", True, piece["name"] in told.get("detail", ""))
        tour.send("", "as a picture it is", "201 picture",
                  product_id=piece["product_id"], picture_instead=True)  # fmt: skip
    finally:
        tour.call("PATCH", path, json={"description": before}).raise_for_status()


def bought(tour: Tour, piece: dict[str, Any]) -> None:
    """A cart of WhatsApp's with a price of before, to the money."""
    path = f"/boutiques/{tour.shop}/products/{piece['product_id']}"
    before = tour.call("GET", path).json()
    item = next(one for one in before["variants"] if one["available"] > 0)
    old = item["price_minor"] or before["price_minor"]
    tour.call("PATCH", path, json={"price_minor": old + 10000}).raise_for_status()
    try:
        line = {"product_retailer_id": item["id"], "quantity": 1, "item_price": old / 100}
        said = words(tour.does(kind="order", items=[line]))
        tour.see("a price that changed is said", True, "is now" in said or "sasa ni" in said)
        tour.see(
            "  and nothing is bought at the old one", True, f"{(old + 10000) // 100:,}" in said
        )
        strange = {"product_retailer_id": "NOBODYS-1", "quantity": 1, "item_price": 1}
        said = words(tour.does(kind="order", items=[strange]))
        tour.see("a strange piece is named", True, "NOBODYS-1" in said)
        check_out(tour)
    finally:
        tour.call("PATCH", path, json={"price_minor": before["price_minor"]}).raise_for_status()


def check_out(tour: Tour) -> None:
    tour.says("checkout")
    said = words(tour.says("Nyali, near City Mall"))
    before = len(tour.look()["prompts"])
    for _ in range(3):  # nothing is missing of what she looked at before, and the total is right
        missing = "Is anything missing" in said or "kimekosekana" in said
        said = words(tour.says("no" if missing else "yes"))
        if len(tour.look()["prompts"]) > before:
            break
    open_ones = [one for one in tour.look()["prompts"] if one["result_code"] is None]
    tour.see("a prompt is on her phone", 1, len(open_ones))
    if not open_ones:
        tour.see("what was said instead", "", said[-300:])
        return
    begun = len(tour.chat())
    answer = {"outcome": "pin", "pin": "1234"}
    prompt = open_ones[0]["checkout_request_id"]
    tour.http.post(f"/sandbox/phone/api/prompts/{prompt}", json=answer).raise_for_status()
    said = words(tour.answers(begun))
    tour.see("paid", True, "paid" in said.lower() or "malipo" in said.lower())


def stops(tour: Tour, ids: list[str]) -> None:
    tour.says("STOP")
    tour.send("", "she said stop", "409 opted_out", product_id=ids[0])


def at_twilio(http: httpx.Client, lines: list[Line]) -> None:
    """The first shop is at Twilio, which shows no products."""
    with_key(http, OTHER_OWNER, "zuri", lines, as_a_picture)


def as_a_picture(tour: Tour) -> None:
    tour.says("habari")
    first = tour.call("GET", f"/boutiques/{tour.shop}/products?limit=1").json()["items"][0]
    told = tour.send("", "at Twilio a piece", "201 picture", product_id=first["id"])
    tour.see("  and why", "not_on_meta", told.get("why_picture"))


def at_meta(tour: Tour) -> None:
    found = pieces(tour)
    ids = [one["product_id"] for one in found]
    before_she_writes(tour, ids)
    tour.says("habari")
    sent_by_another_system(tour, ids)
    shown_by_the_assistant(tour)
    go_wrong(tour, ids)
    refused_by_meta(tour, found[-1])
    bought(tour, found[0])
    stops(tour, ids)


def with_key(
    http: httpx.Client,
    owner: str,
    account: str,
    lines: list[Line],
    play: Callable[[Tour], None],
) -> None:
    """Plays with a key of that owner's, which is revoked after it."""
    login = {"email": owner, "password": PASSWORD}
    session = http.post("/auth/v1/token?grant_type=password", json=login).raise_for_status().json()
    signed = {"authorization": f"Bearer {session['access_token']}"}
    shop = http.get("/api/v1/me", headers=signed).json()["boutiques"][0]["boutique_id"]
    keys = f"/api/v1/boutiques/{shop}/api-keys"
    made = http.post(keys, headers=signed, json={"name": "Tour", "may_write": True})
    key = made.raise_for_status().json()
    phone = f"+2547{secrets.randbelow(10**8):08}"
    try:
        play(Tour(http, shop, account, key["key"], phone, lines))
    finally:
        http.delete(f"{keys}/{key['api_key']['id']}", headers=signed).raise_for_status()


def play(base_url: str) -> list[Line]:
    lines: list[Line] = []
    with httpx.Client(base_url=base_url, timeout=60.0) as http:
        with_key(http, OWNER, "pwani", lines, at_meta)
        at_twilio(http, lines)
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    lines = play(parser.parse_args().url)
    Console().print(table_of(lines))
    return 0 if all(line.holds for line in lines) else 1


def table_of(lines: list[Line]) -> Table:
    table = Table(Column(no_wrap=True), "Wanted", "Found", "")
    for line in lines:
        table.add_row(line.what, line.wanted, line.found, "" if line.holds else "[red]no")
    return table


if __name__ == "__main__":
    sys.exit(main())
