"""Import downward only: the house stands because every room rests on lower ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from dukani.core.settings import ROOT

PACKAGE = ROOT / "dukani"
# Rooms on one floor never import each other.
FLOORS = {
    "core": 0,
    "domain": 1,
    "agent": 2,
    "tools": 3,
    "graph": 4,
    "owner": 4,
    "campaigns": 4,
    "web": 4,
    "webhooks": 5,
    "dashboard_api": 5,
    "identity": 5,
    "storefront": 5,
    "sandbox": 5,
    # What wires everything, from the parts of a process up to the command.
    "settings_example": 6,
    "agents_api": 6,
    "health": 6,
    "metrics_page": 6,
    "loading": 6,
    "ports": 6,
    "boutique_file": 6,
    "demo_people": 7,
    "pieces_file": 6,
    "shopkeeping": 8,
    "watching": 8,
    "running": 6,
    "web_app": 6,
    "worker": 6,
    "app": 7,
    "serving": 7,
    "chat": 8,
    "doctor": 8,
    "evals": 8,
    "bench": 8,
    "commands": 9,
    "cli": 10,
    "start": 11,
    "__main__": 12,
}
# Below, and closed all the same: a webhook stores the event and defers its task by name, and the
# outside world knows nothing of how it is answered.
FORBIDDEN = {
    ("webhooks", "graph"), ("webhooks", "owner"), ("sandbox", "graph"), ("sandbox", "owner"),
}  # fmt: skip
MAY_IMPORT_LANGGRAPH = "graph/"
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def breaches(path: str, text: str) -> Iterator[str]:
    """What a module of the package, named as in `core/money.py`, imports against the rules."""
    room = PurePosixPath(path).parts[0].removesuffix(".py")
    for name in imported(path, text):
        top, _, rest = name.partition(".")
        if top == "langgraph" and not path.startswith(MAY_IMPORT_LANGGRAPH):
            yield f"{room} imports {name}"
        other = rest.split(".")[0]
        if top != "dukani" or other == room or other not in FLOORS:
            continue
        if FLOORS[other] >= FLOORS[room] or (room, other) in FORBIDDEN:
            yield f"{room} imports {name}"


def imported(path: str, text: str) -> Iterator[str]:
    """Full names, wherever in the module they are imported."""
    for node in statements_of(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            folder = ("dukani", *PurePosixPath(path).parts)[: -node.level] if node.level else ()
            module = ".".join((*folder, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def statements_of(node: ast.AST) -> Iterator[ast.AST]:
    """Each statement within, none of their expressions: those are most of a module."""
    for name in BLOCKS:
        for one in getattr(node, name, ()):
            yield one
            yield from statements_of(one)


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def test_every_room_has_a_floor() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()}
    assert rooms == set(FLOORS), "give a new room its floor in this test"


def test_a_room_imports_only_what_it_may() -> None:
    named = {path.relative_to(PACKAGE).as_posix(): path.read_text() for path in modules()}
    found = {path: list(breaches(path, text)) for path, text in named.items()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("core/money.py", "from dukani.agent import eye"),  # upward
        ("core/store/orders.py", "import dukani.tools.orders"),  # upward, by its full name
        ("tools/cart.py", "def f():\n    from dukani import graph"),  # upward, inside a function
        ("tools/cart.py", "from ..graph.state import State"),  # upward, relative
        ("webhooks/record.py", "from dukani.sandbox.world import World"),  # beside
        ("webhooks/record.py", "from dukani.graph.turn import TurnHandler"),  # by name only
        ("sandbox/seed.py", "from dukani.graph.turn import TurnHandler"),
        ("graph/turn.py", "from dukani.worker import build_worker"),
        ("worker.py", "from dukani.app import create_app"),  # wiring, upward
        ("running.py", "from dukani.worker import build_worker"),  # wiring, beside
        ("doctor/report.py", "from dukani.evals.harness import Harness"),
        ("evals/harness.py", "from dukani.cli import app"),
        ("tools/cart.py", "from dukani.web.problems import Problem"),  # HTTP is the webhooks'
        ("tools/cart.py", "from langgraph.graph import StateGraph"),
        ("core/store/turns.py", "import langgraph.checkpoint.base as base"),
        ("evals/standing.py", "from langgraph.graph.state import CompiledStateGraph"),
    ],
)  # fmt: skip
def test_an_import_against_the_rules_is_found(path: str, text: str) -> None:
    assert len(list(breaches(path, text))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tools/cart.py", "from dukani.core.money import to_minor"),  # downward
        ("tools/cart.py", "from dukani.tools import orders"),  # within the room
        ("tools/cart.py", "from .orders import place"),
        ("graph/build.py", "from langgraph.graph import StateGraph"),
        ("cli.py", "from dukani.chat.session import chat"),
        ("webhooks/dependencies.py", "from dukani.web.problems import answer_with_problems"),
        ("webhooks/record.py", "import langgraphics, dukanis.graph"),  # others' names
    ],
)  # fmt: skip
def test_an_import_within_the_rules_is_let_be(path: str, text: str) -> None:
    assert list(breaches(path, text)) == []


def test_supabase_holds_sql_only() -> None:
    """An `__init__.py` there would hide the `supabase` package."""
    assert list((ROOT / "supabase").rglob("*.py")) == []


# The service's statements lie in `core/store`. `core` also creates databases and runs the queue,
# evaluations read their own figures, and the sandbox has a database of its own.
WRITES_SQL = ("core/", "evals/", "sandbox/journal.py", "sandbox/history/past")
SQL = re.compile(
    r"^\s*(with \w+ as \(|select .*\bfrom\b|insert into \w+|update \w+ set|delete from)",
    re.I | re.S,
)


# A string that may be SQL: what has none need not be parsed.
MAYBE_SQL = re.compile(r"""["'](\s|\\n)*(with|select|insert|update|delete)\b""", re.I)


def statements(text: str) -> list[str]:
    """The strings of a module, docstrings apart, that are SQL."""
    if MAYBE_SQL.search(text) is None:
        return []
    nodes = list(ast.walk(ast.parse(text)))
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr)
             for part in node.values[1:]}  # fmt: skip
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and id(node) not in said | parts and SQL.match(node.value)
    ]  # fmt: skip


def test_sql_lies_in_the_store() -> None:
    found = {
        str(path.relative_to(PACKAGE)): statements(path.read_text())
        for path in modules()
        if not str(path.relative_to(PACKAGE)).startswith(WRITES_SQL)
    }
    assert {name: sql for name, sql in found.items() if sql} == {}


def test_sql_elsewhere_is_found() -> None:
    assert len(statements('rows = await conn.execute(f"select id from {table}")')) == 1
    assert len(statements('x = "update orders set status = 1"')) == 1
    assert statements('"""Select the order from the list."""\ny = "select one of these"') == []
