"""Markup in everything that people write is text on every page, seen in a browser.

A demo's names, messages, notes, captions and titles are written over with an image that would run a
script; then a browser walks through the window and what is paid there, the dashboard, and the pages
of whoever runs the installation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, sync_playwright
from psycopg import sql

from dukani.core.embedded import DATABASE
from dukani.core.settings import ROOT
from tests.demos import Demo
from tests.filled_demos import FilledDemos
from tests.integration.sandbox.test_phone_page import CHROMIUM
from tests.integration.storefront.conftest import PERSON

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
PLANTED = "<img src=x onerror=alert(1)>"  # short, since some names may have no more than 40 letters
WRITTEN = re.compile(
    r"(name|title|body|text|notes?|description|label|address|owner_name|reason|status_reason"
    r"|handoff_reason|shortcut|english|swahili|buyer|problem|said|caption|question|answer|tag)"
)
MOST_PAGES, OF_A_KIND = 80, 2
SOON_MS = 1_500  # until a page shows its rows; some have none
LEADS_AWAY = re.compile(r"/(ask|chat)\b|^[^?]*/l/")  # to WhatsApp


@pytest.fixture
def demo(filled_demos: FilledDemos, tmp_path: Path) -> Iterator[Demo]:
    with filled_demos.run(tmp_path, products=40) as demo:
        yield demo


def connected(demo: Demo) -> psycopg.Connection[Any]:
    where = f"postgresql://postgres:@/{DATABASE}?host={demo.folder / 'postgres'}"
    return psycopg.connect(where, autocommit=True)


def plant(demo: Demo) -> set[str]:
    """Writes over every text that takes it; which ones."""
    taken = set()
    with connected(demo) as conn:
        conn.execute("set session_replication_role = replica")  # ledgers too
        conn.execute("set statement_timeout = '20s'")
        for table, column in conn.execute(
            "select c.table_name, c.column_name from information_schema.columns c"
            " join information_schema.tables t using (table_schema, table_name)"
            " where c.table_schema = 'public' and c.data_type = 'text'"
            " and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'"
        ).fetchall():
            if WRITTEN.fullmatch(column) and _written_over(conn, table, column):
                taken.add(f"{table}.{column}")
        conn.execute(
            "update boutiques set shop_info = shop_info || jsonb_build_object('location', %s::text,"
            " 'returns', %s::text)",
            (PLANTED, PLANTED),
        )
    return taken


def _written_over(conn: psycopg.Connection[Any], table: str, column: str) -> bool:
    # What is unique stays so: each row has a number behind the markup.
    change = sql.SQL(
        "update {t} set {c} = {markup} || ' ' || n.row"
        " from (select ctid as at, row_number() over () as row from {t} where {c} <> '') n"
        " where {t}.ctid = n.at"
    ).format(t=sql.Identifier(table), c=sql.Identifier(column), markup=sql.Literal(PLANTED))
    try:
        with conn.transaction():
            return conn.execute(change).rowcount > 0
    except psycopg.errors.IntegrityError:
        return False  # one of a few words, or a key


class Walk:
    """Goes through pages, and notes what must not be."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.shown: set[str] = set()  # pages on which the markup stands as text
        self.seen: dict[str, int] = {}
        page.on("dialog", self._dialog)
        page.on("console", lambda said: self._said(said.text))
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"{self.page.url}: a script ran")
        dialog.dismiss()

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text or "violates" in text:
            self.wrong.append(f"{self.page.url}: {text[:200]}")

    def look(self, url: str) -> list[str]:
        """Opens a page, and looks; its links within our own origin."""
        self.page.goto(url, wait_until="load")
        try:
            self.page.wait_for_function(
                "t => document.body.innerText.includes(t)", arg=PLANTED, timeout=SOON_MS
            )
            self.shown.add(kind_of(url))
        except Exception as error:
            if "Timeout" not in type(error).__name__:
                raise
        made = self.page.evaluate("document.querySelectorAll('img[src=\"x\"], [onerror]').length")
        if made:
            self.wrong.append(f"{url}: {made} elements were made of markup")
        found: list[str] = self.page.evaluate("[...document.links].map(one => one.href)")
        return found

    def walk(self, start: list[str], base: str) -> None:
        waiting = [f"{base}{path}" for path in start]
        while waiting and sum(self.seen.values()) < MOST_PAGES:
            url = waiting.pop(0)
            kind = kind_of(url)
            if (
                not url.startswith(base)
                or LEADS_AWAY.search(url)
                or self.seen.get(kind, 0) >= OF_A_KIND
            ):
                continue
            self.seen[kind] = self.seen.get(kind, 0) + 1
            waiting += [one for one in self.look(url) if kind_of(one) not in self.seen]


