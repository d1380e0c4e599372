"""Keeps a shop's pieces in its catalogue at Meta as its owner would, and prints what held.

python -m scripts.tour_catalogue [--url http://127.0.0.1:8000]

It needs a demo (`make demo`), whose second shop is at the sandbox's Meta. Its owner signs in once,
to make two API keys; all else is done with them, and at the other side with the sandbox's control.
At the end everything is as it was, so it can be run again; it takes four minutes. The exit code
is 1 if a line does not hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from rich.console import Console
from rich.table import Column, Table

from dukani.demo_people import PASSWORD
from dukani.sandbox.accounts import PWANI
from tests.integration.killing.tour_lines import Line

OWNER, OTHER_OWNER = "owner@pwani.demo", "owner@zuri.demo"
PATIENCE_S = 90.0


@dataclass(slots=True)
class Tour:
    """Calls with a key, in one shop; `lines` grows by each that is held against what is wanted."""

    http: httpx.Client
    shop: str
    key: str
    lines: list[Line] = field(default_factory=list)

    def call(self, method: str, path: str, *, key: str | None = None, **given: Any) -> Any:
        headers = {"authorization": f"Bearer {key or self.key}", "if-match": "*"}
        url = f"/api/v1/boutiques/{self.shop}{path}"
        return self.http.request(method, url, headers=headers, **given)

    def get(self, path: str) -> Any:
        return self.call("GET", path).raise_for_status().json()

    def refused(self, what: str, wanted: str, answer: httpx.Response) -> None:
        code = answer.json().get("code") if answer.status_code >= 400 else "taken"
        self.see(what, wanted, f"{answer.status_code} {code}")

    def see(self, what: str, wanted: object, found: object) -> None:
        self.lines.append(Line(what, str(wanted), str(found), wanted == found))

    def until(self, what: str, wanted: object, look: Callable[[], object]) -> None:
        """What it comes to within the time that a person would wait."""
        end = time.monotonic() + PATIENCE_S
        while (found := look()) != wanted and time.monotonic() < end:
            time.sleep(1)
        self.see(what, wanted, found)

    def at_meta(self, item: str) -> dict[str, Any] | None:
        """An item as the sandbox's Meta has it."""
        items = self.http.get("/sandbox/catalogues/pwani").raise_for_status().json()["items"]
        return next((one for one in items if one["id"] == item), None)

    def field_at_meta(self, item: str, name: str) -> object:
        found = self.at_meta(item)
        return found["data"].get(name) if found else None

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = self.get("/catalogue")["catalogue"]["counts"]
        return found

    def problem(self) -> object:
        return self.get("/catalogue")["catalogue"]["problem_code"]

    def pieces(self, which: str) -> list[str]:
        return [one["name"] for one in self.get(f"/catalogue/pieces?filter={which}")["items"]]


def all_is_there(tour: Tour) -> dict[str, Any]:
    """The catalogue is connected and filled; a piece of it with all its colours and sizes."""
    choices = tour.get("/catalogue/choices")["items"]
    tour.see("WhatsApp shows", "Pwani Styles catalogue", choices[0]["name"])
    connected = tour.call("PUT", "/catalogue", json={"catalogue_id": choices[0]["id"]})
    tour.see("connected", 200, connected.status_code)
    tour.until("nothing is on its way", 0, lambda: on_the_way(tour))
    counts = tour.counts()
    tour.see("Meta approved all", counts["items"], counts["approved"])
    tour.see("refused, different", (0, 0), (counts["rejected"], counts["drifted"]))
    return dict(tour.get("/catalogue/pieces?limit=1")["items"][0])


def on_the_way(tour: Tour) -> int:
    counts = tour.counts()
    return counts["waiting"] + counts["in_review"]


def changes_reach_meta(tour: Tour, piece: dict[str, Any]) -> None:
    item, path = piece["items"][0]["retailer_id"], f"/products/{piece['product_id']}"
    before = tour.get(path)
    tour.call("PATCH", path, json={"price_minor": 123400}).raise_for_status()
    tour.until("a new price", "1234.00 KES", lambda: tour.field_at_meta(item, "price"))
    tour.call("PATCH", path, json={"active": False}).raise_for_status()
    tour.until("archived: deleted there", None, lambda: tour.at_meta(item))
    tour.call("PATCH", path, json={"active": True, "price_minor": before["price_minor"]})
    tour.until("on sale again", True, lambda: tour.at_meta(item) is not None)
    tour.until("and approved", 0, lambda: on_the_way(tour))


