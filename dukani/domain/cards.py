"""Reads phone numbers and names from contact cards, WhatsApp's and vCard files. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

MOST_NUMBERS = 5  # offered to choose from; a card with more is somebody's whole address book
_TEL = re.compile(r"^(?:[\w-]+\.)?TEL(?P<how>[;:].*)$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"^(?:[\w-]+\.)?FN(?:;[^:\n]*)?:(?P<name>.*)$", re.IGNORECASE | re.MULTILINE)
_BEGIN = re.compile(r"^BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_WA_ID = re.compile(r"waid=(\d{6,15})", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?")  # as vCards end their lines
_FOLDED = re.compile(r"\n[ \t]")  # a long line of a vCard goes on in the next


class CardNumber(NamedTuple):
    """A number as it is written on a card, and the name on that card."""

    number: str
    name: str = ""


def numbers_of(payload: Mapping[str, Any], vcards: Sequence[str] = ()) -> tuple[CardNumber, ...]:
    """Every number once, as written, the payload's cards first and then the vCard files."""
    cards = [card for card in _listed(payload.get("contacts")) if isinstance(card, Mapping)]
    written = [number for card in cards for number in _of_card(card)]
    files = [number for vcards_of_file in vcards for number in _of_vcards(vcards_of_file)]
    first: dict[str, CardNumber] = {}
    for found in [*written, *files]:
        first.setdefault(found.number, found)
    return tuple(first.values())


def _of_card(card: Mapping[str, Any]) -> list[CardNumber]:
    name = card.get("name")
    whose = name if isinstance(name, str) else ""
    phones = [phone for phone in _listed(card.get("phones")) if isinstance(phone, str)]
    return [CardNumber(phone, whose) for phone in phones]


def _of_vcards(file: str) -> list[CardNumber]:
    """A file may hold several cards, one after the other."""
    lines = _FOLDED.sub("", _LINE_END.sub("\n", file))
    return [found for vcard in _BEGIN.split(lines) for found in _of_vcard(vcard)]


def _of_vcard(vcard: str) -> list[CardNumber]:
    """The numbers of the TEL lines; `waid` gives a number with its country code."""
    name = _NAME.search(vcard)
    whose = name["name"].strip() if name else ""
    found = []
    for line in _TEL.finditer(vcard):
        how = line["how"]
        known = _WA_ID.search(how)
        written = how.rpartition(":")[2].strip()
        found.append(f"+{known[1]}" if known else written.removeprefix("tel:"))
    return [CardNumber(number, whose) for number in found if number]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
