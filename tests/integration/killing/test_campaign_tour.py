"""The tour of `scripts/tour_campaign.py`, at a smaller size."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from dukani.core.embedded import EmbeddedServer
from tests.integration.killing.campaign_tour import tour
from tests.integration.killing.tour_lines import table_of

CUSTOMERS = 60


@pytest.mark.slow
async def test_a_campaign_goes_from_its_schedule_to_a_sale(
    server: EmbeddedServer, database_name: str, tmp_path: Path
) -> None:
    console = Console()

    lines = await tour(tmp_path, server.url(database_name), customers=CUSTOMERS, console=console)

    console.print(table_of(lines))
    assert [line for line in lines if not line.holds] == []
    found = {line.what: line.found for line in lines}
    assert (found["recipients"], found["sales of the campaign"]) == (str(CUSTOMERS), "1")
