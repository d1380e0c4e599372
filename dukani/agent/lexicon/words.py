"""Looks up one word: its lexicon entry, its verb, and its tags for the cue patterns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon import wordsets
from dukani.agent.lexicon.tables import CLASSES, WORDS, Entry, read_table
from dukani.agent.lexicon.typos import corrected
from dukani.agent.lexicon.verbs import WHOLE, Verb, read_verb

SHENG_PREFIXES = ("ma", "ka", "vi", "tu")
SWAHILI_COMMON = frozenset(
    word for line in read_table("common.toml")["swahili"] for word in line.split()
)
ENGLISH_COMMON = frozenset(
    word for line in read_table("common.toml")["english"] for word in line.split()
)
KIND_TAGS = {"size": "@size", "size_word": "@size", "mark": "@mark", "ordinal": "@ordinal"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the reader knows it.

    The rules and cue patterns match on `tags`: the word itself, "@class" for a class of words or a
    kind of entry, "~lemma" for a verb, "~!lemma" for a negated verb, "~lemma+" for a perfect one.
    """

    text: str
    entry: Entry | None
    verb: Verb | None
    swahili: bool
    tags: frozenset[str]


def _find_entry(word: str) -> Entry | None:
    """The lexicon entry, also with a Sheng plural or diminutive prefix: "madress", "kashirt"."""
    if word in WORDS:
        return WORDS[word]
    if word[:2] in SHENG_PREFIXES and len(word) >= 6:
        inner = WORDS.get(word[2:])
        if inner is not None and inner.kind == "category":
            return Entry(inner.kind, inner.value, swahili=True)
    return None


def _number_tags(word: str, entry: Entry | None) -> set[str]:
    digits = word.replace(",", "").replace(" ", "")
    if entry is not None and entry.kind == "money":
        return {"@amount"} if len(word) > 1 else set()
    if not digits.isdigit():
        return set()
    if len(digits) >= 9:
        return {"@phone"}
    return {"@number", "@amount"} if len(digits) >= 3 else {"@number"}


def _tags_of(word: str, entry: Entry | None, verb: Verb | None) -> frozenset[str]:
    tags = {word, *CLASSES.get(word, ())}
    if entry is not None and not entry.kind.startswith("@"):
        tags.add(KIND_TAGS.get(entry.kind, "@" + entry.kind))
    if verb is not None:
        tags.add(("~!" if verb.denied else "~") + verb.lemma)
        if verb.done:
            tags.add("~" + verb.lemma + "+")
    tags |= _number_tags(word, entry)
    return frozenset(tags)


@lru_cache(maxsize=16384)
def describe(word: str) -> Word:
    """The word's entry, verb and tags, with a misspelling corrected."""
    entry = _find_entry(word)
    noun = entry is not None and not entry.kind.startswith("@")
    verb = WHOLE.get(word) if noun else read_verb(word)
    if entry is None and verb is None:
        meant = corrected(word)
        if meant is not None:
            near = describe(meant)
            return Word(word, near.entry, near.verb, near.swahili, near.tags | {word})
    swahili = word in SWAHILI_COMMON or bool(entry and entry.swahili)
    swahili = swahili or bool(verb and verb.swahili)
    return Word(word, entry, verb, swahili, _tags_of(word, entry, verb))


@lru_cache(maxsize=16384)
def known_exactly(word: str) -> bool:
    """As `known`, but without correcting misspellings: "jordan" is not "jordans"."""
    everyday = word in SWAHILI_COMMON or word in ENGLISH_COMMON or word in wordsets.ALL
    return everyday or _find_entry(word) is not None or read_verb(word) is not None


def known(word: str) -> bool:
    """True for any word of the lexicon or of everyday speech."""
    found = describe(word)
    everyday = word in SWAHILI_COMMON or word in ENGLISH_COMMON or word in wordsets.ALL
    return bool(found.entry or found.verb or everyday)
