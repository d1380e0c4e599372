"""The tour of `scripts/tour_commerce.py`, on a demo of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_commerce import play, table_of
from tests.filled_demos import FilledDemos


@pytest.mark.slow
def test_another_system_sells_through_the_commerce_routes_and_again(
    filled_demos: FilledDemos, tmp_path: Path
) -> None:
    # given a demo with its month
    with filled_demos.run(tmp_path, products=40) as demo:
        for _ in range(2):  # then it leaves the demo so that it can be played again
            lines = play(f"http://127.0.0.1:{demo.port}")
            Console().print(table_of(lines))
            assert [line for line in lines if not line.holds] == []
