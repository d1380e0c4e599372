"""The storm of `scripts/faults.py`, at a smaller size."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from rich.console import Console

from tests.integration.killing.faults.whole import storm
from tests.integration.killing.tour_lines import table_of

SALES = 12
RECIPIENTS = 40
MINUTES = 1.0


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_whatever_goes_wrong(tmp_path: Path) -> None:
    console = Console()
    seed = int(os.environ.get("DUKANI_FAULTS_SEED", time.time_ns() % 1_000_000))

    outcome = await storm(
        tmp_path,
        sales=SALES,
        recipients=RECIPIENTS,
        minutes=MINUTES,
        seed_of=seed,
        console=console,
    )

    console.print(table_of(outcome.lines))
    assert outcome.report.findings == []
    assert [line for line in outcome.lines if not line.holds] == []
    assert outcome.injected.total() > 20
