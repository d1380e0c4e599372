"""The tour of `scripts/tour_commerce.py`, on a demo of its own."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_commerce import play, table_of
from tests.integration.test_demo_lifecycle import Demo


@pytest.mark.slow
def test_another_system_sells_through_the_commerce_routes_and_again(tmp_path: Path) -> None:
    # given a demo with its month
    demo = Demo(tmp_path, products=40)
    demo.start()
    try:
        for _ in range(2):  # then it leaves the demo so that it can be played again
            lines = play(f"http://127.0.0.1:{demo.port}")
            Console().print(table_of(lines))
            assert [line for line in lines if not line.holds] == []
    finally:
        demo.stop(signal.SIGINT)
