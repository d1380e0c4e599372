"""The tour of `scripts/tour_catalogue.py`, on a demo of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_catalogue import play, table_of
from tests.filled_demos import FilledDemos


@pytest.mark.slow
def test_a_shops_pieces_are_kept_in_its_catalogue_at_meta(
    filled_demos: FilledDemos, tmp_path: Path
) -> None:
    # given a demo with its month
    with filled_demos.run(tmp_path, products=40) as demo:
        # when an owner keeps the second shop's pieces in its catalogue
        lines = play(f"http://127.0.0.1:{demo.port}")
    Console().print(table_of(lines))

    # then every line holds
    assert [line for line in lines if not line.holds] == []
