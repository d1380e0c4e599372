"""Writes the SMS of a message: no markup, a short link, the way out, three segments. Pure."""

from __future__ import annotations

from dukani.campaigns.automations import words
from dukani.campaigns.automations.cards import SmsText
from dukani.campaigns.automations.clauses import Lacks, Place, tidy, write
from dukani.campaigns.automations.fitting import fitted
from dukani.campaigns.automations.wording import Wording, in_language
from dukani.core.sms_segments import plain_sms, segments
from dukani.domain.automations import Content

MOST_SEGMENTS = 3


def sms_text(
    content: Content, wording: Wording, *, label: str, link: str, stop_link: str
) -> SmsText | Lacks:
    """The owner's words for SMS, or WhatsApp's; with a link even where a reply is asked for.

    `stop_link`: "" where the sender can be answered.
    """
    texts = content.sms or content.text
    text = in_language(texts, wording.language)
    cta_line = f"{label}: {link}" if link else ""

    def in_place(_name: str, place: Place) -> str | None:
        return (cta_line if place.alone else link) or None

    def moved(_name: str, place: Place) -> str | None:
        return "" if place.alone else label or None

    body = write(text, wording.lookup(cta=in_place))
    if isinstance(body, Lacks):
        return body
    if not link and not _plain(body.text):
        return Lacks("text")
    said = wording.language
    stop = words.STOP_BY_LINK[said].format(stop_link) if stop_link else words.STOP_BY_SMS[said]
    tail = [] if link in body.text else [cta_line]

    def whole(head: str, *ends: str) -> str:
        return "\n".join(part for part in (_plain(head), *map(_plain, ends), stop) if part)

    made = whole(body.text, *tail)
    shortened = segments(made).count > MOST_SEGMENTS
    if shortened:
        without = write(text, wording.lookup(cta=moved))
        head = _plain(body.text if isinstance(without, Lacks) else without.text)
        made = fitted(head, lambda kept: whole(kept, cta_line), _fits)
    counted = segments(made)
    return SmsText(made, counted.count, counted.encoding, shortened)


def _fits(text: str) -> bool:
    return segments(text).count <= MOST_SEGMENTS


def _plain(text: str) -> str:
    """Without markup, and without what stood around an emoji that is gone."""
    lines = [tidy(line) for line in plain_sms(text).splitlines()]
    return "\n".join(line for line in lines if line)
