"""The lines as they were before: as far as stock allows, and told line by line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dukani.domain.acts import Undo
from dukani.domain.editing import Applied, apply
from tests.unit.domain.shops import held, line, numbered, stock_of, variant

DRESS = "Amani"
BLACK, RED, LAST = f"{DRESS}/black/M", f"{DRESS}/red/M", "Last/black/M"
SOLD = [*stock_of(DRESS, ("black", "red"), ("M",)), variant("Last", "black", "M", 1)]
Amounts = Sequence[tuple[str, int]]


def undone(now: Amounts, before: Amounts | None) -> Applied:
    return apply(numbered([line(*each) for each in now]), [Undo()], SOLD, before=before)


def told(applied: Applied) -> list[str]:
    return [change.reason or change.what for change in applied.changes]


@pytest.mark.parametrize(
    ("now", "before", "after", "says"),
    [
        ([(BLACK, 2)], [(BLACK, 1)], [(BLACK, 1)], ["changed"]),
        ([(BLACK, 1), (RED, 1)], [(BLACK, 1)], [(BLACK, 1)], ["removed"]),
        ([], [(BLACK, 1)], [(BLACK, 1)], ["added"]),
        ([(RED, 1)], [(BLACK, 1)], [(BLACK, 1)], ["removed", "added"]),
        # only the order of the lines is another
        ([(BLACK, 1), (RED, 1)], [(RED, 1), (BLACK, 1)], [(RED, 1), (BLACK, 1)], ["kept"]),
        # nothing was changed, or nobody knows what
        ([(BLACK, 1)], [(BLACK, 1)], [(BLACK, 1)], ["nothing_to_undo"]),
        ([(BLACK, 1)], None, [(BLACK, 1)], ["nothing_to_undo"]),
        # so many are no longer there: what there is stays
        ([(LAST, 1)], [(LAST, 2)], [(LAST, 1)], ["out_of_stock"]),
        ([(BLACK, 1)], [(BLACK, 1), (LAST, 2)], [(BLACK, 1)], ["out_of_stock"]),
        # no longer sold
        ([(BLACK, 1)], [(BLACK, 1), ("Old/red/M", 1)], [(BLACK, 1)], ["not_found"]),
    ],
)
def test_an_undo_gives_the_lines_back(
    now: Amounts, before: Amounts | None, after: Amounts, says: list[str]
) -> None:
    applied = undone(now, before)

    assert held(applied.lines) == after
    assert told(applied) == says
