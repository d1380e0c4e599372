"""Sent, waited for or given up: by what is known of the message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.clients.send_errors import ACTIONS, NOT_REACHED
from dukani.core.errors import ProviderRefused, ProviderUnavailable
from dukani.core.store.messages import Message
from dukani.tools.sending_rules import (
    LONGEST_ASKED_FOR,
    LONGEST_WAIT,
    is_window_open,
    judge,
    next_move,
    retry_wait,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def a_message(**fields: Any) -> Message:
    queued = Message(
        id="m",
        boutique_id="b",
        seq=1,
        conversation_id="c",
        recipient=None,
        direction="out",
        author="assistant",
        kind="text",
        body="Karibu",
        media_path=None,
        reply_to=None,
        payload={},
        understanding=None,
        channel="whatsapp",
        provider="meta",
        provider_id=None,
        status="queued",
        error_code=None,
        attempts=0,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(queued, **fields)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("fields", "window_open", "do"),
    [
        ({}, True, "send"),
        ({}, False, "fail"),
        # The 24 hours are WhatsApp's.
        ({"channel": "sms", "provider": "twilio_sms"}, False, "send"),
        # An approved template may open the talk.
        ({"template": {"name": "order_paid"}}, False, "send"),
        # Nobody wants yesterday's answer.
        ({"created_at": ago(25 * 3600)}, True, "fail"),
        # What was planned for an hour is as old as that hour.
        ({"created_at": ago(99 * 3600), "send_after": ago(3600)}, True, "send"),
        ({"created_at": ago(99 * 3600), "send_after": ago(25 * 3600)}, True, "fail"),
        # Marked by someone who has not come back: its status may still tell.
        ({"status": "sending", "updated_at": ago(14)}, True, "wait"),
        ({"status": "sending", "updated_at": ago(15)}, True, "send_again"),
        ({"status": "sending", "updated_at": ago(15)}, False, "fail"),
        # Twice is enough.
        (
            {"status": "sending", "updated_at": ago(15), "payload": {"sent_again": True}},
            True,
            "fail",
        ),
        (
            {"status": "sending", "updated_at": ago(14), "payload": {"sent_again": True}},
            True,
            "wait",
        ),
        # Refused for now: known not to be sent.
        (
            {
                "status": "sending",
                "error_code": "131056",
                "attempts": 1,
                "updated_at": ago(5),
            },
            True,
            "wait",
        ),
        (
            {
                "status": "sending",
                "error_code": "131056",
                "attempts": 1,
                "updated_at": ago(6),
            },
            True,
            "send",
        ),
        # Waiting it out took too long.
        (
            {
                "status": "sending",
                "error_code": "131056",
                "attempts": 1,
                "updated_at": ago(6),
            },
            False,
            "fail",
        ),
    ],
)
def test_the_row_says_what_to_do(fields: dict[str, Any], window_open: bool, do: str) -> None:
    move = next_move(a_message(**fields), now=NOW, window_open=window_open, may_sms=True)

    assert move.do == do
    assert (move.wait > timedelta(0)) == (do == "wait")


@pytest.mark.parametrize(
    ("fields", "may", "code"),
    [
        ({}, {}, "no_consent"),
        ({}, {"may_market": True}, "no_consent"),
        ({"purpose": "marketing"}, {"may_sms": True}, "no_consent"),
        ({"purpose": "marketing"}, {"may_sms": True, "may_market": True}, ""),
        ({}, {"may_sms": True, "opted_out": True}, "opted_out"),
        # That the stop was heard is told all the same.
        ({"payload": {"despite_stop": True}}, {}, ""),
        # Perhaps sent, and nobody can be asked whether it was.
        (
            {"status": "sending", "updated_at": ago(15), "provider": "africastalking"},
            {"may_sms": True, "tells_ours": False},
            "unclear",
        ),
    ],
)
def test_an_sms_needs_its_own_yes(fields: dict[str, Any], may: dict[str, Any], code: str) -> None:
    sms = {"channel": "sms", "provider": "twilio_sms", "purpose": "utility"}

    move = next_move(a_message(**(sms | fields)), now=NOW, window_open=False, **may)

    assert move.code == code


@pytest.mark.parametrize(
    ("fields", "do"),
    [
        ({}, "fail"),
        # What she asked to be told, or must know: that she is heard, that her money came.
        ({"payload": {"despite_stop": True}}, "send"),
        # Refused for now: it would be sent again.
        ({"status": "sending", "error_code": "131056", "attempts": 1}, "fail"),
        # It may be on its way: its status may still tell, but it is never sent a second time.
        ({"status": "sending", "updated_at": ago(14)}, "wait"),
        ({"status": "sending", "updated_at": ago(15)}, "fail"),
    ],
)
def test_after_a_stop_only_what_she_must_know_is_sent(fields: dict[str, Any], do: str) -> None:
    move = next_move(a_message(**fields), now=NOW, window_open=True, opted_out=True)

    assert (move.do, move.code) == (do, "opted_out" if do == "fail" else "")


@pytest.mark.parametrize(
    ("up_since", "marked", "do"),
    [
        # The webhook was up all the time: the status would have come.
        (ago(60), ago(15), "send_again"),
        # We were down when it was sent: its status is repeated until we take it.
        (ago(44), ago(60), "wait"),
        (ago(45), ago(3600), "send_again"),
    ],
)
def test_a_provider_that_cannot_be_asked_is_given_time_to_repeat_itself(
    up_since: datetime, marked: datetime, do: str
) -> None:
    message = a_message(status="sending", updated_at=marked)

    assert next_move(message, now=NOW, window_open=True, up_since=up_since).do == do


@pytest.mark.parametrize(
    ("last_inbound_at", "opened"),
    [
        (None, False),
        (NOW, True),
        (NOW - timedelta(hours=24) + timedelta(seconds=1), True),
        (NOW - timedelta(hours=24), False),
    ],
)
def test_the_window_is_open_for_a_day(last_inbound_at: datetime | None, opened: bool) -> None:
    assert is_window_open(last_inbound_at, NOW) is opened


@pytest.mark.parametrize(
    ("code", "attempts", "age", "kept"),
    [
        # A provider that is ill, a limit, our own account: nobody's fault but time's.
        ("133004", 50, timedelta(hours=23), True),
        ("131056", 50, timedelta(hours=23), True),
        ("130429", 50, timedelta(hours=23), True),
        ("190", 50, timedelta(hours=23), True),
        ("63038", 50, timedelta(hours=23), True),
        ("http_500", 50, timedelta(hours=23), True),
        ("190", 0, timedelta(hours=25), False),
        # What may be the message's own fault does not block its partition all day.
        ("131000", 50, timedelta(minutes=119), True),
        ("131000", 0, timedelta(minutes=121), False),
        # The last attempt that is still followed by another, and the one that is not.
        ("131026", 1, timedelta(0), True),
        ("131026", 2, timedelta(0), False),
        ("131047", 0, timedelta(0), False),
        ("what is this", 0, timedelta(0), False),
    ],
)
def test_each_code_has_its_patience(code: str, attempts: int, age: timedelta, kept: bool) -> None:
    error = ProviderRefused(provider="meta", code=code)

    consequence = judge(error, a_message(attempts=attempts, created_at=NOW - age), now=NOW)

    assert (consequence.wait is not None) is kept
    assert consequence.held is (kept and code in ("190", "63038"))


def test_the_owner_is_told_of_money_even_after_days() -> None:
    note = a_message(recipient="+254711900001", created_at=NOW - timedelta(hours=71))

    assert judge(ProviderUnavailable(provider="meta"), note, now=NOW).wait is not None
    assert next_move(note, now=NOW, window_open=True).do == "send"


@pytest.mark.parametrize(
    ("fields", "can_be_asked", "do"),
    [
        # An answer with a fault may hide a message that was sent: its status is waited for.
        ({"error_code": "http_500", "updated_at": ago(14)}, False, "wait"),
        ({"error_code": "http_500", "updated_at": ago(15)}, False, "send_again"),
        ({"error_code": "http_500", "updated_at": ago(29), "attempts": 2}, False, "wait"),
        # It answers: it may be tried as long as it is ill.
        (
            {"error_code": "http_500", "updated_at": ago(30), "attempts": 2,
             "payload": {"sent_again": True}},
            False,
            "send_again",
        ),
        # Silence twice is enough, unless the provider says that it has none.
        ({"updated_at": ago(900), "payload": {"sent_again": True}}, False, "fail"),
        ({"updated_at": ago(900), "payload": {"sent_again": True}}, True, "send_again"),
        ({"updated_at": ago(29), "attempts": 2}, True, "wait"),
    ],
)  # fmt: skip
def test_what_may_have_been_sent_is_not_sent_again_blindly(
    fields: dict[str, Any], can_be_asked: bool, do: str
) -> None:
    given = a_message(**({"status": "sending", "attempts": 1} | fields))

    move = next_move(given, now=NOW, window_open=True, can_be_asked=can_be_asked)

    assert move.do == do


def test_after_a_day_nothing_is_tried_again() -> None:
    old = a_message(created_at=NOW - timedelta(hours=25))

    consequence = judge(ProviderUnavailable(provider="meta"), old, now=NOW)

    assert (consequence.code, consequence.wait) == (NOT_REACHED, None)


def test_the_provider_may_ask_for_a_longer_wait() -> None:
    error = ProviderUnavailable(provider="meta", code="130429", retry_after_s=77)

    assert judge(error, a_message(), now=NOW).wait == timedelta(seconds=77)


def test_but_not_for_a_week() -> None:
    error = ProviderUnavailable(provider="meta", code="130429", retry_after_s=604800)

    assert judge(error, a_message(), now=NOW).wait == LONGEST_ASKED_FOR


@pytest.mark.parametrize(
    ("code", "reference", "is_tried_again"),
    [
        ("131026", "automation:0", False),  # an SMS goes in its place
        ("63024", "automation:0", False),
        ("131026", "order:DK-1001", True),
        ("131026", None, True),
        ("131016", "automation:0", True),  # the provider's own fault passes
    ],
)
def test_what_whatsapp_cannot_bring_goes_by_sms_at_once(
    code: str, reference: str | None, is_tried_again: bool
) -> None:
    error = ProviderRefused("no", provider="meta", code=code)
    consequence = judge(error, a_message(reference=reference), now=NOW)
    assert (consequence.wait is not None) is is_tried_again


@given(st.sampled_from([*ACTIONS, NOT_REACHED, "?"]), st.integers(1, 500))
def test_waits_grow_and_end(code: str, attempts: int) -> None:
    wait, longer = retry_wait(code, attempts), retry_wait(code, attempts + 1)

    assert timedelta(0) < wait <= longer <= LONGEST_WAIT
