"""Sells through `/api/v1/whatsapp-commerce` as another system would, and prints what held.

python -m scripts.tour_commerce [--url http://127.0.0.1:8000]

It needs a demo (`make demo`). The owner of the first shop signs in once, to make two API keys; all
else is done with them: thirteen of the sixteen calls, then wrong ones; `tour_products` makes the
three that send pieces. At the end the keys are revoked and the cart is empty, so it can be run
again. The exit code is 1 if a line does not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console
from rich.table import Column, Table

from dukani.demo_people import PASSWORD

OWNER = "owner@zuri.demo"
SHOPPER = "+254722700167"  # nobody's in the demo until she is given a cart
LONGEST_TEXT = 4096  # characters of a WhatsApp message


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    wanted: str
    found: str

    @property
    def holds(self) -> bool:
        return self.wanted == self.found


@dataclass(slots=True)
class Tour:
    """Calls with a key; `lines` grows by each."""

    http: httpx.Client
    key: str
    lines: list[Line] = field(default_factory=list)

    def call(
        self, method: str, path: str, wanted: str = "200 with a text", *, name: str, **given: Any
    ) -> Any:
        """The body; what came is held against `wanted`: a status and a text, or an error's code."""
        headers = {"authorization": f"Bearer {self.key}"} | given.pop("headers", {})
        url = f"/api/v1/whatsapp-commerce{path}"
        answer = self.http.request(method, url, headers=headers, **given)
        body = answer.json()
        self.lines.append(Line(name, wanted, _told(answer.status_code, body)))
        return body

    def see(self, what: str, wanted: object, found: object) -> None:
        self.lines.append(Line(what, str(wanted), str(found)))


def _told(status: int, body: Mapping[str, Any]) -> str:
    if status >= 400:
        return f"{status} {body.get('code')}"
    text = body.get("whatsapp_text")
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST_TEXT:
        return f"{status} without a text"
    return f"{status} with a text"


def find(tour: Tour) -> dict[str, Any]:
    """A piece in stock, found as a customer would ask for it."""
    asked = {"text": "natafuta gauni chini ya 9000"}
    found = tour.call("POST", "/products/search", name="search", json=asked)
    tour.see("  understood", "dress", found["understood"]["wish"].get("category"))
    scores = [one["score"] for one in found["items"]]
    tour.see("  best first", sorted(scores, reverse=True), scores)
    tour.call("GET", "/products/catalog?limit=5", name="catalog")
    piece: dict[str, Any] = next(one for one in found["items"] if one["in_stock"])
    tour.call("GET", f"/products/{piece['product_id']}/similar", name="similar")
    return piece


def fill_and_pay(tour: Tour, piece: Mapping[str, Any]) -> None:
    """A cart from its first piece to a payment link, and empty again."""
    item = {
        "user_id": SHOPPER,
        "product_id": piece["product_id"],
        "colour": piece["colours"][0],
        "size": piece["sizes"][0],
    }
    once = {"Idempotency-Key": str(uuid4())}
    made = "201 with a text"
    for name in ("add to the cart", "the same call again"):
        tour.call("POST", "/cart/add", made, name=name, json=item, headers=once)
    cart = tour.call("GET", f"/cart/{SHOPPER}", name="cart")
    tour.see("  pieces", 1, cart["pieces"])
    tour.see("  total", piece["price_minor"], cart["total_minor"])
    recommended = tour.call("GET", f"/products/recommendations/{SHOPPER}", name="recommendations")[
        "items"
    ]
    in_cart = [one for one in recommended if one["product_id"] == piece["product_id"]]
    tour.see("  of the cart", 0, len(in_cart))
    session = tour.call("GET", f"/sessions/{SHOPPER}", name="session")
    tour.see("  whole number told", False, SHOPPER in str(session))
    link = tour.call("POST", f"/cart/{SHOPPER}/checkout", made, name="checkout")
    tour.see("  the text has the link", True, link.get("url", "-") in link["whatsapp_text"])
    page = tour.http.get(link["url"])
    tour.see("  the link opens, and tells no number", (200, False),
             (page.status_code, SHOPPER in page.text))  # fmt: skip
    path = f"/cart/{SHOPPER}/item/{piece['product_id']}"
    left = tour.call("DELETE", path, name="take the piece out")
    tour.see("  pieces", 0, left["pieces"])
    tour.call("DELETE", f"/cart/{SHOPPER}", name="empty the cart")