def kind_of(url: str) -> str:
    """Pages that differ in an id only are of one kind."""
    parts = urlsplit(url)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", parts.path)
    path = re.sub(r"^(/s/[^/]+/p)/.*", r"\1/SKU", path)
    path = re.sub(r"^(/s/pay)/.*", r"\1/TOKEN", path)
    return f"{path}?{','.join(name for name, _ in parse_qsl(parts.query))}"


def screens(of: str) -> list[str]:
    """Every screen of the shop's people or of the platform's, from the folders it is made of."""
    app = ROOT / f"dashboard/src/app/({of})"
    found = (file.parent.relative_to(app).as_posix() for file in app.rglob("page.tsx"))
    return sorted("/" if one == "." else f"/{one}" for one in found if "[" not in one)


def a_link_to_pay(demo: Demo, base: str) -> str:
    """Where a visitor pays for the pieces in the window's cart."""
    with connected(demo) as conn:
        piece = conn.execute(
            "select v.id::text, p.sku from product_variants v"
            " join products p on p.id = v.product_id join boutiques b on b.id = p.boutique_id"
            " where b.slug = 'zuri' and v.quantity > 1 limit 1"
        ).fetchone()
    assert piece is not None
    asked = {"address": "Kilimani, Argwings Kodhek Rd", "phone": "0722 000 111"}
    with httpx.Client(base_url=f"{base}/s/zuri/cart", headers=PERSON) as visitor:
        visitor.post("/add", data={"variant": piece[0], "sku": piece[1]})
        total = re.search(r'agreed_minor" value="(\d+)"', visitor.post("/total", data=asked).text)
        assert total is not None
        ordered = visitor.post("/order", data=asked | {"agreed_minor": total[1]})
    assert ordered.headers["location"].startswith("/s/pay/"), ordered.text
    return str(ordered.headers["location"])


def sign_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_markup_is_text_on_every_page(demo: Demo) -> None:
    # given markup wherever people write
    planted = plant(demo)
    assert {"customers.name", "products.name", "messages.body", "boutiques.name"} <= planted
    base = f"http://127.0.0.1:{demo.port}"
    logins = httpx.get(f"{base}/config.json").json()["demo_logins"]
    names = {one["role"]: one["name"] for one in reversed(logins)}
    to_pay = a_link_to_pay(demo, base)
    with connected(demo) as conn:
        codes = conn.execute(
            "select code from automation_sends where code is not null limit 1"
        ).fetchall()

    # when a browser goes through the window, and an owner through the dashboard
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        walk = Walk(browser.new_page(viewport={"width": 1280, "height": 900}))
        links = [f"/{kind}/{code}" for (code,) in codes for kind in "ol"]
        window = ["/s/zuri", "/s/zuri/cart", "/s/zuri/offers", "/s/zuri/privacy", to_pay]
        walk.walk([*window, *links], base)
        sign_in(walk.page, base, names["owner"])
        walk.walk([*screens("shop"), "/phone"], base)
        admin = Walk(browser.new_page(viewport={"width": 1280, "height": 900}))
        sign_in(admin.page, base, names["platform_admin"])
        admin.walk(screens("platform"), base)
        browser.close()

    # then it is words there, and nothing ran
    assert [*walk.wrong, *admin.wrong] == []
    assert "/s/pay/TOKEN?" in walk.shown
    assert "/platform?" in admin.shown and len(admin.seen) >= 5, sorted(admin.seen)
    assert len(walk.shown) >= 12, sorted(walk.shown)
