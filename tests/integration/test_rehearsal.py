"""Some of the runbook's chapters, rehearsed; the rest by `python -m scripts.rehearse`."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from tests.rehearsal.alarm import PROMTOOL
from tests.rehearsal.keys import LeakedKey
from tests.rehearsal.money import PaymentsLate
from tests.rehearsal.prices import WrongPrices
from tests.rehearsal.whole import rehearse
from tests.rehearsal.work import WorkerDead

pytestmark = pytest.mark.slow  # an installation is served


async def test_what_the_runbook_says_of_money_workers_prices_and_keys_holds(
    tmp_path: Path,
) -> None:
    """Whether alerts ring is promtool's word: on a machine without it the rest is rehearsed."""
    lines = await rehearse(
        tmp_path,
        [PaymentsLate, WorkerDead, WrongPrices, LeakedKey],
        console=Console(width=120),
        with_alerts=PROMTOOL is not None,
    )

    assert [(line.title, line.why_not) for line in lines] == [
        ("Payments late", None),
        ("Worker dead", None),
        ("Wrong prices after an import", None),
        ("Leaked key", None),
    ]
