"""Takes what is said ahead of an address from it: "ok checkout, we stay Tom Mboya estate …"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import read_table
from dukani.agent.lexicon.tokens import tokenise
from dukani.agent.lexicon.words import known

SAID = read_table("addresses.toml")
PLACE_WORDS = frozenset(SAID["place_words"].split())
LONGEST_TALK = 9  # words of a sentence that may be talk
QUOTED = re.compile(r"^[\"“'][^\"”']{1,30}[\"”'][\s?!.,]+")  # 'deliver to "ok"?? no its …'
SENTENCE = re.compile(r"^([^.!?;\n]{1,80})[.!?;\n]+\s*(?=\S)")


def _any_of(name: str) -> str:
    return f"(?:{'|'.join(SAID[name])})"


TALK = rf"(?:{_any_of('politeness')}\b[\s,.!]+)"
LED = rf"(?:{_any_of('leads')}|it|it'?s|its|we|i|am|im|i'm|and|na|n)\b"
CLOSED = re.compile(
    rf"^{TALK}{{0,4}}{_any_of('closing')}(?:\s*[,.;:!-]+\s*|\s+(?={LED}))", re.IGNORECASE
)


def without_talk_before(raw: str) -> str:
    """The text from the address on, without "checkout.", "sawa, nimemaliza", "no I want no shoes."

    What is left may begin with a lead-in. A text that is all talk stays as it is.
    """
    text = raw.strip()
    while True:
        shorter = QUOTED.sub("", CLOSED.sub("", text))
        if shorter == text:
            shorter = _without_a_sentence(text)
        if not shorter or shorter == text:
            return text
        text = shorter


def closes_before_place(raw: str) -> bool:
    """Whether the order is said to be complete ahead of the address: "lipa. Nyumbani ni …"."""
    return CLOSED.match(raw.strip()) is not None


def _without_a_sentence(text: str) -> str:
    """The text without a first sentence that is all of everyday words and names no place."""
    found = SENTENCE.match(text)
    if found is None or re.search(r"\d|\S\s+[A-Z]", found[1]):
        return text
    tokens = tokenise(found[1])
    if not tokens or len(tokens) > LONGEST_TALK:
        return text
    placed = any("@place" in token.tags or token.text in PLACE_WORDS for token in tokens)
    everyday = all(token.entry or token.verb or known(token.text) for token in tokens)
    return text[found.end() :] if everyday and not placed else text