def a_refusal_is_told(tour: Tour, piece: dict[str, Any]) -> None:
    path = f"/products/{piece['product_id']}"
    before = tour.get(path)["description"]
    tour.call("PATCH", path, json={"description": "Warm as fur"}).raise_for_status()
    tour.until("Meta refuses a word", [piece["name"]], lambda: tour.pieces("rejected"))
    told = tour.get("/catalogue/pieces?filter=rejected")["items"][0]["items"][0]["errors"]
    tour.see("  with its reason", True, any("POLICY_VIOLATION" in one for one in told))
    tour.call("PATCH", path, json={"description": before}).raise_for_status()
    tour.until("put right: approved", [], lambda: tour.pieces("rejected"))


def differences_are_settled(tour: Tour, piece: dict[str, Any]) -> None:
    item = piece["items"][0]["retailer_id"]
    before = tour.get(f"/products/{piece['product_id']}")
    drift(tour, item, price="4321.00 KES")
    tour.until("changed there: told", [piece["name"]], lambda: tour.pieces("drifted"))
    settle = f"/catalogue/pieces/{piece['product_id']}"
    [shown] = tour.get("/catalogue/pieces?filter=drifted")["items"]
    told = {"theirs_digest": shown["theirs_digest"]}
    taken = tour.call("POST", f"{settle}/taken-over", json=told).raise_for_status().json()
    now = tour.get(f"/products/{piece['product_id']}")
    prices = [now["price_minor"], *(one["price_minor"] for one in now["variants"])]
    tour.see("theirs is ours", True, 432100 in prices and taken["name"] is None)
    undo_prices(tour, before)
    tour.until("put back, and sent", 0, lambda: on_the_way(tour))

    drift(tour, item, title="Somebody's name")
    tour.until("changed again: told", [piece["name"]], lambda: tour.pieces("drifted"))
    tour.see("ours sent again", 200, tour.call("POST", f"{settle}/sent-again").status_code)
    tour.until("Meta has ours", piece["name"], lambda: tour.field_at_meta(item, "title"))
    tour.until("no difference is left", [], lambda: tour.pieces("drifted"))


def drift(tour: Tour, item: str, **changed: str) -> None:
    """Somebody changes an item in Meta's own pages, and we compare."""
    tour.until("  all is settled", 0, lambda: on_the_way(tour))
    tour.http.post(f"/sandbox/catalogues/pwani/items/{item}", json=changed).raise_for_status()
    tour.call("POST", "/catalogue/readings").raise_for_status()


def undo_prices(tour: Tour, before: dict[str, Any]) -> None:
    path = f"/products/{before['id']}"
    tour.call("PATCH", path, json={"price_minor": before["price_minor"]}).raise_for_status()
    for one in before["variants"]:
        variant = f"{path}/variants/{one['id']}"
        tour.call("PATCH", variant, json={"price_minor": one["price_minor"]}).raise_for_status()


def strangers_are_listed(tour: Tour) -> None:
    item = {"title": "Old bag", "price": "900.00 KES"}
    tour.http.post("/sandbox/catalogues/pwani/items/old-bag", json=item).raise_for_status()
    tour.call("POST", "/catalogue/readings").raise_for_status()
    tour.until("an item of nobody", 1, lambda: tour.counts()["foreign"])
    found = tour.get("/catalogue/foreign-items")["items"]
    tour.see("  as it is there", ("Old bag", 90000), named(found[0]) if found else None)
    tour.http.delete("/sandbox/catalogues/pwani/items/old-bag").raise_for_status()
    tour.call("POST", "/catalogue/readings").raise_for_status()
    tour.until("gone there: gone here", 0, lambda: tour.counts()["foreign"])


