"""What a copy of a piece is called."""

from __future__ import annotations

import pytest

from dukani.tools.product_copies import LONGEST_NAME, next_name


@pytest.mark.parametrize(
    ("name", "taken", "called"),
    [
        ("Amani", ["Amani"], "Amani 2"),
        ("Amani", ["Amani", "amani 2"], "Amani 3"),  # whatever its case
        ("Amani 2", ["Amani", "Amani 2"], "Amani 3"),
        ("Levi's 501", ["Levi's 501"], "Levi's 502"),
        ("7", ["7"], "7 2"),
    ],
)
def test_a_copy_has_the_next_name_that_is_free(name: str, taken: list[str], called: str) -> None:
    assert next_name(name, taken) == called


def test_the_longest_name_makes_room_for_the_number() -> None:
    assert next_name("a" * LONGEST_NAME, []) == "a" * (LONGEST_NAME - 2) + " 2"
