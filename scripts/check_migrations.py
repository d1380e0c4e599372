"""What a migration does to the version that serves while it runs.

python -m scripts.check_migrations [FILE …]
python -m scripts.check_migrations --release VERSION
python -m scripts.check_migrations --listed

A new version migrates first, while the version before still serves, and may be rolled back to. So
a migration takes nothing away that the version before uses, and holds no busy table for long:
`squawk` reads each one that no release has brought anywhere yet. What is meant all the same says
so in the file, with its reason:

    -- waives ban-drop-column: no version since 0.2.0 reads it

`supabase/released.txt` lists those that a release has brought to installations. They ran there:
their files are never changed, and new ones come behind them. With `--release` the new ones, if they
have no fault, are added to it; with `--listed` one that is not in it is a fault, as when a release
is made. The exit code is 1 if anything is found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dukani.core import migrations

RELEASED = migrations.FOLDER.parent / "released.txt"
# Tables of an installation with hundreds of boutiques, on which an index takes more than a moment.
BUSY = ("messages", "conversations", "conversation_events", "customers", "orders", "order_items",
        "payments", "domain_events", "audit_log", "webhook_events", "campaign_recipients",
        "product_embeddings", "automation_enrolments", "automation_decisions")  # fmt: skip
# What breaks the version before, or locks a table while all its rows are read or written.
RULES = {
    "adding-field-with-default": "its default writes every row: add the column bare, and fill it",
    "adding-foreign-key-constraint": "add it `not valid`, and validate it in another migration",
    "adding-not-nullable-field": "give it a default, or fill it before it must be there",
    "adding-required-field": "give it a default",
    "ban-alter-domain-with-add-constraint": "make another domain",
    "ban-drop-column": "drop it one release after nothing uses it any more",
    "ban-drop-function": "drop it one release after nothing calls it any more",
    "ban-drop-not-null": "the version before reads no null: write a value until a release later",
    "ban-drop-table": "drop it one release after nothing uses it any more",
    "ban-truncate-cascade": "it empties tables that nobody named: name each, or delete",
    "changing-column-type": "add another column, write both, and drop the old one a release later",
    "constraint-missing-not-valid": "add it `not valid`, and validate it in another migration",
    "disallowed-unique-constraint": "build a unique index first, then `add constraint using index`",
    "renaming-column": "add another column, write both, and drop the old one a release later",
    "renaming-table": "a view of the new name can serve both",
    "require-concurrent-index-creation": "this is a busy table: build it `concurrently` by hand"
    " before, and `create index if not exists` here",
}
EDITED = "edited-after-release"
MISSING = "missing-after-release"
EARLIER = "before-a-released-one"
UNLISTED = "not-in-the-release"
_OF_RELEASED = {
    EDITED: "it ran as it was: undo the change, and write another migration",
    MISSING: "it ran: put the file back, and undo what it did in another migration",
    UNLISTED: "`python -m scripts.check_migrations --release VERSION`, and commit the list",
    EARLIER: "number it after the newest released one, behind which installations go on",
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


def released(listed: Path = RELEASED) -> dict[str, str]:
    """The SHA-256 of each released file, by its name."""
    lines = [line.split() for line in listed.read_text().splitlines()]
    return {line[2]: line[1] for line in lines if line and not line[0].startswith("#")}


def new_files(folder: Path = migrations.FOLDER, listed: Path = RELEASED) -> list[Path]:
    """Those that no release has brought anywhere."""
    known = released(listed)
    return sorted(path for path in folder.glob("*.sql") if path.name not in known)


def faults_of_released(
    folder: Path = migrations.FOLDER, listed: Path = RELEASED
) -> Iterator[Fault]:
    """Released files that are not as they were, and new ones that come before them."""
    known = released(listed)
    for name, digest in known.items():
        path = folder / name
        if not path.is_file():
            yield Fault(name, 1, MISSING, _OF_RELEASED[MISSING])
        elif digest_of(path) != digest:
            yield Fault(name, 1, EDITED, _OF_RELEASED[EDITED])
    for path in new_files(folder, listed):
        if known and path.name < max(known):
            yield Fault(path.name, 1, EARLIER, _OF_RELEASED[EARLIER])


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


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def note_release(version: str, files: Sequence[Path], listed: Path = RELEASED) -> None:
    """Add the files to what the release brings to installations."""
    with listed.open("a") as file:
        file.writelines(f"{version}  {digest_of(path)}  {path.name}\n" for path in files)


def _counts(rule: str, text: str, found: dict[str, int]) -> bool:
    """An index counts on a busy table alone: on the others it takes a moment."""
    if rule != "require-concurrent-index-creation":
        return True
    statement = " ".join(text.splitlines()[found["line"] : found["line_end"] + 1])
    on = re.search(r"\bon (?:only )?(?:public\.)?(\w+)", statement, re.I)
    return on is None or on[1] in BUSY


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="none: all that are not released")
    parser.add_argument("--release", metavar="VERSION", help="list the new ones as its")
    parser.add_argument("--listed", action="store_true", help="every one must be a release's")
    given = parser.parse_args()
    files = given.files or new_files()
    found = [*([] if given.files else faults_of_released()), *faults(files)]
    if given.listed:
        found += [Fault(path.name, 1, UNLISTED, _OF_RELEASED[UNLISTED]) for path in files]
    for fault in found:
        print(fault)
    print(f"{len(files)} migrations read, {len(found)} faults")
    if found:
        return 1
    if given.release:
        note_release(given.release, files)
        print(f"{len(files)} are listed as {given.release}'s in {RELEASED.name}: commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
