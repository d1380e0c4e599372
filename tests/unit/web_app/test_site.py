"""Pages are found as browsers ask for them, and come with the headers they need."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest

from dukani.web_app.site import build_site

PAGE = b"<html><script>one()</script><script src=/a.js></script><script>two()</script></html>"
CONTENTS = {
    ".sources": b"0123",
    "index.html": b"today",
    "404.html": b"not here",
    "orders.html": PAGE,
    "orders/__next._full.txt": b"0:{}",
    "s/index.html": b"shop",
    "_next/static/chunks/a.js": b"go();" * 400,
    "_next/static/media/g.woff2": bytes(range(200)),
}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/", b"today"),
        ("/orders", PAGE),
        ("/orders/", PAGE),
        ("/orders.html", PAGE),
        ("/s", b"shop"),
        ("/orders/__next._full.txt", b"0:{}"),
        ("/customers", None),
        ("/.sources", None),  # says what the build is of, and is no page
        ("/../pyproject.toml", None),
    ],
)
def test_a_path_finds_its_file(path: str, content: bytes | None):
    found = build_site(CONTENTS).find(path)

    assert (found and found.content) == content


def test_a_name_with_a_hash_is_kept_for_good_and_a_page_is_asked_for_again():
    site = build_site(CONTENTS)

    script, page = site.find("/_next/static/chunks/a.js"), site.find("/orders")

    assert script and "immutable" in script.headers["cache-control"]
    assert page and page.headers["cache-control"] == "no-cache"


def test_text_is_compressed_and_a_font_is_not():
    site = build_site(CONTENTS)

    script, font = site.find("/_next/static/chunks/a.js"), site.find("/_next/static/media/g.woff2")

    assert script and script.compressed and gzip.decompress(script.compressed) == script.content
    assert font and font.compressed is None
    assert font.headers["content-type"] == "font/woff2"


def test_the_policy_allows_the_page_its_own_inline_scripts_and_no_other():
    page = build_site(CONTENTS, pictures=["https://media.test"]).find("/orders")

    assert page
    policy = dict(
        part.split(" ", 1) for part in page.headers["content-security-policy"].split("; ")
    )
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"
        for text in (b"one()", b"two()")
    }
    assert set(policy["script-src"].split()) == {"'self'", *hashes}
    assert "https://media.test" in policy["img-src"].split()
    assert policy["default-src"] == "'none'"


def test_a_worker_calls_nobody_and_is_asked_for_again() -> None:
    worker = build_site({"alerts-worker.js": b"self"}).find("/alerts-worker.js")

    assert worker is not None
    assert worker.headers["content-security-policy"] == "default-src 'none'"
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"


def test_the_app_can_be_put_on_the_home_screen() -> None:
    manifest = build_site({"manifest.webmanifest": b"{}"}).find("/manifest.webmanifest")

    assert manifest is not None
    assert manifest.headers["content-type"] == "application/manifest+json"
