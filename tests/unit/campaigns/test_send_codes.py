"""Each code of a refusal has one consequence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dukani.campaigns.send_codes import LONGEST_WAIT, RULES, is_held, judge, rest_of, rule_of
from dukani.core.clients.send_errors import Action
from dukani.domain.campaigns import Pace

S, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def test_every_action_has_its_rule() -> None:
    assert set(RULES) == set(Action)


@pytest.mark.parametrize(
    ("code", "tries", "wait"),
    [
        ("131026", 1, MINUTE), ("131026", 2, 2 * MINUTE), ("131026", 3, 4 * MINUTE),
        ("131026", 4, None),  # then the number is left alone
        ("63024", 1, MINUTE),
        ("131049", 1, 24 * HOUR), ("63049", 2, 48 * HOUR), ("131049", 3, 96 * HOUR),
        ("131056", 1, 6 * S), ("131056", 9, 6 * 256 * S),  # the pair's limit is nobody's fault
        ("131050", 1, None), ("21610", 1, None),
        ("130472", 1, None), ("63032", 1, None),
        ("131016", 1, 30 * S), ("unavailable", 3, 120 * S), ("unavailable", 4, None),
        ("133004", 1, 30 * S), ("63012", 1, 30 * S),
        ("130429", 1, 2 * S), ("63018", 3, 8 * S),
        ("133010", 1, 10 * MINUTE), ("63038", 1, 10 * MINUTE), ("190", 1, 10 * MINUTE),
        ("131047", 1, None), ("63016", 1, None),
        ("132000", 1, None), ("132012", 1, None), ("100", 1, None),
        ("999999", 1, None),  # nobody knows it
        (None, 1, None),
    ],
)  # fmt: skip
def test_when_a_refused_one_is_tried_again(
    code: str | None, tries: int, wait: timedelta | None
) -> None:
    assert judge(code, tries=tries, pace=Pace()).wait == wait


@pytest.mark.parametrize(
    ("code", "stop"),
    [
        ("131048", "spam"), ("132015", "template"), ("132016", "template"), ("63041", "template"),
        ("368", "blocked"), ("132000", "parameters"), ("132012", "parameters"),
        ("100", "parameters"), ("131026", None), ("130429", None), ("999999", None),
    ],
)  # fmt: skip
def test_what_stops_the_whole_campaign(code: str, stop: str | None) -> None:
    assert rule_of(code).stop == stop


def test_whom_a_stop_catches_is_sent_to_when_it_goes_on() -> None:
    for code in ("131048", "132015", "368"):
        assert judge(code, tries=99, pace=Pace(retry_failed=False)).wait == timedelta(0)


def test_an_owner_who_wants_no_retries_gets_none_but_waits_that_are_no_retry() -> None:
    pace = Pace(retry_failed=False)
    assert judge("131026", tries=1, pace=pace).wait is None
    assert judge("131026", tries=1, pace=pace).suppress
    assert judge("131056", tries=1, pace=pace).wait is not None
    assert judge("131016", tries=2, pace=Pace(max_retries=1)).wait is None


def test_what_the_number_is_slowed_by() -> None:
    assert rest_of("130429", tries=1) == 2 * S
    assert rest_of("130429", tries=3) == 8 * S
    assert rest_of("133010", tries=9) == HOUR
    assert rest_of("131056", tries=1) is None  # of that pair only


def test_a_stop_to_marketing_and_a_dead_number_are_kept() -> None:
    assert judge("131050", tries=1, pace=Pace()).rule.opt_out
    assert not judge("131026", tries=3, pace=Pace()).suppress
    assert judge("131026", tries=4, pace=Pace()).suppress
    assert judge("131049", tries=1, pace=Pace()).rule.keeps_contact


def test_only_codes_in_no_table_are_unknown() -> None:
    assert judge("131026", tries=1, pace=Pace()).known
    assert judge("http_502", tries=1, pace=Pace()).known
    assert not judge("999999", tries=1, pace=Pace()).known


def test_waits_end_somewhere() -> None:
    assert judge("131049", tries=10, pace=Pace(max_retries=10)).wait == LONGEST_WAIT


def test_spam_stops_the_campaign_and_not_the_shop() -> None:
    assert not is_held("131048")
    assert is_held("190")
