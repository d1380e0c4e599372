"""Recognises the words that end a hand-off and bring the assistant back. Always deterministic."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from dukani.agent.lexicon.typos import SHORTEST
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

_NAMES = word_set("coming_back", "names")
_BESIDES = word_set("coming_back", "besides")
_DONE = word_set("coming_back", "done")
_LONG_NAMES = sorted(name for name in _NAMES if len(name) >= SHORTEST)
_WORD = re.compile(r"[^\W\d_]+")


def asks_for_assistant(text: str) -> bool:
    """Whether a whole message is a call for the assistant: "assistant", "rudi kwa msaidizi".

    Any other word makes it a message to the person: "the bot was useless".
    """
    words = {_as_name(word) for word in _words(text)}
    return bool(_NAMES & words) and words <= _NAMES | _BESIDES


def calls_assistant(message: Message) -> list[a.Act]:
    """The answer to a call for the assistant while the assistant answers: who the assistant is.

    "msaidizi" alone may mean a human helper, and calls a person.
    """
    called = asks_for_assistant(message.raw) and _words(message.raw) != ["msaidizi"]
    return [a.AskShop(topic="assistant")] if called else []


def gives_back(text: str) -> bool:
    """Whether the owner's whole message ends the hand-off: "done", "assistant", "nimemaliza"."""
    words = _words(text)
    return asks_for_assistant(text) or (len(words) == 1 and words[0] in _DONE)


def _as_name(word: str) -> str:
    """The assistant's name that a word misspells by one letter ("asistant"), else the word."""
    if len(word) < SHORTEST or word in _BESIDES:
        return word
    near = (name for name in _LONG_NAMES if name[0] == word[0])
    return next((name for name in near if OSA.distance(word, name, score_cutoff=1) <= 1), word)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
