"""What the Supabase CLI would not take is found without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dukani.core import migrations
from scripts.check_supabase import FOLDER
from scripts.supabase import config, files

OURS = sorted(migrations.FOLDER.glob("*.sql"))


def test_our_settings_and_names_are_taken() -> None:
    assert list(config.faults(config.read(FOLDER / "config.toml"))) == []
    assert list(files.faults(OURS)) == []


def test_no_migration_needs_a_superuser() -> None:
    assert list(files.own_settings(OURS)) == []


@pytest.mark.parametrize(
    "made",
    [
        "create function f() returns void language sql set search_path = '' set app.actor = ''",
        "execute format('alter function %s set app.via = ''''', one);",
    ],
)
def test_a_function_that_brings_our_setting_along_is_found(tmp_path: Path, made: str) -> None:
    (path := tmp_path / "20261128000000_a.sql").write_text(made)

    assert list(files.own_settings([path])) == [
        f"{path.name}: 1 functions are made with a setting of ours"
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "project_id is missing"),
        ({"project_id": "d", "api": {"ports": 1}}, "api.ports is no key of the CLI"),
        ({"project_id": "d", "api": {"port": "1"}}, "api.port is str, and the CLI takes int"),
        ({"project_id": "d", "db": {"major_version": True}}, "db.major_version is bool"),
        ({"project_id": "d", "inbucket": {"enabled": True}}, "[inbucket] is no table"),
        ({"project_id": "d", "storage": {"buckets": {"m": {"open": True}}}},
         "storage.buckets.m.open is no key"),
    ],
)  # fmt: skip
def test_a_setting_that_the_cli_does_not_know_is_found(given: dict[str, Any], said: str) -> None:
    [fault] = config.faults(given)
    assert fault.startswith(said)


@pytest.mark.parametrize("name", ["1_a.sql", "20261128000000-a.sql", "20261128000000_A.sql"])
def test_a_name_that_the_cli_skips_is_found(name: str) -> None:
    assert len(list(files.faults([Path(name)]))) == 1


def test_two_files_of_one_version_are_found() -> None:
    twice = [Path("20261128000000_a.sql"), Path("20261128000000_b.sql")]
    assert list(files.faults(twice)) == ["20261128000000: 2 files have this version"]


def test_a_file_that_comes_late_is_named() -> None:
    """`db push` refuses what sorts before the newest that a project has."""
    three = [Path(f"2026112800000{n}_a.sql") for n in range(3)]

    assert files.late(three, set()) == []
    assert files.late(three, {"20261128000000"}) == []
    assert files.late(three, {"20261128000000", "20261128000002"}) == ["20261128000001_a.sql"]
