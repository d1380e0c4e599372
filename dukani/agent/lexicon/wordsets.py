"""Named sets of words, kept as data beside the lexicon: `wordsets.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

TABLES: dict[str, dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("wordsets.toml").read_text(encoding="utf-8")
)


def word_set(table: str, name: str) -> frozenset[str]:
    """The words listed under a name."""
    return frozenset(TABLES[table][name].split())


# Each of them means something to a rule, so none can only be a name.
ALL = frozenset(
    word for table in TABLES.values() for words in table.values() for word in words.split()
)
