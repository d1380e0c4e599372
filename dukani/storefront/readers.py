"""Tells people from the machines that open a link before them: previews and bots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from crawlerdetect import CrawlerDetect

from dukani.core.store.personal_pages import OpenedBy

# Those that draw the picture beside a link in a chat. WhatsApp's own browser names itself
# otherwise: it is a Mozilla with WhatsApp behind.
_PREVIEWS = re.compile(
    r"^WhatsApp/|facebookexternalhit|Facebot|meta-externalagent|TelegramBot|Twitterbot|Slackbot"
    r"|SkypeUriPreview|Discordbot|LinkedInBot|Google-PageRenderer|Viber",
    re.IGNORECASE,
)
_BROWSER_OF_A_CHAT = re.compile(r"(?<=.)\[?WhatsApp/[\d.]+\]?", re.IGNORECASE)
_AHEAD_OF_TIME = ("purpose", "sec-purpose", "x-purpose", "x-moz")


def reader_of(headers: Mapping[str, str]) -> OpenedBy:
    """Who asks, by the request's headers (names in lower case)."""
    agent = headers.get("user-agent", "")
    if _PREVIEWS.search(agent) or any(
        word in headers.get(name, "").lower()
        for name in _AHEAD_OF_TIME
        for word in ("prefetch", "preview", "prerender")
    ):
        return "preview"
    if not agent.strip() or _detector().isCrawler(_BROWSER_OF_A_CHAT.sub("", agent)):
        return "bot"
    return "person"


@lru_cache(maxsize=1)
def _detector() -> CrawlerDetect:
    return CrawlerDetect()
