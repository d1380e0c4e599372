"""Whatever JSON allows becomes something PostgreSQL can hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.errors import UnreadableWebhook
from dukani.webhooks.bodies import clean, json_body, kept_text
from dukani.webhooks.parts import own_id, phone_or_none

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(anything)
def test_a_cleaned_body_is_strict_json_without_nul(value: object) -> None:
    cleaned = clean(value)

    text = json.dumps(cleaned, allow_nan=False, ensure_ascii=False)

    text.encode()  # no halves of surrogate pairs
    assert "\\u0000" not in text
    assert clean(cleaned) == cleaned


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_can_be_kept(raw: bytes) -> None:
    try:
        json_body(raw)
    except UnreadableWebhook:
        assert "\0" not in kept_text(raw)["body"]


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("254712000001", "+254712000001"),
        ("+254712000001", "+254712000001"),
        ("KE.1", None),
        ("", None),
        ("+0712000001", None),
        ("٢٥٤٧١٢٠٠٠٠٠١", None),  # digits, but not of a phone number
        (254712000001, None),
        (None, None),
    ],
)
def test_phones_are_read_with_or_without_their_plus(said: object, phone: str | None) -> None:
    assert phone_or_none(said) == phone


@pytest.mark.parametrize("said", ["", "1", None, 5, "x" * 36, ["a"]])
def test_only_an_id_of_ours_counts_as_one(said: object) -> None:
    assert own_id(said) is None
