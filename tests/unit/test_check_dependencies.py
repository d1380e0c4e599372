"""What is said of packages: flaws, none, or that nobody could be asked, which is no clean bill."""

from __future__ import annotations

import json

import pytest

from dukani.core.settings import ROOT
from scripts.check_dependencies import EXIT, Found, read_npm_audit, read_pip_audit, worst

FLAW = {"id": "PYSEC-1", "fix_versions": ["2.1"]}


def pip(*flaws: dict[str, object]) -> str:
    return json.dumps({"dependencies": [{"name": "a", "version": "2.0", "vulns": list(flaws)}]})


def test_a_flaw_is_told_with_what_mends_it() -> None:
    found = read_pip_audit("requirements.txt", pip(FLAW), "")
    assert (found.state, found.lines) == ("unsafe", ("a 2.0: PYSEC-1, mended in 2.1",))


def test_no_flaw_is_clean() -> None:
    assert read_pip_audit("requirements.txt", pip(), "").state == "clean"
    assert read_npm_audit("lock", json.dumps({"vulnerabilities": {}}), "").state == "clean"


@pytest.mark.parametrize("said", ["", "not JSON", "[]", "{}"])
def test_whoever_could_not_be_asked_gave_no_clean_bill(said: str) -> None:
    assert read_pip_audit("r", said, "ConnectionError: no route\n").state == "unknown"
    assert read_npm_audit("r", said, "ENOTFOUND").state == "unknown"


def test_a_package_that_was_skipped_gave_no_clean_bill() -> None:
    """As pip-audit answers, with exit code 0, where a mirror of PyPI has no advisories."""
    skipped = {"name": "httpx", "skip_reason": "Dependency not found on PyPI"}
    found = read_pip_audit("r", json.dumps({"dependencies": [skipped]}), "")
    assert (found.state, found.lines) == ("unknown", ("1 not audited: httpx …",))


def test_npms_own_reason_is_told() -> None:
    said = json.dumps({"message": "request to the registry failed", "error": {"summary": ""}})
    assert read_npm_audit("r", said, "").lines == ("request to the registry failed",)


def test_every_change_is_asked_about() -> None:
    assert "run: make audit-deps" in (ROOT / ".github/workflows/ci.yml").read_text()


def test_a_flaw_weighs_more_than_silence() -> None:
    silent, unsafe, clean = Found("a", "unknown"), Found("b", "unsafe"), Found("c", "clean")
    assert EXIT[worst([silent, unsafe, clean])] == 1
    assert EXIT[worst([silent, clean])] == 2
    assert EXIT[worst([clean])] == 0
