"""The tour of `scripts/tour_automations.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from dukani.core.embedded import EmbeddedServer
from scripts.tour_automations import table_of
from tests.integration.killing.automation_tour.tour import tour


@pytest.mark.slow
async def test_what_happens_becomes_messages_and_messages_become_sales(
    server: EmbeddedServer, database_name: str, tmp_path: Path
) -> None:
    console = Console()

    lines = await tour(tmp_path, server.url(database_name), console=console)

    console.print(table_of(lines))
    assert [line for line in lines if not line.holds] == []