def named(item: dict[str, Any]) -> tuple[str, int]:
    return item["theirs"]["name"], item["theirs"]["price_minor"]


def meta_is_not_well(tour: Tour) -> None:
    """Too many calls, then an access key that died: told, and it goes on when that is over."""
    tour.http.post("/sandbox/faults", json={"catalogue": {"busy_next": 1}}).raise_for_status()
    tour.call("POST", "/catalogue/pushes", json={"everything": True}).raise_for_status()
    tour.until("Meta is busy: told", "80014", tour.problem)
    tour.call("POST", "/catalogue/pushes", json={"everything": False}).raise_for_status()
    tour.until("asked again: sent", 0, lambda: on_the_way(tour))
    tour.see("  and no problem is left", None, tour.problem())
    tour.http.post("/sandbox/accounts/pwani/new-token").raise_for_status()
    tour.call("POST", "/catalogue/readings").raise_for_status()
    tour.until("the access key died: told", "190", tour.problem)
    tour.see("  and the clock stops", "refused", tour.get("/catalogue")["catalogue"]["state"])
    tour.http.post("/sandbox/accounts", json=PWANI.model_dump(mode="json")).raise_for_status()
    tour.call("POST", "/catalogue/readings").raise_for_status()
    tour.until("the key is right again", None, tour.problem)


def go_wrong(tour: Tour, piece: dict[str, Any], reads: str, other: tuple[str, str]) -> None:
    settle = f"/catalogue/pieces/{piece['product_id']}"
    nowhere = "/catalogue/pieces/00000000-0000-0000-0000-000000000000/sent-again"
    wrong = {"catalogue_id": "123456789"}
    answer = tour.call("PUT", "/catalogue", json=wrong)
    tour.refused("nobody's catalogue", "409 catalogue_refused", answer)
    tour.refused("no number at all", "422 invalid_value",
                 tour.call("PUT", "/catalogue", json={"catalogue_id": "mine"}))  # fmt: skip
    tour.refused("nothing differs", "404 not_found", tour.call("POST", f"{settle}/taken-over"))
    tour.refused("no such piece", "404 not_found", tour.call("POST", nowhere))
    tour.refused("a key that only reads", "403 key_reads_only",
                 tour.call("POST", "/catalogue/readings", key=reads))  # fmt: skip
    tour.refused("a filter there is not", "422 invalid_value",
                 tour.call("GET", "/catalogue/pieces?filter=lost"))  # fmt: skip
    shop, token = other
    theirs = Tour(tour.http, shop, token)
    tour.refused("a shop at Twilio", "409 not_on_meta", theirs.call("GET", "/catalogue/choices"))
    tour.refused("another shop's", "404 not_found", tour.call("GET", "/catalogue", key=token))


def play(base_url: str) -> list[Line]:
    """Every line of the tour. Raises httpx.HTTPStatusError if the demo lets no owner in."""
    with httpx.Client(base_url=base_url, timeout=60.0, follow_redirects=True) as http:
        shop, token = sign_in(http, OWNER)
        keys = Tour(http, shop, token)
        writes, reads = (
            keys.call("POST", "/api-keys", json={"name": "Tour", "may_write": may})
            .raise_for_status()
            .json()
            for may in (True, False)
        )
        tour = Tour(http, shop, writes["key"])
        try:
            piece = all_is_there(tour)
            changes_reach_meta(tour, piece)
            a_refusal_is_told(tour, piece)
            differences_are_settled(tour, piece)
            strangers_are_listed(tour)
            meta_is_not_well(tour)
            go_wrong(tour, piece, reads["key"], sign_in(http, OTHER_OWNER))
        finally:
            for made in (writes, reads):
                keys.call("DELETE", f"/api-keys/{made['api_key']['id']}").raise_for_status()
    return tour.lines


def sign_in(http: httpx.Client, email: str) -> tuple[str, str]:
    """The person's shop, and a token."""
    session = http.post(
        "/auth/v1/token?grant_type=password", json={"email": email, "password": PASSWORD}
    )
    token = str(session.raise_for_status().json()["access_token"])
    me = http.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    return str(me.raise_for_status().json()["boutiques"][0]["boutique_id"]), token


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
