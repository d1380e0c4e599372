"""Words a shopper's message in one of four ways of writing (English, Kenyan, Tanzanian, mixed).

The templates in `wordings/*.toml` share nothing with the assistant's own lexicon. A template is
used only if it contains all slots of the message.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any, Literal

from dukani.core import languages

Language = Literal["en", "ke", "tz", "mix"]
LANGUAGES: tuple[Language, ...] = ("en", "ke", "tz", "mix")

_FOLDER = Path(__file__).parent / "wordings"
_TEMPLATES = ("phrases", "opening", "answers", "edits", "checkout", "talk")
_ENGLISH_COLOURS: dict[Language, float] = {"en": 1.0, "ke": 0.5, "tz": 0.1, "mix": 0.8}
_ENGLISH_KINDS: dict[Language, float] = {"en": 1.0, "ke": 0.4, "tz": 0.0, "mix": 0.6}
_ALL_LOWER = 0.6  # share of messages in lower case
_NO_STOP = 0.7


@dataclass(frozen=True, slots=True)
class Number:
    value: int


@dataclass(frozen=True, slots=True)
class Colour:
    name: str


@dataclass(frozen=True, slots=True)
class Size:
    name: str


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A message, or a part of one: the key of its templates, and its slots."""

    key: str
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: "a, b and c"."""

    parts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Several messages in one."""

    parts: tuple[Words, ...]


Slot = str | Number | Colour | Size | Kind | Words | Listed | Sentences
Message = Words | Sentences


class NoTemplate(Exception):
    """No template of a key has exactly these slots."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A writer with a `language` (way of writing) and random choices (`rng`)."""

    language: Language
    rng: Random

    def write(self, message: Message, *, exact: bool = False) -> str:
        """The message as typed; `exact` leaves capitals and full stops alone."""
        text = " ".join(self.say(message).split())
        if exact:
            return text
        if self.rng.random() < _NO_STOP:
            text = text.rstrip(".")
        return text.lower() if self.rng.random() < _ALL_LOWER else text[:1].upper() + text[1:]

    def say(self, said: Slot) -> str:
        match said:
            case Words():
                return self._words(said)
            case Listed(parts):
                return self._listed([self.say(part) for part in parts])
            case Sentences(parts):
                return self._one_of("then").join(self.say(part).rstrip(".") for part in parts)
            case _:
                return self._slot(said, "")

    def _words(self, words: Words) -> str:
        fitting = [
            template
            for template in templates()[words.key][self.language]
            if says(template, words.slots)
        ]
        if not fitting:
            raise NoTemplate(f"{words.key} ({self.language}) for {sorted(words.slots)}")
        return self._filled(self.rng.choice(fitting), words.slots)

    def _filled(self, template: str, slots: Mapping[str, Slot]) -> str:
        said: list[str] = []
        for part, optional in parts_of(template):
            if optional and not names_in(part) <= set(slots):
                continue
            for literal, name, how, _ in Formatter().parse(part):
                said.append(literal)
                if name is not None:
                    said.append(self._slot(slots[name], how or ""))
        return "".join(said)

    def _slot(self, slot: Slot, how: str) -> str:
        match slot:
            case str():
                return slot
            case Number(value):
                return self._number(value, how)
            case Colour(name):
                return self._colour(name, how)
            case Size(name):
                return self._size(name)
            case Kind(name, many):
                return self._kind(name, how, many=many)
            case _:
                return self.say(slot)

    def _number(self, value: int, how: str) -> str:
        numbers = _table("numbers")
        listed = numbers["ordinals" if how == "ordinal" else "words"][self._words_of()]
        in_words = how in ("word", "ordinal") or (how != "digits" and self.rng.random() < 0.5)
        return listed[value - 1] if in_words and 0 < value <= len(listed) else str(value)

    def _colour(self, name: str, how: str) -> str:
        known = _table("colours").get(name)
        if known is None or self.rng.random() < _ENGLISH_COLOURS[self.language]:
            return f"ya {name}" if how == "beside" else name
        return str(known["beside" if how == "beside" else "alone"])

    def _size(self, name: str) -> str:
        if not name.endswith(".5") or self.rng.random() < 0.5:
            return name
        return f"{name.removesuffix('.5')} {_table('numbers')['halves'][self._words_of()]}"

    def _kind(self, name: str, how: str, *, many: bool) -> str:
        called = _table("kinds")[name]
        if how == "that":
            return str(called["that"])
        english = self.rng.random() < _ENGLISH_KINDS[self.language]
        return str(called["en" if english else "sw"][1 if many else 0])

    def _listed(self, said: list[str]) -> str:
        *most, last = said
        return f"{', '.join(most)} {self._one_of('and')} {last}" if most else last

    def _one_of(self, key: str) -> str:
        return self.rng.choice(templates()[key][self.language])

    def _words_of(self) -> languages.Language:
        return "en" if self.language == "en" else "sw"


def parts_of(template: str) -> Iterator[tuple[str, bool]]:
    """The template in parts, and whether each is optional."""
    rest = template
    while rest:
        before, _, after = rest.partition("[")
        if before:
            yield before, False
        optional, _, rest = after.partition("]")
        if optional:
            yield optional, True


def names_in(part: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(part) if name is not None}


def says(template: str, slots: Mapping[str, Slot]) -> bool:
    """Whether the template has all these slots and needs no other."""
    needed = {n for part, optional in parts_of(template) if not optional for n in names_in(part)}
    said = {name for part, _ in parts_of(template) for name in names_in(part)}
    return needed <= set(slots) <= said


def templates() -> dict[str, dict[Language, list[str]]]:
    """Every template by key and language."""
    return _templates()


def places(where: str) -> list[str]:
    return list(_table("places")[where])


@cache
def _templates() -> dict[str, dict[Language, list[str]]]:
    return {key: by for name in _TEMPLATES for key, by in _table(name).items()}


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
