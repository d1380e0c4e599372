"""Edits of the order in many wordings: `edits/*.txt` hold a kind each, one message a line.

A row is `situation | text | acts`; situations are in `boutique.py`, acts are spelled by
`written.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from dukani.agent.local_reader import understand
from dukani.domain import acts as a
from tests.unit.reader.boutique import STANDING
from tests.unit.reader.written import written

TABLES = sorted(Path(__file__).parent.joinpath("edits").glob("*.txt"))

KEEPING = ("keep the belt", "belt ibaki", "nibaki na belt", "the belt stays", "bakisha belt")
REMOVING = (
    "remove the hoodie", "toa hoodie", "drop the hoodie", "hoodie toa", "hoodie itoke",
    "take out the hoodie", "sitaki hoodie", "I don't want the hoodie",
)  # fmt: skip
JOINTS = (", ", " and ", " na ", " lakini ", ". ", " ")


def rows() -> Iterator[object]:
    for table in TABLES:
        for row in table.read_text(encoding="utf-8").splitlines():
            if row and not row.startswith("#"):
                situation, text, acts = row.split(" | ")
                yield pytest.param(situation, text, acts, id=f"{table.stem}:{situation}:{text}")


@pytest.mark.parametrize(("situation", "text", "acts"), list(rows()))
def test_edit_is_understood(situation: str, text: str, acts: str) -> None:
    understood = understand(text, STANDING[situation])

    assert written(understood.acts) == acts


@pytest.mark.parametrize("kept", KEEPING)
@pytest.mark.parametrize("removed", REMOVING)
def test_what_is_kept_is_never_taken_out(kept: str, removed: str) -> None:
    gone = (a.Remove(target=a.Target(category="hoodie")),)
    for joint, turned in itertools.product(JOINTS, (False, True)):
        first, second = (removed, kept) if turned else (kept, removed)
        text = first + joint + second
        assert understand(text, STANDING["two lines"]).acts == gone, text
