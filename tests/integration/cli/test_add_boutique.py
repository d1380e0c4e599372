"""Boutiques from the command line: added, filled, taken away; and what is left alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from dukani.core.crypto import new_key
from dukani.core.settings import ROOT
from tests.commands import dukani

pytestmark = pytest.mark.slow  # each command starts a process

EXAMPLE = (ROOT / "docs" / "boutique.toml").read_text()


def add_boutique(text: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return dukani("add-boutique", "-", folder=folder, text=text, **settings)


def test_the_example_is_added_once(superuser_url: str, tmp_path: Path) -> None:
    settings = {
        "DUKANI_DATABASE__URL": superuser_url,
        "DUKANI_SECURITY__ENCRYPTION_KEYS": f'["{new_key()}"]',
        "DUKANI_WEB__PUBLIC_URL": "https://shop.example.com",
    }

    first = add_boutique(EXAMPLE, tmp_path, **settings)
    again = add_boutique(EXAMPLE, tmp_path, **settings)

    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert "Added Malaika Fashions, paid by daraja." in first.stdout
    assert "https://shop.example.com/webhook/whatsapp" in first.stdout
    assert "Brought up to date: Malaika Fashions" in again.stdout


def test_without_an_encryption_key_nothing_is_stored(superuser_url: str, tmp_path: Path) -> None:
    refused = add_boutique(EXAMPLE, tmp_path, DUKANI_DATABASE__URL=superuser_url)

    assert refused.returncode == 1
    assert "dukani new-key" in refused.stdout


def test_a_file_that_is_no_boutique_starts_nothing(tmp_path: Path) -> None:
    refused = add_boutique('slug = "malaika"', tmp_path)

    assert refused.returncode == 1
    assert "name: " in refused.stdout
    assert list(tmp_path.iterdir()) == []
