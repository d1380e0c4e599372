"""The table of how long things are kept is what the settings are."""

from __future__ import annotations

from scripts.describe_retention import DOCUMENT, description


def test_the_committed_table_is_written_from_the_settings() -> None:
    assert DOCUMENT.read_text() == description(), "run `python -m scripts.describe_retention`"
