"""No phone number is in any log, however deep it lies."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from dukani.core.observability.logs import mask_personal_data, set_up_logging

PHONE, MASKED = "+254712345721", "+254 7•• ••• 721"


Written = Callable[[], str]


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    """What has been logged; this process's own logging is put back."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers, root.level
    yield lambda: capsys.readouterr().err
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (PHONE, MASKED),
        ({"from": PHONE}, {"from": MASKED}),
        ([PHONE, 1], [MASKED, 1]),
        ((PHONE,), [MASKED]),
        ({"a": [{"b": (f"to {PHONE}",)}]}, {"a": [{"b": [f"to {MASKED}"]}]}),
        ({"amount": 4500, "paid": True, "at": None}, {"amount": 4500, "paid": True, "at": None}),
    ],
)
def test_numbers_are_masked_however_deep(value: object, masked: object) -> None:
    assert mask_personal_data(None, "info", {"event": "x", "v": value}) == {
        "event": "x",
        "v": masked,
    }


def test_masking_leaves_the_caller_s_own_values_alone() -> None:
    event = {"event": "x", "v": {"from": PHONE}}
    mask_personal_data(None, "info", event)
    assert event["v"] == {"from": PHONE}


def test_our_lines_and_the_libraries_are_masked_json(written: Written) -> None:
    # given
    set_up_logging(level="INFO", as_json=True)

    # when our code, a library, and an error write a number
    structlog.get_logger().info("message_stored", sender=PHONE)
    logging.getLogger("library").warning("slow answer for %s", PHONE)
    try:
        raise ValueError(f"bad number {PHONE}")
    except ValueError:
        structlog.get_logger().exception("turn_failed")

    # then each line is JSON and the number is in none
    log = written()
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert lines[0]["sender"] == MASKED
    assert MASKED in lines[1]["event"]
    assert "bad number" in lines[2]["exception"]
    assert PHONE.removeprefix("+") not in log


def test_the_level_holds_for_both_and_chatty_libraries_stay_quiet(written: Written) -> None:
    set_up_logging(level="WARNING", as_json=False)
    structlog.get_logger().info("not shown")
    structlog.get_logger().warning("shown")
    logging.getLogger("httpx").info("not shown")
    logging.getLogger("other").warning("shown too")
    log = written()
    assert "not shown" not in log
    assert [line.split("]")[1].strip() for line in log.splitlines()] == ["shown", "shown too"]


def test_a_request_log_of_a_library_is_not_shown_even_at_info(written: Written) -> None:
    set_up_logging(level="INFO", as_json=True)
    logging.getLogger("httpx").info("GET https://api.example/secret")
    assert written() == ""
