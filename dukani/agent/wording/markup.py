"""Formats WhatsApp text (bold, money, lists) and cleans names so they cannot break the markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dukani.agent.facts import Voice
from dukani.core.money import format_money

MAX_NAME = 60  # characters of a name; longer ones are cut
MAX_LISTED = 8  # words of a list; further ones are left out

_MARKS = re.compile(r"[*_~`\s]+")
# Invisible characters that reverse the text direction or hide text.
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES = re.compile('[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"]')


def clean(text: str, *, limit: int = MAX_NAME) -> str:
    """`text` on one line, without WhatsApp's formatting marks, in at most `limit` characters."""
    plain = _MARKS.sub(" ", _HIDDEN.sub("", text)).strip()
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def quoted(text: str, *, limit: int) -> str:
    """`“text”`: another person's words on one line, which cannot pass for ours.

    Formatting marks are stripped, and inner quotation marks become single ones, so that only the
    last one closes the quote. Empty for a text of marks only.
    """
    plain = clean(_QUOTES.sub("'", text), limit=limit)
    return f"“{plain}”" if plain else ""


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut between words if at least half of it stays."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    whole = head if text[limit - 1] == " " else head.rpartition(" ")[0]
    kept = whole if len(whole) >= limit // 2 else head
    return kept.rstrip(" ,·") + "…"


def bold(text: str) -> str:
    """`*text*`; nothing for a text of formatting marks only."""
    plain = clean(text)
    return f"*{plain}*" if plain else ""


def price(amount_minor: int, voice: Voice) -> str:
    """The amount in bold, with its currency."""
    return bold(format_money(amount_minor, voice.currency))


def join(*sentences: str) -> str:
    """The non-empty sentences, with a space between them."""
    return " ".join(sentence for sentence in sentences if sentence)


def lines(*parts: str) -> str:
    """The non-empty parts, each on its own line."""
    return "\n".join(part for part in parts if part)


def listed(words: Iterable[str], *, last: str) -> str:
    """`a, b or c` with `last` as "or"; at most `MAX_LISTED` words."""
    items = [word for word in words if word][:MAX_LISTED]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def bold_listed(words: Iterable[str], *, last: str) -> str:
    """`*a*, *b* or *c*`."""
    return listed([bold(word) for word in words], last=last)


def example(words: Sequence[str], *, fallback: str) -> str:
    """A word to give as an example answer, in bold: the second of several, else the first."""
    if not words:
        return bold(fallback)
    return bold(words[min(1, len(words) - 1)])
