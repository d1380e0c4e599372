"""Writes what a release is made of, from the lock files, as CycloneDX: `make sbom`.

python -m scripts.sbom [FOLDER]

`python.cdx.json` is what the image installs, `dashboard.cdx.json` what the pages are built from and
with. Both come out the same for the same lock files: they bear no time and no number of their own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from dukani import __version__
from dukani.core.settings import ROOT


def of_python(target: Path) -> None:
    subprocess.run(
        [Path(sys.executable).with_name("cyclonedx-py"), "requirements", "requirements.txt",
         "--pyproject", "pyproject.toml", "--mc-type", "application", "--output-reproducible",
         "--of", "JSON", "-o", target],
        cwd=ROOT, check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def of_dashboard(target: Path) -> None:
    """From the lock itself: `npm sbom` leaves out what the pages and a tool of theirs both need."""
    lock = json.loads((ROOT / "dashboard/package-lock.json").read_text())["packages"]
    described = Bom(components=[_component(path, one) for path, one in lock.items() if path])
    described.metadata.component = Component(
        name="dukani-dashboard", version=__version__, type=ComponentType.APPLICATION
    )
    told = json.loads(make_outputter(described, OutputFormat.JSON, SchemaVersion.V1_6)
                      .output_as_string())  # fmt: skip
    told.pop("serialNumber")
    told["metadata"].pop("timestamp")
    target.write_text(json.dumps(told, indent=2) + "\n")


def _component(path: str, one: dict[str, Any]) -> Component:
    name, version = path.rpartition("node_modules/")[2], one["version"]
    group, _, plain = name.rpartition("/")
    return Component(
        name=plain,
        group=group or None,
        version=version,
        purl=PackageURL("npm", group or None, plain, version),
        # The same package may lie at several places.
        bom_ref=path,
        scope=ComponentScope.EXCLUDED if one.get("dev") else ComponentScope.REQUIRED,
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    of_python(folder / "python.cdx.json")
    of_dashboard(folder / "dashboard.cdx.json")
    for path in sorted(folder.glob("*.cdx.json")):
        print(f"{path}: {len(json.loads(path.read_text())['components'])} packages")


if __name__ == "__main__":
    main()
