"""Contact cards: the numbers on them, as they are written there. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

MOST_NUMBERS = 5  # asked about; a card with more is the shop's own address book
_TEL = re.compile(r"^(?:[\w-]+\.)?TEL(?P<how>[;:][^\r\n]*)$", re.IGNORECASE | re.MULTILINE)
_WA_ID = re.compile(r"waid=(\d{6,15})", re.IGNORECASE)
_FOLDED = re.compile(r"\r?\n[ \t]")  # a long line of a vCard goes on in the next


def numbers_of(payload: Mapping[str, Any], vcards: Sequence[str] = ()) -> tuple[str, ...]:
    """Every number once, those of the payload's cards first."""
    cards = [card for card in _listed(payload.get("contacts")) if isinstance(card, Mapping)]
    phones = [phone for card in cards for phone in _listed(card.get("phones"))]
    written = [phone for phone in phones if isinstance(phone, str)]
    told = [number for vcard in vcards for number in _of_vcard(vcard)]
    return tuple(dict.fromkeys([*written, *told]))


def _of_vcard(vcard: str) -> list[str]:
    """The TEL lines; WhatsApp's own id of a number says it with its country."""
    found = []
    for line in _TEL.finditer(_FOLDED.sub("", vcard)):
        how = line["how"]
        known = _WA_ID.search(how)
        written = how.rpartition(":")[2].strip()
        found.append(f"+{known[1]}" if known else written.removeprefix("tel:"))
    return [number for number in found if number]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
