"""The tour of `scripts/tour_products.py`, on a demo of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_products import play, table_of
from tests.filled_demos import FilledDemos


@pytest.mark.slow
def test_pieces_are_sent_into_a_chat_and_bought_from_there(
    filled_demos: FilledDemos, tmp_path: Path
) -> None:
    # given a demo whose second shop has its catalogue at Meta
    with filled_demos.run(tmp_path, products=40) as demo:
        # when another system sends pieces of it, and a customer buys from one
        lines = play(f"http://127.0.0.1:{demo.port}")
    Console().print(table_of(lines))

    # then every line holds
    assert [line for line in lines if not line.holds] == []
