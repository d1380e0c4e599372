"""Only what cannot be reached by WhatsApp goes by SMS."""

from __future__ import annotations

import pytest

from dukani.campaigns.automations.fallback_codes import FALLBACK_CODES
from dukani.core.clients.send_errors import ACTIONS, HELD, Action, action_for

LIMITS = (Action.MARKETING_LIMIT, Action.OPT_OUT_MARKETING, Action.SKIP)


def test_no_limit_of_whatsapps_and_no_stop_of_hers_is_gone_around() -> None:
    assert [code for code in FALLBACK_CODES if action_for(code) in LIMITS] == []
    assert FALLBACK_CODES.keys().isdisjoint(("opted_out", "no_consent", "63033"))


def test_a_fault_of_the_shop_is_mended_and_not_gone_around() -> None:
    assert [code for code in FALLBACK_CODES if action_for(code) in HELD] == []


@pytest.mark.parametrize("code", [one for one in FALLBACK_CODES if one.isdigit()])
def test_a_providers_code_is_one_that_the_table_of_errors_has(code: str) -> None:
    assert code in ACTIONS
