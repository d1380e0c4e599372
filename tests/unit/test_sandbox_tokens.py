"""The sandbox's access tokens end when Daraja's do."""

from __future__ import annotations

from dukani.sandbox.accounts import PWANI, ZURI
from dukani.sandbox.tokens import Tokens
from tests.clock import Clock


def test_a_token_is_its_accounts_for_an_hour():
    # given
    clock = Clock()
    tokens = Tokens(clock=clock)
    token = tokens.grant(ZURI)
    clock.advance(10)
    later = tokens.grant(PWANI)

    # when / then
    clock.advance(3588)
    assert tokens.holder(f"Bearer {token}") == ZURI.key
    clock.advance(2)
    assert tokens.holder(f"Bearer {token}") is None
    assert tokens.holder(f"Bearer {later}") == PWANI.key


def test_a_token_can_end_before_its_time():
    tokens = Tokens(clock=Clock())
    token = tokens.grant(ZURI)

    tokens.end(f"Bearer {token}")

    assert tokens.holder(f"Bearer {token}") is None
