"""A refresh token counts once; the one before it may come again; an older one is stolen."""

from __future__ import annotations

import base64
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.identity.refresh_tokens import REUSE_S, Outcome, RefreshToken, decoded, outcome


@pytest.mark.parametrize(
    ("presented", "current", "since", "expected"),
    [
        (0, 0, 0.0, "rotate"),
        (7, 7, 9e9, "rotate"),
        (6, 7, 0.1, "repeat"),  # another tab
        (6, 7, 9e9, "repeat"),  # the answer was lost on its way
        (5, 7, REUSE_S - 0.1, "repeat"),  # tabs that all woke up
        (5, 7, REUSE_S, "revoke"),
        (0, 7, 9e9, "revoke"),
        (8, 7, 0.0, "refuse"),  # never given out
    ],
)
def test_what_a_token_gets(presented: int, current: int, since: float, expected: Outcome) -> None:
    assert outcome(presented, current, since_refresh_s=since) == expected


@given(st.lists(st.tuples(st.integers(0, 12), st.floats(0, 100)), max_size=30))
def test_whatever_is_sent_a_session_has_one_current_token(sent: list[tuple[int, float]]) -> None:
    """Only the current token moves the counter, and a revoked session gives nothing more."""
    current = 0
    for presented, since in sent:
        match outcome(presented, current, since_refresh_s=since):
            case "rotate":
                assert presented == current
                current += 1
            case "repeat":
                assert presented < current
            case "revoke":
                assert presented < current - 1
                return
            case "refuse":
                assert presented > current


def test_a_token_is_read_back_and_is_signed_by_its_session_alone() -> None:
    token = RefreshToken(str(uuid4()), 3)
    presented = decoded(token.encoded(b"key"))
    assert presented is not None
    assert presented.token == token
    assert presented.is_signed_with(b"key")
    assert not presented.is_signed_with(b"another")


@given(st.integers(0, 55), st.integers(1, 255))
def test_a_changed_token_is_not_signed(at: int, change: int) -> None:
    text = RefreshToken(str(uuid4()), 3).encoded(b"key")
    raw = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    raw[at] ^= change
    presented = decoded(base64.urlsafe_b64encode(raw).decode())
    assert presented is not None
    assert not presented.is_signed_with(b"key")


@given(st.text(max_size=120))
def test_whatever_else_is_sent_is_no_token(text: str) -> None:
    presented = decoded(text)
    assert presented is None or not presented.is_signed_with(b"key")
