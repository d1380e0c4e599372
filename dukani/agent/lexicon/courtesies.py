"""The words of courtesy of each language: what may be said without saying anything of the shop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dukani.agent.lexicon.tables import read_table
from dukani.core.languages import Worded
from dukani.domain.acts import Language


@dataclass(frozen=True, slots=True)
class Courtesies:
    """`free` words may be added and dropped, `dropped` ones only left out."""

    free: frozenset[str]
    dropped: frozenset[str]
    negations: frozenset[str]
    regrets: frozenset[str]
    idioms: re.Pattern[str]


def _load() -> dict[Language, Courtesies]:
    table = read_table("courtesy.toml")
    return Worded(**{language: _of(words) for language, words in table.items()})


def _of(words: dict[str, str | list[str]]) -> Courtesies:
    free, dropped, negations, regrets = (
        frozenset(str(words[name]).split()) for name in ("free", "dropped", "negations", "regrets")
    )
    idioms = "|".join(re.escape(idiom) for idiom in words["idioms"])
    pattern = re.compile(rf"\b(?:{idioms})\b")
    return Courtesies(free, dropped - free, negations, regrets, pattern)


COURTESIES = _load()
