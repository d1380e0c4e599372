"""What a shop still lacks before it can sell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dukani.core.store.shop_set_up import ShopSetUp
from dukani.tools.go_live import go_live

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
READY = ShopSetUp(
    name="Malaika",
    owner_phone="+254712345678",
    says_hours=True,
    zones=2,
    says_delivery=False,
    says_returns=True,
    pieces=5,
    people=1,
    has_number=True,
    number_checked_at=NOW,
    number_problem=None,
    last_message_at=NOW,
    pays_by="daraja",
    has_mpesa=True,
    till_or_paybill=True,
    paid_by_prompt=True,
    alert_templates_approved=True,
    alerts_refused=False,
)


def lacks(**changes: Any) -> dict[str, str | None]:
    return {one.step: one.why for one in go_live(replace(READY, **changes)).steps if not one.done}


def test_a_shop_that_has_everything_may_sell_with_one_person():
    assert go_live(READY).is_complete
    assert lacks() == {"staff": "alone"}


@pytest.mark.parametrize(
    ("changes", "step", "why"),
    [
        ({"owner_phone": None}, "owner_phone", "no_phone"),
        ({"says_hours": False}, "hours", "not_said"),
        ({"zones": 0}, "delivery", "no_zone"),
        ({"says_returns": False}, "returns", "not_said"),
        ({"pieces": 4}, "pieces", "too_few"),
        ({"has_number": False}, "channel", "no_number"),
        ({"number_problem": "refused_auth_token"}, "channel", "refused_auth_token"),
        ({"number_checked_at": None, "last_message_at": None}, "channel", "not_checked"),
        ({"last_message_at": None}, "webhook", "no_message_yet"),
        ({"has_mpesa": False}, "payments", "no_account"),
        ({"paid_by_prompt": False}, "payments", "not_tried"),
        ({"pays_by": "manual", "till_or_paybill": False}, "payments", "no_till"),
    ],
)
def test_each_thing_that_lacks_is_named(changes: dict[str, Any], step: str, why: str):
    assert lacks(**changes).get(step) == why
    assert not go_live(replace(READY, **changes)).is_complete


def test_what_trade_has_shown_needs_no_test():
    assert "channel" not in lacks(number_checked_at=None)  # messages come in


def test_a_shop_paid_by_hand_needs_no_prompt():
    assert "payments" not in lacks(pays_by="manual", has_mpesa=False, paid_by_prompt=False)


@pytest.mark.parametrize(("refused", "why"), [(False, "not_approved"), (True, "refused")])
def test_a_shop_sells_without_alert_templates_and_its_owner_is_told_that_they_lack(
    refused: bool, why: str
):
    found = replace(READY, alert_templates_approved=False, alerts_refused=refused)

    assert go_live(found).is_complete
    assert lacks(alert_templates_approved=False, alerts_refused=refused)["alert_templates"] == why
