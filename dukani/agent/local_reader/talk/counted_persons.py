"""Leaves out counts said again to tell whose the units are: "mbili, moja yangu moja ya siz"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.local_reader.talk.wearers_said import WearerSaid

_NUMBER = r"(?P<count>one|two|three|four|moja|mbili|tatu|nne|[1-9])"
_COUNT_OF = re.compile(
    rf"(?:[,;:]|\b(?:and|na|n|iwe|ziwe)\b)?\s*\b{_NUMBER} (?:iwe |is |ni )?$", re.IGNORECASE
)
_TOTAL = re.compile(
    rf"\b{_NUMBER}(?: (?:of them|pairs?|pcs|jozi))?\s*(?:[-,.;:]\s*)?$", re.IGNORECASE
)


def counts_cut(text: str, said: Sequence[WearerSaid]) -> list[WearerSaid]:
    """The wearers, each with its count where a total said before counts the same units.

    "Fanya mbili, moja yangu na moja ya siz": the ones are the two.
    """
    counted = [_COUNT_OF.search(text, 0, one.start) for one in said]
    if len(said) < 2 or not all(counted) or not all(one.cut for one in said):
        return list(said)
    first = counted[0]
    starts = [found.start() for found in counted if found]
    parts = [text[one.end : at] for one, at in zip(said, starts[1:], strict=False)]
    total = _TOTAL.search(text, 0, first.start()) if first else None
    summed = sum(_value(found["count"]) for found in counted if found)
    if total is None or _value(total["count"]) != summed or any(part.strip() for part in parts):
        return list(said)
    return [replace(one, start=at) for one, at in zip(said, starts, strict=True)]


def _value(word: str) -> int:
    return int(word) if word.isdigit() else int(str(WORDS[word.lower()].value))
