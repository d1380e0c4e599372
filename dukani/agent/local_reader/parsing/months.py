"""Recognises sizes of babies, which shops file by months: "6-12M", "miezi 6 hadi 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.tables import Entry
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set

MONTHS = word_set("ages", "months")
THROUGH = frozenset(("-", "to", "mpaka", "hadi"))
_FILED = re.compile(r"(\d{1,2})\s*[-–/]\s*(\d{1,2})\s*(?:m|mths|months|miezi)", re.IGNORECASE)


def is_by_months(size: str) -> bool:
    return _FILED.fullmatch(size.strip()) is not None


def said_by_months(size: str) -> Iterator[tuple[str, ...]]:
    """Ways to say a size by months: "6-12M" as "6 to 12 months", "miezi 6 hadi 12"."""
    found = _FILED.fullmatch(size.strip())
    if found is None:
        return
    low, high = found.groups()
    for through in THROUGH:
        yield low, through, high
        for unit in ("m", *MONTHS):
            yield low, through, high, unit
            yield low, unit, through, high, unit
        for unit in MONTHS:
            yield unit, low, through, high


def span_said(tokens: Sequence[Token], at: int) -> tuple[int, Entry] | None:
    """(end, size) of a span of months from here, though nothing is sold in it."""
    texts = [token.text for token in tokens[at : at + 4]]
    if texts[:1] and texts[0] in MONTHS:
        low, through, high = (*texts[1:], "", "", "")[:3]
        unit = texts[0]
    else:
        low, through, high, unit = (*texts, "", "", "", "")[:4]
    numbers = low.isdigit() and high.isdigit()
    if not numbers or through not in THROUGH or unit not in MONTHS | {"m"}:
        return None
    return at + 4, Entry("size", f"{low}-{high}M")


def size_at(months: int, sizes: Sequence[str]) -> str | None:
    """The one size for a baby so many months old; None where none or several are."""
    fitting = [size for size in sizes if _holds(size, months)]
    return fitting[0] if len(fitting) == 1 else None


def _holds(size: str, months: int) -> bool:
    found = _FILED.fullmatch(size.strip())
    return found is not None and int(found[1]) <= months < int(found[2])
