"""Parts the phone number told with an address from it: "South B, piga 0722123456 ukifika"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import read_table
from dukani.core.phone import WRITTEN_PHONE, plain_digits

SAID = read_table("addresses.toml")
BEFORE = re.compile(rf"(?:^|(?<=[\s,.;\n(]))(?:{'|'.join(SAID['before_phone'])})$", re.IGNORECASE)
BEHIND = re.compile(rf"\s*\b(?:{'|'.join(SAID['behind_phone'])})\b", re.IGNORECASE)


def without_phone(text: str) -> tuple[str, str | None]:
    """(the address alone, the words that tell the number); None: no number is told.

    The words are a note for the rider. A text that is all of one number keeps it.
    """
    plain = plain_digits(text)
    found = WRITTEN_PHONE.search(plain)
    if found is None:
        return text, None
    start, end = _start(plain, found.start()), _end(plain, found.end())
    place = f"{plain[:start].rstrip(' ,.;:-(')}, {plain[end:].lstrip(' ,.;:-)')}".strip(" ,\n")
    return (place, plain[start:end].strip()) if place else (text, None)


def _start(text: str, phone: int) -> int:
    """Where the words that lead to the phone begin: "call me on …", "namba yangu ni …"."""
    led = BEFORE.search(text[:phone].rstrip())
    return led.start() if led else phone


def _end(text: str, phone: int) -> int:
    """Where the words behind the phone end: "… ukifika", "… when you get here"."""
    behind = BEHIND.match(text, phone)
    return behind.end() if behind else phone
