"""Asks whether any package we ship is known to be unsafe: `make audit-deps`.

pip-audit reads the lock files, npm the dashboard's. Each needs its registry's advisories; where
these cannot be reached it is said, and is no clean bill: exit code 2. Known flaws: 1. None: 0.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dukani.core.settings import ROOT

State = Literal["clean", "unsafe", "unknown"]
LOCKS = ("requirements.txt", "requirements-clip.txt", "requirements-dev.txt")
WITHIN_S = 300
EXIT: dict[State, int] = {"clean": 0, "unsafe": 1, "unknown": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the packages of a file."""

    of: str
    state: State
    lines: tuple[str, ...] = ()


def python_packages(lock: str) -> Found:
    # By uv, which brings it in an environment of its own: it is no part of ours.
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        return Found(lock, "unknown", ("uv is not installed: run this by `make audit-deps`",))
    command = [uv, "tool", "run", "--quiet", "pip-audit", "--requirement", str(ROOT / lock)]
    options = ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    return read_pip_audit(lock, *_run(command + options, ROOT))


def read_pip_audit(lock: str, said: str, failed: str) -> Found:
    """Of pip-audit's JSON, and what it said on its way."""
    try:
        packages = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Found(lock, "unknown", (_last_line(failed),))
    flaws = [
        f"{one['name']} {one['version']}: {flaw['id']}"
        + (f", mended in {', '.join(flaw['fix_versions'])}" if flaw["fix_versions"] else "")
        for one in packages
        for flaw in one.get("vulns", ())
    ]
    # pip-audit calls it a success when the registry knows none of the packages.
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    if skipped and not flaws:
        return Found(lock, "unknown", (f"{len(skipped)} not audited: {', '.join(skipped[:5])} …",))
    return Found(lock, "unsafe" if flaws else "clean", tuple(flaws))


def dashboard_packages() -> Found:
    where = "dashboard/package-lock.json"
    if shutil.which("npm") is None:
        return Found(where, "unknown", ("npm is not installed",))
    command = ["npm", "audit", "--json", "--omit=dev", "--package-lock-only"]
    return read_npm_audit(where, *_run(command, ROOT / "dashboard"))


def read_npm_audit(where: str, said: str, failed: str) -> Found:
    """Of npm's JSON, which has `error` or `message` where its registry did not answer."""
    try:
        told = json.loads(said)
        flaws = told["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        why = re.search(r'"(?:summary|message)":\s*"([^"]+)"', said)
        return Found(where, "unknown", (why[1] if why else _last_line(failed),))
    lines = tuple(f"{name} {one['range']}: {one['severity']}" for name, one in flaws.items())
    return Found(where, "unsafe" if lines else "clean", lines)


def _run(command: list[str], folder: Path) -> tuple[str, str]:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=WITHIN_S, check=False
        )
    except subprocess.TimeoutExpired:
        return "", f"no answer within {WITHIN_S} seconds"
    return done.stdout, done.stderr


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"


def worst(found: list[Found]) -> State:
    """Flaws that are known weigh more than what could not be asked."""
    states = {one.state for one in found}
    return "unsafe" if "unsafe" in states else "unknown" if "unknown" in states else "clean"


def main() -> int:
    found = [*(python_packages(lock) for lock in LOCKS), dashboard_packages()]
    words = {
        "clean": "nothing known",
        "unsafe": "UNSAFE",
        "unknown": "NOT ASKED: the advisories could not be reached",
    }
    for one in found:
        print(f"{one.of}: {words[one.state]}")
        for line in one.lines:
            print(f"  {line}")
    return EXIT[worst(found)]


if __name__ == "__main__":
    sys.exit(main())
