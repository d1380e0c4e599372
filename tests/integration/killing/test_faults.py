"""The storm of `scripts/faults.py`, at a smaller size."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from rich.console import Console

from tests.integration.killing.faults.plan import ROUND
from tests.integration.killing.faults.whole import Size, storm
from tests.integration.killing.tour_lines import table_of

SIZE = Size(sales=12, recipients=40, minutes=1.0)
MISHAPS = ("kill_worker", "kill_api", "cut_worker", "kill_database")


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_whatever_goes_wrong(a_folder: Path) -> None:
    console = Console()
    seed = int(os.environ.get("DUKANI_FAULTS_SEED", time.time_ns() % 1_000_000))

    outcome = await storm(a_folder, SIZE, seed_of=seed, console=console)

    console.print(table_of(outcome.lines))
    assert outcome.buyers == SIZE.sales
    assert outcome.report.findings == []
    assert [line for line in outcome.lines if not line.holds] == []
    assert all(outcome.injected[mishap] for mishap in MISHAPS)
    assert outcome.injected.total() >= ROUND
