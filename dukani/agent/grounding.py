"""Checks that a model's rewording says what the template says and nothing else. Pure.

The template is worded from the turn's facts, so its content is true. Words of courtesy
(`lexicon/courtesy.toml`) say nothing about the shop: a rewording may add and drop them. Whatever is
no courtesy (figures, bold words, names of pieces, colours, sizes, and every word that the lexicon
does not know) is content: it stays, none is added, and it is denied where the template denies it.
A list of forbidden promises would always lack one. A list of harmless words that lacks one makes a
good rewording fail, and then the template is sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from dukani.agent.lexicon.courtesies import COURTESIES, Courtesies
from dukani.domain.acts import Language

LONGEST = 1.6  # times the template's length, plus a sentence of 80 characters
_SENTENCE = 80

_TOKEN = re.compile(
    r"\*(?P<bold>[^*\n]+)\*"
    r"|(?P<figure>\d+(?:[.,:]\d+)*)"
    r"|(?P<word>e\.g\b|[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>\S)"
)
_POSSESSIVE = re.compile(r"(?<=[\w*])'s\b(?=\s)")
_CONTRACTED = ("it's", "that's", "what's", "here's", "there's", "let's")
_HAS_NONE = re.compile(r"\b(?:we )?(?:have|has|got)\s+(?=nothing\b|no\b)")
_CLAUSE = re.compile(r"[.!?;\n]+\s|\n|\b(?:but|though|lakini|ila)\b")
_GREETING = "(?:hi|hello|hey|welcome|back|dear|again|habari|karibu|tena|jambo|mambo)"
# A link without a scheme reads as two words, were it not for this.
_OF_AN_ADDRESS = re.compile(r"[^\W\d_]{2}\.[^\W\d_]{2}|.@.|\w://.")
_PLAIN_MARKS = frozenset(".,!?;:'()-–—…😊🙂😀😃😄🤗🙏👋✨🌸🌟❤💛\ufe0f")


def ungrounded(text: str, template: str, language: Language, *, name: str = "") -> list[str]:
    """The reasons why `text` may not replace `template`; empty when it may.

    `name` is the customer's, which may be any word ("Free"): it stays beside the greeting.
    """
    courtesies = COURTESIES[language]
    said, told = _plain(text, courtesies), _plain(template, courtesies)
    there, here = _content(told, courtesies), _content(said, courtesies)
    must_stay = [token for token in there if token not in courtesies.dropped]
    wrong = [f"lost {token}" for token in _more(must_stay, here)]
    wrong += [f"added {token}" for token in _more(here, there)]
    wrong += [f"added {link}" for link in _more(_addresses(said), _addresses(told))]
    if _anchors(said) != _anchors(told):
        wrong.append("bold words and figures in another order")
    if name and not _greets_only(said, name.casefold()):
        wrong.append("the name away from the greeting")
    if _denied(said, courtesies) != _denied(told, courtesies):
        wrong.append("denies something else")
    if not text.strip() or len(text) > LONGEST * len(template) + _SENTENCE:
        wrong.append(f"{len(text)} characters for {len(template)}")
    return wrong


def _addresses(text: str) -> list[str]:
    return [word for word in text.split() if _OF_AN_ADDRESS.search(word)]


def _plain(text: str, courtesies: Courtesies) -> str:
    """Lower case, with one spelling for each character, and without courtesies of several words."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    plain = _HAS_NONE.sub("", courtesies.idioms.sub(" ", plain))
    return _POSSESSIVE.sub(lambda found: _unless_contracted(found, plain), plain)


def _unless_contracted(found: re.Match[str], text: str) -> str:
    before = text[: found.end()].rpartition(" ")[2].rpartition("\n")[2]
    return found.group() if before.lstrip("(") in _CONTRACTED else ""


def _content(plain: str, courtesies: Courtesies) -> list[str]:
    """What the text says beyond courtesy; a bold text is one piece of it."""
    return [
        found.group()
        for found in _TOKEN.finditer(plain)
        if not (found["word"] in courtesies.free or found["mark"] in _PLAIN_MARKS)
    ]


def _anchors(plain: str) -> list[str]:
    """Bold texts and figures: exchanged, they would say something else."""
    return [found.group() for found in _TOKEN.finditer(plain) if found["bold"] or found["figure"]]


def _greets_only(plain: str, name: str) -> bool:
    """Whether the name stands in the greeting at the beginning, if it is there at all."""
    if not re.search(rf"\b{re.escape(name)}\b", plain):
        return True
    return re.match(rf"\W*(?:{_GREETING}\W+)*{re.escape(name)}\s*[^\w\s]", plain) is not None


def _denied(plain: str, courtesies: Courtesies) -> tuple[bool, Counter[str]]:
    """Whether anything is denied, and the content that stands in clauses that deny."""
    any_denied = False
    denied: Counter[str] = Counter()
    for clause in _CLAUSE.split(plain):
        words = {found["word"] for found in _TOKEN.finditer(clause)}
        any_denied |= bool(words & (courtesies.negations | courtesies.regrets))
        if words & courtesies.negations:
            content = _content(clause, courtesies)
            denied.update(token for token in content if token not in courtesies.dropped)
    return any_denied, denied


def _more(there: list[str], here: list[str]) -> list[str]:
    """What `there` has more often than `here`."""
    return list(Counter(there) - Counter(here))
