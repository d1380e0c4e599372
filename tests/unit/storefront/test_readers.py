"""Who opens a link: a person's browser, a chat that draws a preview, or a bot."""

from __future__ import annotations

import pytest

from dukani.core.store.personal_pages import OpenedBy
from dukani.storefront.readers import reader_of

CHROME = (
    "Mozilla/5.0 (Linux; Android 13; TECNO BG6) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/131.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "reader"),
    [
        (CHROME, "person"),
        (f"{CHROME} [WhatsApp/2.24.20.89]", "person"),  # the browser inside WhatsApp
        ("Opera/9.80 (Android; Opera Mini/36.2/119.132; U; en) Presto/2.12", "person"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15", "person"),
        ("WhatsApp/2.24.20.89 A", "preview"),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "preview"),
        ("TelegramBot (like TwitterBot)", "preview"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot"),
        ("curl/8.5.0", "bot"),
        ("python-httpx/0.28.1", "bot"),
        ("", "bot"),
    ],
)  # fmt: skip
def test_a_reader_is_known_by_its_name(agent: str, reader: OpenedBy):
    assert reader_of({"user-agent": agent}) == reader


@pytest.mark.parametrize("header", ["sec-purpose", "purpose", "x-moz"])
def test_a_page_that_is_fetched_ahead_was_not_opened(header: str):
    assert reader_of({"user-agent": CHROME, header: "prefetch;prerender"}) == "preview"
