"""A migration that would break or block the version that still serves is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from dukani.core import migrations
from scripts.check_migrations import RULES, faults, new_files, waived


def found(folder: Path, text: str) -> list[str]:
    path = folder / "20270101000000_a.sql"
    path.write_text(text)
    return [fault.rule for fault in faults([path])]


def test_no_migration_since_the_first_release_breaks_or_blocks() -> None:
    assert [str(fault) for fault in faults(new_files())] == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("alter table public.orders drop column note;", ["ban-drop-column"]),
        ("alter table public.orders rename column note to remark;", ["renaming-column"]),
        ("alter table public.orders add column size int not null;", ["adding-required-field"]),
        ("alter table public.orders alter column note type varchar(9);", ["changing-column-type"]),
        ("alter table public.orders alter column note set not null;",
         ["adding-not-nullable-field"]),
        ("drop table public.orders;", ["ban-drop-table"]),
        ("alter table public.orders add constraint of_a_shop foreign key (boutique_id)"
         " references public.boutiques;", ["adding-foreign-key-constraint"]),
        ("create index a on public.messages (author);", ["require-concurrent-index-creation"]),
        # A table with few rows, and one that is made here.
        ("create index a on public.delivery_zones (name);", []),
        ("create table public.new (id int primary key); create index a on public.new (id);", []),
        ("alter table public.orders add column size int;", []),
        ("alter table public.orders add column size int not null default 0;", []),
    ],
)  # fmt: skip
def test_what_breaks_or_blocks_is_found(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert [rule for rule in found(tmp_path, text) if rule in rules or not rules] == rules


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
