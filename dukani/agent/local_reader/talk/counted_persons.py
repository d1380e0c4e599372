"""Leaves out counts said again to tell whose the units are: "mbili, moja yangu moja ya siz".

Likewise "the other" of a count just told: "make it two, the other is for my sister".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.local_reader.talk.wearers_found import WearerSaid

_OF_CLASSES = {"wawili": 2, "viwili": 2, "mawili": 2, "watatu": 3, "vitatu": 3, "matatu": 3}
_NUMBER = rf"(?P<count>one|two|three|four|moja|mbili|tatu|nne|{'|'.join(_OF_CLASSES)}|[1-9])"
_COUNT_OF = re.compile(
    rf"(?:[,;:]|\b(?:and|na|n|iwe|ziwe)\b)?\s*\b{_NUMBER} (?:iwe |is |ni )?$", re.IGNORECASE
)
_TOTAL = re.compile(
    rf"\b{_NUMBER}(?: (?:of them|pairs?|pcs|jozi))?\s*(?:[-,.;:]\s*)?$", re.IGNORECASE
)


_OTHER = re.compile(
    r"[,.;:]?\s*\b(?:(?:and|na) )?(?:(?:the )?(?:other|second)(?: one| pair)?|(?:[yzl]a|cha) pili"
    r"|(?:hiyo |ile )?(?:n?yingine|ingine|lingine|kingine))(?: (?:is|ni|iwe|itakuwa))? ?$",
    re.IGNORECASE,
)


def counts_cut(text: str, said: Sequence[WearerSaid]) -> list[WearerSaid]:
    """The wearers, each with its count where a total said before counts the same units.

    "Fanya mbili, moja yangu na moja ya siz": the ones are the two.
    """
    counted = [_COUNT_OF.search(text, 0, one.start) for one in said]
    if len(said) == 1 and said[0].cut and (at := _added_at(text, said[0])) is not None:
        act = said[0].act.model_copy(update={"units": _units(text, said[0])})
        return [replace(said[0], start=at, act=act)]
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


def _units(text: str, one: WearerSaid) -> int | None:
    """How many of more than two are for the person: "make it three, one for my sister"."""
    found = _COUNT_OF.search(text, 0, one.start)
    total = _TOTAL.search(text, 0, found.start()) if found else None
    if found is None or total is None or _value(total["count"]) < 3:
        return None
    return _value(found["count"])


def _added_at(text: str, one: WearerSaid) -> int | None:
    """Where the words for one of the units begin that a total before counts; None: it counts none.

    "Ziwe mbili, ya pili ni …" is of the second of two.
    """
    found = _OTHER.search(text, 0, one.start) or _COUNT_OF.search(text, 0, one.start)
    total = _TOTAL.search(text, 0, found.start()) if found else None
    if found is None or total is None or _value(total["count"]) < 2:
        return None
    counted = found.groupdict().get("count")
    return found.start() if counted is None or _value(counted) < _value(total["count"]) else None


def _value(word: str) -> int:
    word = word.lower()
    if word in _OF_CLASSES:
        return _OF_CLASSES[word]
    return int(word) if word.isdigit() else int(str(WORDS[word].value))
