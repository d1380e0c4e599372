"""Words by language are `Worded`: a third language is said in English where it has none of its own.

A plain table of two languages raises KeyError for the third, in the middle of a turn or a job.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dukani.core.settings import ROOT

DUKANI = ROOT / "dukani"
THE_LIST = DUKANI / "core" / "languages.py"
# What these say is said to nobody's customer: made-up people, measurements and the demo's past.
OF_THEIR_OWN = ("bench", "evals", "sandbox")


def _texts(node: ast.AST | None) -> Iterator[object]:
    """The constants that a key or the brackets of a Literal hold."""
    for one in node.elts if isinstance(node, ast.Tuple) else [node]:
        yield one.value if isinstance(one, ast.Constant) else None


def _lists_languages(node: ast.AST) -> bool:
    match node:
        case ast.Dict(keys=keys):
            return any("sw" in _texts(key) for key in keys)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=names):
            return "sw" in _texts(names)
        case ast.Set(elts=elements):
            return any("sw" in _texts(element) for element in elements)
    return False


def own_lists(source: str) -> list[int]:
    """The lines where languages are listed by name."""
    if not re.search("""["']sw["']""", source):
        return []  # to read a file's tree takes long
    return [node.lineno for node in ast.walk(ast.parse(source)) if _lists_languages(node)]  # type: ignore[attr-defined]


def test_languages_are_listed_in_one_place() -> None:
    shipped = [
        file
        for file in sorted(DUKANI.rglob("*.py"))
        if file != THE_LIST and file.relative_to(DUKANI).parts[0] not in OF_THEIR_OWN
    ]

    found = [
        f"{file.relative_to(ROOT)}:{line}" for file in shipped for line in own_lists(_text(file))
    ]
    assert not found, (
        "make it Worded(en=…, sw=…), Language or LANGUAGES of core/languages.py:\n"
        + "\n".join(found)
    )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "source",
    [
        'told = {"en": "Note", "sw": "Maelezo"}[language]',
        '_STAGES = {("cart", "en"): "In the cart", ("cart", "sw"): "Kikapuni"}',
        'language: Literal["customer", "en", "sw"] = "customer"',
        'missing = {"en", "sw"} - texts.keys()',
    ],
)
def test_a_list_of_languages_is_found(source: str) -> None:
    assert own_lists(source) == [1]


def test_a_table_of_words_is_no_list_of_languages() -> None:
    assert own_lists('told = Worded(en="Note", sw="Maelezo")[language]') == []
