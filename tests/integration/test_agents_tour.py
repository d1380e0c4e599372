"""The tour of `scripts/tour_agents.py`, on a demo of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_agents import play
from scripts.tour_commerce import table_of
from tests.filled_demos import FilledDemos


@pytest.mark.slow
def test_another_agent_shops_from_a_search_to_a_paid_order(
    filled_demos: FilledDemos, tmp_path: Path
) -> None:
    with filled_demos.run(tmp_path, products=40) as demo:
        lines = asyncio.run(play(f"http://127.0.0.1:{demo.port}"))

    Console().print(table_of(lines))
    assert [line for line in lines if not line.holds] == []
