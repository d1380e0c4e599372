"""No pattern of ours takes a reader for ever: each of its repeats is fed until it could not go on.

A pattern that tries n³ ways through a text, or 2ⁿ, needs minutes for one that fits into a message,
and nobody else is served meanwhile.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from dukani.core.settings import ROOT

# Of the processor. The first finds what doubles with each letter, before a longer text would hang.
LENGTHS = (22, 150, 600)
MOST_S = 0.05
MANY = 20  # a repeat of fewer is no loop
END = "\0"  # what no pattern goes on with
USES = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
CALLED = re.compile(rf"\bre\s*\.\s*({'|'.join(USES)})\b")


def written() -> dict[str, str]:
    """Every pattern that stands in the code as it is: itself, and where."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "dukani").rglob("*.py")):
        text = path.read_text()
        if CALLED.search(text) is None:  # to parse all modules takes seconds
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in USES
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                found[node.args[0].value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def fed(pattern: str, length: int) -> Iterator[str]:
    """Texts that begin as the pattern does, go on for long in one of its repeats, and break off."""
    tree = parser.parse(pattern, re.VERBOSE if "\n" in pattern else 0)
    for before, inner in repeats(tree, ""):
        for pump in {sample(inner), " "} - {""}:
            yield before + pump * (length // len(pump)) + END


def repeats(tree: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Each repeat that may go on, with a text that leads to it."""
    for kind, value in tree:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most >= MANY:
                yield before, inner
            yield from repeats(inner, before)
        elif kind is kinds.SUBPATTERN:
            yield from repeats(value[-1], before)
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        before += sample([(kind, value)])


def sample(tree: Any) -> str:
    """A text that the tree takes, as a rule."""
    return "".join(_sample(kind, value) for kind, value in tree)


def _sample(kind: Any, value: Any) -> str:
    if kind is kinds.LITERAL:
        return chr(value)
    if kind in (kinds.NOT_LITERAL, kinds.ANY):
        return "x"
    if kind is kinds.IN:
        return next(one for one in "a1 A-.,/_+{}é'\"" + _members(value) if _takes(value, one))
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        return sample(value[2]) * max(1, min(value[0], 5))
    if kind is kinds.SUBPATTERN:
        return sample(value[-1])
    if kind is kinds.BRANCH:
        return sample(value[1][0])
    if kind is kinds.ATOMIC_GROUP:
        return sample(value)
    return ""  # looks, ends and references take nothing


def _members(members: Any) -> str:
    return (
        "".join(
            chr(value if kind is kinds.LITERAL else value[0])
            for kind, value in members
            if kind in (kinds.LITERAL, kinds.RANGE)
        )
        + "\x01"
    )


def _takes(members: Any, letter: str) -> bool:
    one = parser.SubPattern(parser.State(), [(kinds.IN, members)])
    return re._compiler.compile(one).match(letter) is not None  # type: ignore[attr-defined]


def slow(pattern: str) -> str | None:
    """A text that takes the pattern too long, if one of those tried does."""
    compiled = re.compile(pattern, re.VERBOSE if "\n" in pattern else 0)
    for length in LENGTHS:
        for text in fed(pattern, length):
            # A pause of the collector's in between is not the pattern's: it comes once.
            if all(taken_s(compiled, text) > MOST_S for _ in range(3)):
                return text
    return None


def taken_s(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    pattern.search(text)
    pattern.fullmatch(text)
    return time.process_time() - began


def test_no_pattern_reads_a_text_in_ever_more_ways() -> None:
    patterns = written()

    assert len(patterns) > 100
    assert {where: text for one, where in patterns.items() if (text := slow(one))} == {}


def test_what_is_looked_for_here_is_found() -> None:
    """Else the test above would prove nothing."""
    assert slow(r"\{\{\s*([^{}]*?)\s*\}\}") is not None
    assert slow(r"^(a+)+$") is not None
    assert slow(r"^[a-z]+ [a-z]+$") is None
