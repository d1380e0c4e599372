"""What a customer says again replaces what was said of the same thing before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dukani.domain.sizing.evidence import Aged, Bought, Evidence, Fitted, Measured


def still_said(evidence: Sequence[Evidence]) -> list[Evidence]:
    """All purchases and fits, and of each other thing the latest: "I wear 14" ends "I wear 12".

    Two things of one moment ("12 or 14") both stay, and so do fits: each is of another garment.
    """
    latest: dict[tuple[object, ...], datetime] = {}
    for one in evidence:
        subject = _subject(one)
        latest[subject] = max(one.at, latest.get(subject, one.at))
    return [one for one in evidence if one.at == latest[_subject(one)]]


def _subject(one: Evidence) -> tuple[object, ...]:
    if isinstance(one, Bought | Fitted):
        return type(one), one.at
    if isinstance(one, Measured):
        return "measured", one.measure
    return ("aged",) if isinstance(one, Aged) else ("stated", one.category)
