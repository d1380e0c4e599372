"""The languages that customers and owners read; what one of them lacks is said in English."""

from __future__ import annotations

from typing import Literal, TypeVar, get_args

Language = Literal["en", "sw"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FULL: Language = "en"  # in which everything is said

T = TypeVar("T")


class Worded(dict[Language, T]):
    """Words by language: where a language has none, the English ones."""

    def __init__(self, *, en: T, **others: T) -> None:
        if strange := others.keys() - set(LANGUAGES):
            raise TypeError(f"{', '.join(sorted(strange))}: not in LANGUAGES")
        super().__init__({"en": en, **others})  # type: ignore[dict-item]

    def __missing__(self, language: Language) -> T:
        if language == FULL or language not in LANGUAGES:
            raise KeyError(language)
        return self[FULL]


def known(said: object) -> Language:
    """The language itself, if it is one of ours; else the one in which everything is said."""
    return next((one for one in LANGUAGES if one == said), FULL)
