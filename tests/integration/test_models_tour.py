"""The tour of `scripts/tour_models.py`: CLIP is brought to a demo, with a kill in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from scripts.tour_models import play, table_of

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")


@pytest.mark.slow
def test_an_operator_brings_clip_to_an_installation(tmp_path: Path) -> None:
    lines = play(tmp_path)

    Console().print(table_of(lines))
    assert [line for line in lines if not line.holds] == []
