"""The tour of `scripts/tour_catalogue.py`, on a demo of its own."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_catalogue import play, table_of
from tests.demos import Demo


@pytest.mark.slow
def test_a_shops_pieces_are_kept_in_its_catalogue_at_meta(tmp_path: Path) -> None:
    # given a demo with its month
    demo = Demo(tmp_path, products=12)
    demo.start()
    try:
        # when an owner keeps the second shop's pieces in its catalogue
        lines = play(f"http://127.0.0.1:{demo.port}")
        Console().print(table_of(lines))
    finally:
        demo.stop(signal.SIGINT)
    # then every line holds
    assert [line for line in lines if not line.holds] == []
