"""Writes a text's variables out: a clause whose variable has no value is left out. Pure.

A clause is what stands in brackets, a sentence, or a line without one. Whatever is left out, no
blank, comma or empty line of it stays behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

VARIABLE = re.compile(r"\{\s*+((?:[^{}\s]++|\s++(?=[^{}\s]))*+)\s*+\}")
_SENTENCES = re.compile(r"(?<=[.!?…])[ \t]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_SPACE = re.compile(r"[^\S\n]+")
_BEFORE_MARKS = re.compile(r" +(?=[,.!?…;])")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_LEADING = re.compile(r"^[\s,;:!?….]+(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
_MARKUP = "*_~"
# A sentence of fewer words of its own only greets: "Hi Amina!"
SAYS = 3
TELLING = frozenset(("product", "price", "discount", "total"))


@dataclass(frozen=True, slots=True)
class Lacks:
    """Nothing is left to be said without the variable (or without a `template`)."""

    variable: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a variable stands. `alone`: its sentence has nothing else; `starts`: it begins one."""

    alone: bool
    starts: bool
    before: str  # the word before it, in small letters


# The words for a variable; "": it goes without words; None: nothing is known.
Lookup = Callable[[str, Place], str | None]


@dataclass(frozen=True, slots=True)
class Written:
    """`left_out`: the variables for whose sake clauses were left out, each once."""

    text: str
    left_out: tuple[str, ...] = ()


def write(text: str, lookup: Lookup) -> Written | Lacks:
    """The text in words. Lacks, if what is left says nothing."""
    lines = [_Line(line, lookup) for line in text.splitlines()]
    missing = tuple(dict.fromkeys(name for line in lines for name in line.missing))
    if missing and not any(line.says for line in lines):
        return Lacks(missing[0])
    kept = "\n".join(_without_dangling(lines))
    written = re.sub(r"\n{3,}", "\n\n", kept).strip()
    if not written:
        return Lacks(missing[0] if missing else "text")
    return Written(written, missing)


def tidy(line: str) -> str:
    """One line without double blanks, blanks before a mark, and marks that begin it."""
    line = line.replace("{", "").replace("}", "")
    line = _EMPTY_BRACKETS.sub("", _SPACE.sub(" ", line))
    line = _BEFORE_MARKS.sub("", line).strip()
    return _LEADING.sub("", line).strip()


class _Line:
    """A line of the text, written out. `says`: something that is more than a greeting."""

    def __init__(self, line: str, lookup: Lookup) -> None:
        self._lookup = lookup
        self.missing: list[str] = []
        self.says = False
        self.was_blank = not line.strip()
        line = _BRACKETS.sub(self._bracket, line)
        kept = [one for one in map(self._sentence, _SENTENCES.split(line)) if one]
        text = tidy(" ".join(kept))
        self.text = _balanced(text) if self.missing else text

    @property
    def dropped(self) -> bool:
        return bool(self.missing) and not self.text

    def _bracket(self, found: re.Match[str]) -> str:
        lost = [name for name in VARIABLE.findall(found[0]) if self._value(name) is None]
        self.missing += lost
        return "" if lost else found[0]

    def _value(self, name: str) -> str | None:
        return self._lookup(name, Place(alone=False, starts=False, before=""))

    def _sentence(self, sentence: str) -> str:
        lost: list[str] = []
        telling = 0

        def worded(found: re.Match[str]) -> str:
            nonlocal telling
            value = self._lookup(found[1], _place(sentence, found))
            if value is None:
                lost.append(found[1])
                return ""
            telling += found[1] in TELLING
            return value

        written = VARIABLE.sub(worded, sentence)
        if lost:
            self.missing += lost
            return ""
        if not _means(written):
            return ""
        words = len(_WORD.findall(VARIABLE.sub(" ", sentence)))
        self.says = self.says or words + 2 * telling >= SAYS
        return written


def _place(sentence: str, found: re.Match[str]) -> Place:
    before, after = sentence[: found.start()], sentence[found.end() :]
    words = _WORD.findall(before)
    return Place(
        alone=not _means(before) and not _means(after),
        starts=not _means(before),
        before=words[-1].lower() if words else "",
    )


def _means(text: str) -> bool:
    return bool(text.strip(" \t.,:;!?…-–—•" + _MARKUP))


def _without_dangling(lines: list[_Line]) -> Iterator[str]:
    """The lines that stay: not the one that announces, by a colon, what was left out below it."""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if line.text.endswith(":") and following is not None and following.dropped:
            continue
        if line.text or line.was_blank:
            yield line.text


def _balanced(line: str) -> str:
    """Without WhatsApp's marks whose other half was left out."""
    for mark in _MARKUP:
        if line.count(mark) % 2:
            line = line.replace(mark, "")
    return tidy(line)
