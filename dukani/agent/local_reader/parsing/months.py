"""Recognises sizes of babies, which shops file by months: "6-12M", "miezi 6 hadi 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.tables import Entry
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import compound_at

MONTHS = word_set("ages", "months")
UNITS = MONTHS | {"m"}
THROUGH = frozenset(("-", "to", "mpaka", "hadi"))
_FILED = re.compile(r"(\d{1,2})\s*[-–/]\s*(\d{1,2})\s*(?:m|mths|months|miezi)", re.IGNORECASE)


_SINGLE = re.compile(r"(\d{1,2})\s*(?:m|mths|months|mo|miezi)", re.IGNORECASE)  # "6M"


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


def span_said(
    tokens: Sequence[Token], at: int, sizes: Sequence[str] = ()
) -> tuple[int, Entry] | None:
    """(end, size) of a span of months from here, as one of `sizes` where it is sold.

    "six to twelve months", "miezi sita hadi kumi na mbili", "6 months to 12 months".
    """
    ahead = at + 1 if _text(tokens, at) in MONTHS else at
    low, end = _number_at(tokens, ahead)
    end += ahead == at and _text(tokens, end) in UNITS
    if not low or _text(tokens, end) not in THROUGH:
        return None
    high, end = _number_at(tokens, end + 1)
    if not high or (ahead == at and _text(tokens, end) not in UNITS):
        return None
    end += ahead == at
    filed = (
        size
        for size in sizes
        if (one := _FILED.fullmatch(size.strip())) is not None
        and (int(one[1]), int(one[2])) == (low, high)
    )
    return end, Entry("size", next(filed, f"{low}-{high}M"))


def _number_at(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """(the number here, its end), in digits or words; 0 where none is."""
    if at >= len(tokens):
        return 0, at
    if figure := compound_at(tokens, at):
        return figure.value, figure.end
    said = tokens[at].value if tokens[at].kind == "number" else tokens[at].text
    return (int(said) if said.isdecimal() and len(said) < 3 else 0), at + 1


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def size_at(months: int, sizes: Sequence[str]) -> str | None:
    """The one size for a baby so many months old; None where none or several are."""
    fitting = [size for size in dict.fromkeys(sizes) if _is_of(size, months)]
    fitting = fitting or [size for size in dict.fromkeys(sizes) if _holds(size, months)]
    return fitting[0] if len(fitting) == 1 else None


def _is_of(size: str, months: int) -> bool:
    """Whether the size is for just so many months: "12M"."""
    found = _SINGLE.fullmatch(size.strip())
    return found is not None and int(found[1]) == months


def _holds(size: str, months: int) -> bool:
    found = _FILED.fullmatch(size.strip())
    return found is not None and int(found[1]) <= months < int(found[2])
