"""The tour of `scripts/tour_agents.py`, on a demo of its own."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_agents import play
from scripts.tour_commerce import table_of
from tests.integration.test_demo_lifecycle import Demo


@pytest.mark.slow
def test_another_agent_shops_from_a_search_to_a_paid_order(tmp_path: Path) -> None:
    demo = Demo(tmp_path, products=40)
    demo.start()
    try:
        lines = asyncio.run(play(f"http://127.0.0.1:{demo.port}"))
    finally:
        demo.stop(signal.SIGINT)

    Console().print(table_of(lines))
    assert [line for line in lines if not line.holds] == []
