"""An error shows what was sent, unless it is a secret, a text or no single value."""

from __future__ import annotations

import pytest

from dukani.web.shown_values import LONGEST, shown


@pytest.mark.parametrize(
    "path",
    [
        ("body", "password"),
        ("body", "accessToken"),
        ("body", "meta", "APP_SECRET"),
        ("body", "credentials", "sid"),  # whatever lies below such a name
        ("query", "api-key"),
        ("header", "x-boutique"),
        ("cookie", "theme"),
    ],
)
def test_a_secret_is_not_shown(path: tuple[str, ...]) -> None:
    assert shown(path, "hush") is None


@pytest.mark.parametrize("path", [("body", "monkey"), ("body", "pinned"), ("body", "items", 0)])
def test_a_name_that_only_holds_the_word_is_no_secret(path: tuple[str | int, ...]) -> None:
    assert shown(path, "hello") == "hello"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (12, 12),
        (False, False),
        (1.5, 1.5),
        (float("inf"), None),
        (float("nan"), None),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), None),
        (10**LONGEST, None),
        (["a"], None),
        ({"a": 1}, None),
        (None, None),
    ],
)
def test_only_a_short_single_value_is_shown(value: object, told: object) -> None:
    assert shown(("body", "quantity"), value) == told
