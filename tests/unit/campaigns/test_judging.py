"""Why a step goes, waits or ends, asked in one order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.automations.conditions import drop_percent
from dukani.campaigns.automations.judging import checks, ends_it, first_refused, is_stale
from dukani.domain.automations import ENDS, Conditions
from tests.unit.campaigns.a_case import NIGHT, NOON, a_case, a_rule

SERVICE = a_rule("payment_failed", **{"class": "service"})


def test_nothing_stands_against_a_left_cart_of_who_agreed_to_offers() -> None:
    assert first_refused(a_case()) is None


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        ("rule_off", {"rule_on": False}),
        ("erased", {"is_gone": True}),
        ("held_out", {"held_out": True}),
        ("opted_out", {"opted_out": True}),
        ("bought", {"bought": True}),
        ("replied", {"replied_at": NOON}),
        ("nothing_left", {"is_over": True}),
        ("nothing_left", {"available": 0}),
        ("rule_cap", {"sent_of_rule": 1}),
        ("too_late", {"counted_from": NOON - timedelta(days=6)}),
        ("suppressed", {"suppressed": True}),
        ("no_channel", {"phone": "+13105550100", "identity": "+13105550100"}),
        ("conditions", {"in_segment": False}),
    ],
)
def test_ends_it(reason: str, values: dict[str, Any]) -> None:
    refused = first_refused(a_case(**values))
    assert refused is not None
    assert (refused.name, refused.until) == (reason, None)
    assert ends_it(refused.name)


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        ("no_consent", {"may_market": False}),
        ("shop_paused", {"shop_paused": True}),
        ("with_person", {"handed_off_at": NOON}),
        ("prompt_open", {"prompt_open": True}),
        ("talking", {"last_inbound_at": NOON - timedelta(minutes=1)}),
        ("cool_off", {"limited_at": NOON - timedelta(hours=3), "limited_times": 1}),
        ("quiet_hours", {"now": NIGHT, "counted_from": NIGHT - timedelta(hours=1)}),
    ],
)
def test_puts_it_off(reason: str, values: dict[str, Any]) -> None:
    case = a_case(**values)
    refused = first_refused(case)
    assert refused is not None and refused.name == reason
    assert refused.until is not None and refused.until > case.now
    assert not ends_it(refused.name)


def test_a_held_back_customer_rests_longer_each_time() -> None:
    def rest(times: int) -> timedelta:
        refused = first_refused(a_case(limited_at=NOON, limited_times=times))
        assert refused is not None and refused.until is not None
        return refused.until - NOON

    assert [rest(n) for n in (1, 2, 3)] == [timedelta(days=1), timedelta(days=2), timedelta(days=4)]
    assert rest(30) == timedelta(days=8)


def test_a_service_message_asks_for_no_consent_to_offers_and_has_no_cap() -> None:
    case = a_case(
        SERVICE, subject_kind="order", may_market=False, sent_of_rule=9, suppressed=True,
        limited_at=NOON, limited_times=3,
    )  # fmt: skip
    assert first_refused(case) is None


def test_what_she_did_just_now_she_hears_of_at_night_too() -> None:
    # given a payment that failed ten minutes ago, late in the evening
    failed = NIGHT - timedelta(minutes=10)
    case = a_case(SERVICE, subject_kind="order", now=NIGHT, began_at=failed, counted_from=failed)
    assert first_refused(case) is None
    # and one of an hour ago waits until the morning
    hour = NIGHT - timedelta(hours=1)
    waits = first_refused(
        a_case(SERVICE, subject_kind="order", now=NIGHT, began_at=hour, counted_from=hour)
    )
    assert waits is not None and waits.name == "quiet_hours"


@pytest.mark.parametrize(
    ("conditions", "values", "holds"),
    [
        (Conditions(least_total_minor=450000), {}, True),
        (Conditions(least_total_minor=450001), {}, False),
        (Conditions(kinds=("shoe", "dress")), {}, True),
        (Conditions(kinds=("shoe",)), {}, False),
        (Conditions(buyers="new"), {"orders": 0}, True),
        (Conditions(buyers="returning"), {"orders": 0}, False),
        (Conditions(buyers="returning"), {"orders": 2}, True),
    ],
)
def test_conditions(conditions: Conditions, values: dict[str, Any], holds: bool) -> None:
    refused = first_refused(a_case(a_rule(conditions=conditions), **values))
    assert (refused is None) == holds


def a_drop(**values: Any) -> Any:
    return a_case(
        a_rule("price_dropped", conditions=Conditions(least_drop_percent=10)),
        subject_kind="product", facts={"was_minor": 100000, "now_minor": 90000}, **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("price", "reason"),
    [(90000, None), (90001, "conditions"), (100000, "price_back"), (120000, "price_back")],
)
def test_a_price_is_compared_with_what_it_fell_from(price: int, reason: str | None) -> None:
    refused = first_refused(a_drop(price_minor=price))
    assert (refused.name if refused else None) == reason


def test_a_price_that_she_was_told_of_is_no_news() -> None:
    refused = first_refused(a_drop(price_minor=90000, told_before=True))
    assert refused is not None and refused.name == "told_before"


@given(was=st.integers(0, 10**9), now=st.integers(0, 10**9))
def test_no_more_is_promised_than_it_fell(was: int, now: int) -> None:
    percent = drop_percent({"was_minor": was}, now)
    assert 0 <= percent <= 100
    assert was * (100 - percent) >= now * 100 or percent == 0


def test_a_question_that_is_passed_over_is_not_held_against_it() -> None:
    case = a_case(sent_of_rule=5, now=NIGHT, counted_from=NIGHT - timedelta(hours=1))
    assert first_refused(case, passing=("rule_cap", "quiet_hours")) is None
    told = {one.name: one.passed for one in checks(case, passing=("rule_cap",))}
    assert told["rule_cap"] and not told["quiet_hours"]


def test_a_step_is_passed_over_when_it_could_go_only_a_day_late() -> None:
    case = a_case()
    assert not is_stale(case, NOON + timedelta(hours=23))
    assert is_stale(case, NOON + timedelta(hours=25))


def test_each_reason_is_a_question_or_asked_by_the_sender() -> None:
    asked = {one.name for one in checks(a_case())}
    of_the_sender = {"no_content", "cooldown", "frequency_cap", "outranked", "wave", "no_tokens"}
    assert asked | of_the_sender >= ENDS