def remind(tour: Tour) -> None:
    left = tour.call("GET", "/carts/abandoned?hours=24", name="abandoned carts")["items"]
    tour.call("GET", "/stats", name="stats")
    if not left:  # a demo without its month
        tour.see("a cart was left", True, False)
        return
    cart = left[0]["cart_id"]
    first = tour.call("POST", f"/carts/{cart}/recover", name="remind")
    tour.see("  sent, or told why not", True, first["sent"] == (first["why_not"] is None))
    again = tour.call("POST", f"/carts/{cart}/recover", name="remind again")
    tour.see("  sent twice", False, again["sent"])


def go_wrong(tour: Tour, piece: Mapping[str, Any], reads_only: str) -> None:
    """Wrong calls, each refused by a code that stays."""
    nothing = str(uuid4())
    item = {"user_id": SHOPPER, "product_id": piece["product_id"]}
    tour.call("GET", "/cart/nobody!", "422 invalid_value", name="a shopper that is none")
    tour.call("GET", f"/sessions/{nothing}", "404 not_found", name="an unknown shopper")
    tour.call("GET", f"/products/{nothing}/similar", "404 not_found", name="an unknown piece")
    tour.call("POST", f"/carts/{nothing}/recover", "404 not_found", name="an unknown cart")
    tour.call("GET", "/carts/abandoned?hours=-1", "422 invalid_value", name="hours to come")
    tour.call("POST", "/products/search", "422 invalid_value", name="no words", json={"text": " "})
    many = item | {"quantity": 100}
    tour.call("POST", "/cart/add", "422 invalid_value", name="a hundred", json=many)
    foreign = {"X-Boutique-Id": nothing}
    tour.call("GET", "/stats", "404 not_found", name="another shop", headers=foreign)
    no_key = {"authorization": "Bearer dk_wrong"}
    tour.call("GET", "/stats", "401 not_signed_in", name="a wrong key", headers=no_key)
    reader = {"authorization": f"Bearer {reads_only}"}
    tour.call("GET", "/stats", name="a reading key reads", headers=reader)
    tour.call("POST", "/cart/add", "403 key_reads_only", name="and writes nothing",
              json=item, headers=reader)  # fmt: skip


def play(base_url: str) -> list[Line]:
    """Every line of the tour. Raises httpx.HTTPStatusError if the demo lets no owner in."""
    with httpx.Client(base_url=base_url, timeout=60.0, follow_redirects=True) as http:
        session = http.post(
            "/auth/v1/token?grant_type=password", json={"email": OWNER, "password": PASSWORD}
        )
        http.headers["authorization"] = (
            f"Bearer {session.raise_for_status().json()['access_token']}"
        )
        me = http.get("/api/v1/me").raise_for_status().json()
        keys = f"/api/v1/boutiques/{me['boutiques'][0]['boutique_id']}/api-keys"
        writes, reads = (
            http.post(keys, json={"name": "Tour", "may_write": may}).raise_for_status().json()
            for may in (True, False)
        )
        try:
            tour = Tour(http, writes["key"])
            piece = find(tour)
            fill_and_pay(tour, piece)
            remind(tour)
            go_wrong(tour, piece, reads["key"])
        finally:
            for made in (writes, reads):
                http.delete(f"{keys}/{made['api_key']['id']}").raise_for_status()
    return tour.lines


def table_of(lines: list[Line]) -> Table:
    table = Table(Column(no_wrap=True), "Wanted", "Found", "")
    for line in lines:
        table.add_row(
            line.what, line.wanted, line.found, "" if line.holds else "[red]does not hold"
        )
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    lines = play(parser.parse_args().url)
    Console().print(table_of(lines))
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
