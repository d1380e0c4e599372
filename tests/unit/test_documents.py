"""What the documents point to is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from dukani.cli import app
from dukani.core.settings import ROOT

EXTENDING = ROOT / "docs" / "extending.md"
ENDINGS = "(?:py|sql|toml|tsx?|json)"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@cache
def sources() -> list[Path]:
    """The files of code and data that one edits by hand."""
    rooms = ("dukani", "tests", "scripts", "supabase/migrations", "dashboard/src")
    return [
        file
        for room in rooms
        for file in (ROOT / room).rglob("*")
        if re.search(rf"\.{ENDINGS}$", file.name) and "web_app" not in file.parts
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    text = document.read_text()
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text) + re.findall(r'<img src="([^"]+)"', text)

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_is_there(document: Path) -> None:
    named = re.findall(r"`([a-z.][\w./-]*/[\w.-]*)`", document.read_text())
    # What `make` sets up is not in the tree.
    files = [name for name in named if not name.startswith(("/", ".venv/"))]

    homes = (ROOT, ROOT / "dukani", ROOT / "tests", ROOT / "dukani" / "core")
    assert [f for f in files if not any((home / f).exists() for home in homes)] == []


def test_the_guide_names_files_that_are_somewhere() -> None:
    # given the files that `extending.md` names without their folders
    named = set(re.findall(rf"`([A-Za-z_][\w.-]*\.{ENDINGS})`", EXTENDING.read_text()))

    # then each is in the tree
    assert sorted(named - {file.name for file in sources()}) == []


def test_the_guide_names_names_that_the_source_has() -> None:
    # given the classes, tables, functions and constraints that `extending.md` names
    named = set(re.findall(r"`([A-Za-z]*[A-Z_]\w+)`", EXTENDING.read_text()))

    # then each is a word of the source
    words = {word for file in sources() for word in re.findall(r"\w+", file.read_text())}
    assert len(named) > 40
    assert sorted(named - words) == []


def test_the_list_of_commands_has_each_of_them() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    told = set(re.findall(r"\bdukani ([a-z][\w-]*)", (ROOT / "docs/running.md").read_text()))
    told |= set(re.findall(r"; (restore) DIR", (ROOT / "docs/running.md").read_text()))

    shown = {name for name, command in group.commands.items() if not command.hidden}

    assert sorted(shown - told) == []


def test_the_map_has_every_package() -> None:
    told = set(re.findall(r"\]\(dukani/(\w+)\)", (ROOT / "README.md").read_text()))

    packages = {path.parent.name for path in (ROOT / "dukani").glob("*/__init__.py")}

    assert sorted(packages - told) == []
