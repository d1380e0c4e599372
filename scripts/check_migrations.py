"""What a migration does to the version that serves while it runs.

python -m scripts.check_migrations [FILE …]

A new version migrates first, while the version before still serves, and may be rolled back to. So
a migration takes nothing away that the version before uses, and holds no busy table for long:
`squawk` reads each one, without those of the first release, before which nothing was served.
What is meant all the same says so in the file, with its reason:

    -- waives ban-drop-column: no version since 0.2.0 reads it

The exit code is 1 if anything is found.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dukani.core import migrations

# All that 0.1.0 came with: no version before it was installed anywhere.
FIRST_RELEASE = "20261128039999"
# Tables of an installation with hundreds of boutiques, on which an index takes more than a moment.
BUSY = ("messages", "conversations", "conversation_events", "customers", "orders", "order_items",
        "payments", "domain_events", "audit_log", "webhook_events", "campaign_recipients",
        "product_embeddings", "automation_enrolments", "automation_decisions")  # fmt: skip
# What breaks the version before, or locks a table while all its rows are read or written.
RULES = {
    "adding-foreign-key-constraint": "add it `not valid`, and validate it in another migration",
    "adding-not-nullable-field": "give it a default, or fill it before it must be there",
    "adding-required-field": "give it a default",
    "ban-alter-domain-with-add-constraint": "make another domain",
    "ban-drop-column": "drop it one release after nothing uses it any more",
    "ban-drop-function": "drop it one release after nothing calls it any more",
    "ban-drop-table": "drop it one release after nothing uses it any more",
    "changing-column-type": "add another column, write both, and drop the old one a release later",
    "constraint-missing-not-valid": "add it `not valid`, and validate it in another migration",
    "disallowed-unique-constraint": "build a unique index first, then `add constraint using index`",
    "renaming-column": "add another column, write both, and drop the old one a release later",
    "renaming-table": "a view of the new name can serve both",
    "require-concurrent-index-creation": "this is a busy table: build it `concurrently` by hand"
    " before, and `create index if not exists` here",
}
_WAIVER = re.compile(r"(?m)^-- waives ([a-z-]+): (\S.{9,})$")


@dataclass(frozen=True, slots=True)
class Fault:
    file: str
    line: int
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.remedy}"


def new_files(files: Sequence[Path] | None = None) -> list[Path]:
    """Those of no release before; all of FILES, if any are named."""
    if files is not None:
        return list(files)
    paths = sorted(migrations.FOLDER.glob("*.sql"))
    return [path for path in paths if path.name.partition("_")[0] > FIRST_RELEASE]


def faults(files: Sequence[Path]) -> Iterator[Fault]:
    """What squawk finds in the files and they do not waive."""
    if not files:
        return
    told = subprocess.run(
        [Path(sys.executable).with_name("squawk"), "--reporter", "Json",
         "--assume-in-transaction", "--pg-version", "15", *files],
        capture_output=True, text=True,
    )  # fmt: skip
    for one in json.loads(told.stdout or "[]"):
        path, rule = Path(one["file"]), one["rule_name"]
        text = path.read_text()
        if rule == "syntax-error":
            yield Fault(path.name, one["line"], rule, one["message"])
        elif rule in RULES and rule not in waived(text) and _counts(rule, text, one):
            yield Fault(path.name, one["line"] + 1, rule, RULES[rule])


def waived(text: str) -> set[str]:
    """The rules that a file waives with a reason."""
    return {rule for rule, _ in _WAIVER.findall(text)}


def _counts(rule: str, text: str, found: dict[str, int]) -> bool:
    """An index counts on a busy table alone: on the others it takes a moment."""
    if rule != "require-concurrent-index-creation":
        return True
    statement = " ".join(text.splitlines()[found["line"] : found["line_end"] + 1])
    on = re.search(r"\bon (?:only )?(?:public\.)?(\w+)", statement, re.I)
    return on is None or on[1] in BUSY


def main() -> int:
    given = [Path(name) for name in sys.argv[1:]] or None
    files = new_files(given)
    found = list(faults(files))
    for fault in found:
        print(fault)
    print(f"{len(files)} migrations read, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
