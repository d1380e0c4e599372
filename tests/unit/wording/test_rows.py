"""Rows of a WhatsApp list: the number first, cut between words."""

from __future__ import annotations

import pytest

from dukani.agent.wording import list_rows
from tests.unit.wording.samples import OPTIONS, option, voice


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Amani Wrap Dress", "2. Amani Wrap Dress"),
        ("Zuri Lace Wedding Gown", "2. Zuri Lace Wedding…"),
        ("Supercalifragilisticexpialidocious", "2. Supercalifragilistic…"),
        ("*Amani* _Dress_", "2. Amani Dress"),
    ],
)
def test_a_rows_title_is_numbered_and_fits(name: str, title: str) -> None:
    assert list_rows([option(2, name=name)], voice())[0].title == title


def test_description_tells_price_colour_and_sizes() -> None:
    # when
    rows = list_rows(OPTIONS, voice("sw"))

    # then
    assert [row.description for row in rows] == [
        "KES 4,500 · bluu · saizi S, M, L",
        "KES 12,500 · nyekundu · saizi S, M, L",
        "KES 4,500 · beige, nyeupe · saizi moja",
    ]
