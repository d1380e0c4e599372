"""A migration that would break or block the version that still serves is found."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dukani import __version__
from dukani.core import migrations
from dukani.core.settings import ROOT
from scripts.check_migrations import (
    BUSY,
    RELEASED,
    RULES,
    digest_of,
    faults,
    faults_of_released,
    new_files,
    note_release,
    released,
    waived,
)


def found(folder: Path, text: str) -> list[str]:
    path = folder / "20270101000000_a.sql"
    path.write_text(text)
    return [fault.rule for fault in faults([path])]


def check(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.check_migrations", *words],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


def test_no_migration_since_the_last_release_breaks_or_blocks() -> None:
    assert [str(fault) for fault in faults(new_files())] == []


def test_what_is_released_is_as_it_was_and_new_ones_come_behind_it() -> None:
    assert [str(fault) for fault in faults_of_released()] == []
    assert __version__ in {line.split()[0] for line in RELEASED.read_text().splitlines() if line}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("alter table public.orders drop column note;", ["ban-drop-column"]),
        ("alter table public.orders rename column note to remark;", ["renaming-column"]),
        ("alter table public.orders rename to sales;", ["renaming-table"]),
        ("alter table public.orders add column size int not null;", ["adding-required-field"]),
        ("alter table public.orders add column at timestamptz default clock_timestamp();",
         ["adding-field-with-default"]),
        ("alter table public.orders alter column note type varchar(9);", ["changing-column-type"]),
        ("alter table public.orders alter column note set not null;",
         ["adding-not-nullable-field"]),
        ("alter table public.orders alter column number drop not null;", ["ban-drop-not-null"]),
        ("drop table public.orders;", ["ban-drop-table"]),
        ("truncate public.orders cascade;", ["ban-truncate-cascade"]),
        ("drop function private.tell();", ["ban-drop-function"]),
        ("alter table public.orders add constraint of_a_shop foreign key (boutique_id)"
         " references public.boutiques;", ["adding-foreign-key-constraint"]),
        ("alter table public.orders add constraint positive check (items_minor > 0);",
         ["constraint-missing-not-valid"]),
        ("alter table public.orders add constraint once unique (number);",
         ["disallowed-unique-constraint"]),
        ("create index a on public.messages (author);", ["require-concurrent-index-creation"]),
        # A table with few rows, and one that is made here.
        ("create index a on public.delivery_zones (name);", []),
        ("create table public.new (id int primary key); create index a on public.new (id);", []),
        ("alter table public.orders add column size int;", []),
        ("alter table public.orders add column size int not null default 0;", []),
        ("alter table public.orders add constraint positive check (items_minor > 0) not valid;",
         []),
    ],
)  # fmt: skip
def test_what_breaks_or_blocks_is_found(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert [rule for rule in found(tmp_path, text) if rule in rules or not rules] == rules


def test_whoever_adds_one_is_told_the_line_and_the_remedy(tmp_path: Path) -> None:
    # given a migration whose third line drops a column
    path = tmp_path / "20270101000000_a.sql"
    path.write_text("-- Notes are remarks now.\n\nalter table public.orders drop column note;\n")

    # when it is checked
    run = check(path)

    # then it is refused
    assert run.returncode == 1
    assert f"{path.name}:3: ban-drop-column: {RULES['ban-drop-column']}" in run.stdout


def test_a_release_whose_list_lacks_a_migration_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "20270101000000_a.sql"
    path.write_text("select 1;\n")

    run = check("--listed", path)

    assert run.returncode == 1
    assert "--release VERSION" in run.stdout


def test_what_is_meant_says_why(tmp_path: Path) -> None:
    drop = "alter table public.orders drop column note;"

    assert found(tmp_path, f"-- waives ban-drop-column: nothing since 0.2.0 reads it\n{drop}") == []
    assert found(tmp_path, f"-- waives ban-drop-column:\n{drop}") == ["ban-drop-column"]
    assert found(tmp_path, f"-- waives ban-drop-table: another rule's reason\n{drop}") == [
        "ban-drop-column"
    ]


def test_waivers_name_rules() -> None:
    for path in migrations.FOLDER.glob("*.sql"):
        assert waived(path.read_text()) <= RULES.keys()


def test_busy_tables_are_tables() -> None:
    made = "\n".join(path.read_text() for path in migrations.FOLDER.glob("*.sql"))
    names = set(re.findall(r"create table (?:if not exists )?public\.(\w+)", made))
    assert set(BUSY) <= names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two migrations, of which the list has both."""
    for name in ("20260101000000_a.sql", "20260201000000_b.sql"):
        (tmp_path / name).write_text(f"select '{name}';\n")
    note_release("0.1.0", sorted(tmp_path.glob("*.sql")), tmp_path / "released.txt")
    return tmp_path


def told(folder: Path) -> list[tuple[str, str]]:
    return [(fault.file, fault.rule)
            for fault in faults_of_released(folder, folder / "released.txt")]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("20260101000000_a.sql", "select 2;\n", "edited-after-release"),
        ("20260101000000_a.sql", None, "missing-after-release"),
        ("20260115000000_c.sql", "select 1;\n", "before-a-released-one"),
    ],
)
def test_a_released_migration_is_not_touched(
    folder: Path, name: str, text: str | None, rule: str
) -> None:
    assert told(folder) == []

    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)

    assert told(folder) == [(name, rule)]


def test_a_release_lists_what_is_new_and_from_then_on_it_stays(folder: Path) -> None:
    # given a migration that no release has
    listed = folder / "released.txt"
    new = folder / "20260301000000_c.sql"
    shutil.copy(folder / "20260101000000_a.sql", new)
    assert new_files(folder, listed) == [new]

    # when a release lists it
    note_release("0.2.0", [new], listed)

    # then it is one of those that stay
    assert new_files(folder, listed) == []
    assert released(listed)[new.name] == digest_of(new)
    new.write_text("select 2;\n")
    assert told(folder) == [(new.name, "edited-after-release")]
