"""Fills placeholders such as `{{n:SKU}}`: the number under which a piece was last listed."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{\{\s*+(\w++)\s*+:\s*+((?:[^}\s]++|\s++(?=[^}\s]))++)\s*+\}\}")

_WORDS = {
    "ordinal_en": (
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ),
    "ordinal_sw": (
        "ya kwanza", "ya pili", "ya tatu", "ya nne", "ya tano", "ya sita", "ya saba", "ya nane",
        "ya tisa", "ya kumi",
    ),
}  # fmt: skip


class CannotFill(Exception):
    """The assistant never listed the piece, or the placeholder is unknown."""


def fill(text: str, numbers: Mapping[str, int]) -> str:
    """The text with its placeholders filled in; `numbers` are SKU → number last shown.

    Raises CannotFill.
    """
    return _PLACEHOLDER.sub(lambda found: _filled(found[1], found[2], numbers), text)


def _filled(kind: str, sku: str, numbers: Mapping[str, int]) -> str:
    number = numbers.get(sku)
    if number is None:
        raise CannotFill(f"the bot never listed {sku}")
    if kind == "n":
        return str(number)
    words = _WORDS.get(kind)
    if words is None:
        raise CannotFill(f"the placeholder {kind!r} is not known")
    if not 1 <= number <= len(words):
        raise CannotFill(f"there is no word for number {number}")
    return words[number - 1]
