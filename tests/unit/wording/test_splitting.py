"""Long words are cut where a reader would, and nothing but space is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.agent.wording.splitting import split_text


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("short", 10, ["short"]),
        ("a b\n\nc d", 6, ["a b", "c d"]),  # between paragraphs first
        ("a b\nc d", 6, ["a b", "c d"]),  # then between lines
        ("a b c d", 4, ["a b", "c d"]),  # then between words
        ("abcdef", 4, ["abcd", "ef"]),  # and else anywhere
        ("", 4, []),
        ("\n", 4, []),
        # All three in one.
        (
            "First paragraph.\n\nSecond one, line one\nline two",
            25,
            ["First paragraph.", "Second one, line one", "line two"],
        ),
    ],
)
def test_text_is_cut_where_a_reader_would(text: str, limit: int, parts: list[str]) -> None:
    assert split_text(text, limit) == parts


@given(st.text(alphabet="ab \n", max_size=300), st.integers(1, 40))
def test_nothing_but_space_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
