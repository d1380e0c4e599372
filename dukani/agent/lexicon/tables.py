"""Loads the lexicon's TOML files as lookup tables, once at import."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from dukani.agent.lexicon.wordsets import word_set

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The meaning of a word or phrase: a kind of entry and its canonical value."""

    kind: str  # colour, category, garment, occasion, pattern, embroidery, size, mark, number, …
    value: str
    swahili: bool = False


def read_table(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _plain(word: str) -> str:
    """The word as the tokeniser leaves it: lower case, no apostrophes."""
    return word.lower().replace("'", "").replace("’", "")


def plurals(words: Words) -> Iterator[Words]:
    """English plurals of a word or phrase, regular ones only."""
    last = words[-1]
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        yield (*words[:-1], last[:-1] + "ies")
    elif last.endswith(("s", "x", "sh", "ch")):
        yield (*words[:-1], last + "es")
    else:
        yield (*words[:-1], last + "s")


def _listed(table: dict[str, Any], kind: str, value: str) -> Iterator[tuple[Words, Entry]]:
    """The words of one table with their entry, and the plurals of English nouns."""
    for label in ("en", "any", "sw"):
        for phrase in table.get(label, ()):
            words = tuple(_plain(phrase).split())
            entry = Entry(kind, value, swahili=label == "sw")
            yield words, entry
            if label != "sw" and kind in ("category", "garment"):
                yield from ((plural, entry) for plural in plurals(words))


def _entries() -> Iterator[tuple[Words, Entry]]:
    """Every word and phrase of the lexicon; an earlier entry wins over a later one."""
    for value, table in read_table("colours.toml").items():
        yield from _listed(table, "colour", value)
    for value, table in read_table("garments.toml").items():
        yield from _listed(table, "category", value)
    about = read_table("garment_words.toml")
    for kind in ("occasion", "pattern"):
        for value, table in about[kind].items():
            yield from _listed(table, kind, value)
    for kind in ("garment", "embroidery"):
        yield from _listed(about[kind], kind, kind)
    yield from _size_entries()
    yield from _number_entries()
    for name, table in read_table("classes.toml").items():
        yield from _listed(table, "@" + name, name)


def _size_entries() -> Iterator[tuple[Words, Entry]]:
    sizes = read_table("sizes.toml")
    for kind, group in (("size", "letters"), ("size_word", "words")):
        for value, phrases in sizes[group].items():
            for phrase in phrases:
                swahili = any(word in SWAHILI_SIZES for word in phrase.split())
                yield tuple(phrase.split()), Entry(kind, value, swahili)
    for phrase in sizes["marker"]["any"]:
        yield tuple(phrase.split()), Entry("mark", phrase, phrase.startswith("sai"))


def _number_entries() -> Iterator[tuple[Words, Entry]]:
    numbers = read_table("numbers.toml")
    for kind, group in (("number", "cardinal"), ("money", "money"), ("ordinal", "ordinal")):
        for word, value in numbers[group].items():
            yield (word,), Entry(kind, str(value), word in SWAHILI_NUMBERS)


SWAHILI_SIZES = word_set("tables", "swahili_sizes")
SWAHILI_NUMBERS = word_set("tables", "swahili_numbers")

WORDS: dict[str, Entry] = {}
PHRASES: dict[str, list[tuple[Words, Entry]]] = {}
CLASSES: dict[str, set[str]] = {}  # word or phrase → the classes ("@person") it belongs to
for _words, _entry in _entries():
    if _entry.kind.startswith("@"):
        CLASSES.setdefault(" ".join(_words), set()).add(_entry.kind)
    if len(_words) == 1:
        WORDS.setdefault(_words[0], _entry)
    else:
        PHRASES.setdefault(_words[0], []).append((_words, _entry))
for _phrases in PHRASES.values():
    _phrases.sort(key=lambda item: -len(item[0]))

SPELLINGS: dict[str, Words] = {
    word: tuple(said.split()) for word, said in read_table("spellings.toml")["words"].items()
}
