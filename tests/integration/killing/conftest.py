from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def a_folder() -> Iterator[Path]:
    """For a database server that is started again meanwhile, by a user of its own.

    Each run of pytest closes the parent of every `tmp_path` to other users, those of runs beside it
    too, so that such a server would not get up again.
    """
    with tempfile.TemporaryDirectory(prefix="dukani-test-") as folder:
        yield Path(folder)
