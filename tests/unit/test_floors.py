"""Import downward only: the house stands because every room rests on lower ones."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dukani.core.settings import ROOT

PACKAGE = ROOT / "dukani"
FLOORS = {
    "core": 0,
    "agent": 1,
    "tools": 2,
    "graph": 3,
    "campaigns": 3,
    "webhooks": 4,
    "dashboard_api": 4,
    "sandbox": 4,
    # What wires everything: nothing below may import it.
    "app": 5,
    "worker": 5,
    "running": 5,
    "evals": 5,
    "doctor": 5,
    "serving": 5,
    "settings_example": 5,
    "chat": 5,
    "cli": 5,
}
ALLOWED_SIBLINGS = {("dashboard_api", "campaigns")}
TOP = 5


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def rooms_imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("dukani.")} & set(FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_below_it(path: Path) -> None:
    room = room_of(path)
    assert room in FLOORS, f"give {room} a floor in this test"
    for other in rooms_imported(path) - {room}:
        below = FLOORS[other] < FLOORS[room] or FLOORS[room] == FLOORS[other] == TOP
        assert below or (room, other) in ALLOWED_SIBLINGS, f"{room} imports {other}"


def test_supabase_holds_sql_only() -> None:
    """An `__init__.py` there would hide the `supabase` package."""
    assert list((ROOT / "supabase").rglob("*.py")) == []


def test_nothing_below_the_graph_imports_langgraph() -> None:
    for path in modules():
        if FLOORS[room_of(path)] < FLOORS["graph"] and path.name != "migrations.py":
            assert "import langgraph" not in path.read_text(), path
