"""Counts an SMS and makes it plain: networks charge by segments, and one letter can double them.

GSM-7 has 160 characters in one SMS and 153 in each of several; a single character outside of its
alphabet makes the whole text UCS-2, with 70 and 67. The counting is smsutil's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import smsutil

Encoding = Literal["GSM-7", "UCS-2"]

_SINGLE: dict[Encoding, int] = {"GSM-7": 160, "UCS-2": 70}
_OF_SEVERAL: dict[Encoding, int] = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True, slots=True)
class Segments:
    """`characters` are those that count: some of GSM-7 count twice, as an emoji does in UCS-2.

    `per_segment`: how many fit into each of the `count` segments.
    """

    encoding: Encoding
    count: int
    characters: int
    per_segment: int


def segments(text: str) -> Segments:
    split = smsutil.split(text)
    encoding: Encoding = "GSM-7" if smsutil.is_valid_gsm(text) else "UCS-2"
    count = len(split.parts)
    fits = _SINGLE if count <= 1 else _OF_SEVERAL
    return Segments(encoding, count, _characters(text, encoding), fits[encoding])


def _characters(text: str, encoding: Encoding) -> int:
    if encoding == "UCS-2":
        return len(text.encode("utf-16-be")) // 2
    return len(text) + sum(letter in smsutil.GSM_EXT_CHARSET for letter in text)


_LINK = re.compile(r"https?://\S+")
# What WhatsApp shows bold, slanted, struck or in one width, as whole words only.
_MARKS = tuple(
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^\n]+?)(?<=\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~", "```")
)
_PLAIN = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u2022": "-", "\u00b7": "-", "\u2026": "...", "\u00d7": "x",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ",
})  # fmt: skip
_JOINERS = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u20e3")


def plain_sms(text: str) -> str:
    """`text` without WhatsApp's markup, and without what alone would make it UCS-2.

    Quotes and dashes become those of a keyboard, and emoji go. Letters stay as they are, whatever
    they cost: a name is not misspelt. Links are not touched. A text of emoji alone stays.
    """
    pieces, end = [], 0
    for link in _LINK.finditer(text):
        pieces += [_plain(text[end : link.start()]), link.group()]
        end = link.end()
    plain = _tidied("".join([*pieces, _plain(text[end:])]))
    return plain or text.strip()


def _plain(words: str) -> str:
    for marked in _MARKS:
        words = marked.sub(r"\1", words)
    return "".join(letter for letter in words.translate(_PLAIN) if not _is_picture(letter))


def _is_picture(letter: str) -> bool:
    """Whether it is an emoji, an arrow or a part of one; GSM-7's own signs are not."""
    if letter in _JOINERS:
        return True
    return unicodedata.category(letter) in ("So", "Sk") and not smsutil.is_valid_gsm(letter)


def _tidied(text: str) -> str:
    lines = (re.sub(r" {2,}", " ", line).strip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
