"""Turns of every kind: `tables/*.txt` say what is heard in each, one turn a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.reader.turns import Slots, read_turn

TABLES = sorted(Path(__file__).parent.joinpath("tables").glob("*.txt"))
NUMBERS = frozenset(("option", "quantity", "budget_min", "budget_max"))


def slots_of(written: str) -> Slots:
    pairs = (pair.split("=", 1) for pair in written.split("; ") if pair)
    return {
        name: int(value) if name in NUMBERS else True if name == "embroidery" else value
        for name, value in pairs
    }


def turns() -> Iterator[object]:
    for table in TABLES:
        for row in table.read_text(encoding="utf-8").splitlines():
            if row and not row.startswith("# "):
                situation, text, acts, *slots = row.split(" | ")
                expected = (acts.rstrip(" |").split(), slots_of("".join(slots)))
                yield pytest.param(situation, text, expected, id=f"{table.stem}:{situation}:{text}")


@pytest.mark.parametrize(("situation", "text", "expected"), list(turns()))
def test_turn_is_understood(situation: str, text: str, expected: tuple[list[str], Slots]) -> None:
    heard = read_turn(situation, text)

    assert not heard.misses(*expected), heard.acts
