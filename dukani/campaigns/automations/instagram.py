"""Shows a message as Instagram would: a card of its generic template. Pure.

Limits: title and subtitle 80 characters, three buttons of 20, a text of 1,000 bytes (Meta,
Instagram Messaging API, "Generic Template" and "Send a text message", read 2026-11).
"""

from __future__ import annotations

import re

from dukani.agent.wording.markup import shorten
from dukani.campaigns.automations.cards import CardButton, InstagramCard
from dukani.campaigns.automations.clauses import Lacks, Place, tidy, write
from dukani.campaigns.automations.fitting import fitted
from dukani.campaigns.automations.wording import Wording, in_language
from dukani.core.languages import Worded
from dukani.domain.automations import Content

MAX_TITLE = 80
MAX_BYTES = 1000
_MARKUP = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")  # WhatsApp's, which Instagram shows as it stands


def instagram_card(content: Content, wording: Wording, *, label: str, link: str) -> InstagramCard:
    """The piece on the card, its price below; without a piece the shop."""
    values = wording.values
    shop = wording.value("shop") or ""
    title = wording.value("product") or shop
    off = wording.value("discount")
    off_text = Worded(en="{} off", sw="punguzo {}")[wording.language].format(off) if off else None
    told = (wording.value("price") or wording.value("total"), off_text)
    pictured = content.image != "none" or "{image}" in in_language(content.text, wording.language)
    return InstagramCard(
        title=shorten(title, MAX_TITLE),
        subtitle=shorten(" · ".join(one for one in told if one) or shop, MAX_TITLE),
        text=_text(content, wording, label),
        image=values.image if pictured else None,
        buttons=(CardButton("cta", label, link or None),) if label else (),
    )


def _text(content: Content, wording: Wording, label: str) -> str:
    def cta(_name: str, place: Place) -> str | None:
        return "" if place.alone else label or None

    body = write(in_language(content.text, wording.language), wording.lookup(cta=cta))
    words = "" if isinstance(body, Lacks) else body.text
    plain = "\n".join(tidy(_MARKUP.sub("", line)) for line in words.splitlines())
    if _fits(plain):
        return plain
    return fitted(plain, lambda kept: kept, _fits)


def _fits(text: str) -> bool:
    return len(text.encode()) <= MAX_BYTES
