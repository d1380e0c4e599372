"""Some of the runbook's chapters, rehearsed; the rest by `python -m scripts.rehearse`."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from tests.rehearsal.alarm import PROMTOOL
from tests.rehearsal.prices import WrongPrices
from tests.rehearsal.whole import rehearse
from tests.rehearsal.work import WorkerDead

pytestmark = pytest.mark.slow  # an installation is served


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not on this machine")
async def test_what_the_runbook_says_of_a_dead_worker_and_of_wrong_prices_holds(
    tmp_path: Path,
) -> None:
    lines = await rehearse(tmp_path, [WorkerDead, WrongPrices], console=Console(width=120))

    assert [(line.title, line.why_not) for line in lines] == [
        ("Worker dead", None),
        ("Wrong prices after an import", None),
    ]
