"""Loads the named sets of words that the reader's rules use, from `wordsets.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

TABLES: dict[str, dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("wordsets.toml").read_text(encoding="utf-8")
)


def word_set(table: str, name: str) -> frozenset[str]:
    """The words listed under a name."""
    return frozenset(TABLES[table][name].split())


# A word of any set means something to a rule, so it is never only a product's name.
ALL = frozenset(
    word for table in TABLES.values() for words in table.values() for word in words.split()
)
