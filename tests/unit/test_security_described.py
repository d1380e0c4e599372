"""Every test that docs/security.md names is there."""

from __future__ import annotations

import re

from dukani.core.settings import ROOT

DOCUMENT = ROOT / "docs/security.md"
_NAMED = re.compile(r"`((?:tests|dashboard/tests)/[\w./-]+)::([^`]+)`")


def test_every_test_named_is_there() -> None:
    named = _NAMED.findall(DOCUMENT.read_text())

    assert len(named) > 60
    assert [f"{path}::{name}" for path, name in named if not is_there(path, name)] == []


def test_every_threat_has_a_wall_and_a_test() -> None:
    lines = [one for one in DOCUMENT.read_text().splitlines() if one.startswith("| ")]
    told = [one for one in lines if not one.startswith("| Threat")]

    assert [one for one in told if not _NAMED.search(one) or one.count(" | ") != 2] == []


def is_there(path: str, name: str) -> bool:
    file = ROOT / path
    if not file.is_file():
        return False
    defined = rf"^(async )?def {re.escape(name)}\b" if file.suffix == ".py" else re.escape(name)
    return re.search(defined, file.read_text(), re.MULTILINE) is not None
