"""Classifies M-Pesa's answers by the table in `mpesa_outcomes`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dukani.core.clients.mpesa_outcomes import (
    BUSY,
    CODES,
    REFUSED,
    RUNNING,
    SHAPES,
    TEXT_FIRST,
    TEXTS,
    UNKNOWN,
    Kind,
    Outcome,
    Reason,
)

_CODE_BEFORE = re.compile(r"(\S+): ")  # of a refusal, as `refusal_as_result` stores it
_AS_RESULT = {Reason.PROMPT_OPEN: "1001", Reason.RULE_LIMITED: "17"}
_FIREWALL = re.compile(r"incapsula|imperva|request unsuccessful|access denied|captcha", re.I)


def normal_code(code: Any) -> str:
    """A code in the table's spelling: `1032` for " 1032 " and 1032.0; upper case for letters."""
    return str(code).strip().upper().removesuffix(".0")


def outcome_of(code: str | int | None, text: str = "") -> Outcome:
    """The outcome of a result or a stored answer; an unlisted one is unknown, never failed."""
    key = normal_code("" if code is None else code)
    if key == "REFUSED":
        return _of_refusal(text)
    if key in CODES and key not in TEXT_FIRST:
        return CODES[key]
    told = _by_text(text)
    if told is not None:
        return told if key in CODES else replace(told, listed=False)
    return CODES[key] if key in CODES else replace(_by_shape(key), listed=False)


def _of_refusal(text: str) -> Outcome:
    """The outcome of a refused push: no money can have moved, whatever code and text say."""
    before = _CODE_BEFORE.match(text)
    known = before is not None and not is_response_code(normal_code(before[1]))
    inner = outcome_of(before[1], text[before.end() :]) if before and known else UNKNOWN
    if inner.kind in (Kind.UNKNOWN, Kind.SENT, Kind.PAID):
        told = _by_text(text)
        return REFUSED if told is None or told.kind is Kind.SENT else told
    return inner


def outcome_of_push(status: int, code: Any, text: str) -> Outcome:
    """The outcome of a push whose answer has no prompt's id; `code` is None if it had none."""
    if code is None or normal_code(code) in ("0", ""):
        return _by_status(status, text)
    key = normal_code(code)
    if is_response_code(key):
        return _by_text(text) or REFUSED
    outcome = outcome_of(key, text)
    # "Being processed" without an id: there may be a prompt, which cannot be queried.
    return UNKNOWN if outcome.kind is Kind.SENT else outcome


def is_response_code(key: str) -> bool:
    """Whether a code of a push's answer only says that the push was refused.

    A push's "1" does not mean a low balance, as it does in a callback. Three digits are an HTTP
    status.
    """
    return key.isdecimal() and len(key) in (1, 2, 4)


def refusal_as_result(code: str | None, said: str) -> tuple[str, str]:
    """A refused push as its attempt's result: code and text, which `outcome_of` can read."""
    text = f"{code}: {said}" if code else said
    return _AS_RESULT.get(outcome_of("refused", text).reason, "refused"), text


def outcome_of_query_error(code: Any, text: str) -> Outcome:
    """The outcome of an error that a query returned.

    `500.001.1001` means an open prompt unless its text names the set-up; a "locked subscriber" is
    our own open prompt.
    """
    outcome = outcome_of(code, text)
    if normal_code(code) in ("500.001.1001", "500.001.001"):
        return outcome if outcome.kind is Kind.OURS_TO_MEND else RUNNING
    return outcome


def _by_text(text: str) -> Outcome | None:
    return next((outcome for words, outcome in TEXTS if words.search(text)), None)


def _by_shape(key: str) -> Outcome:
    return next((outcome for shape, outcome in SHAPES if shape.fullmatch(key)), UNKNOWN)


def _by_status(status: int, text: str) -> Outcome:
    """The outcome of an answer without a code, from a firewall, proxy or gateway, not M-Pesa."""
    if status == 401:
        return CODES["401"]
    refused = 300 <= status < 500 and status != 408
    if refused or status == 503 or _FIREWALL.search(text):
        return BUSY  # no prompt was made
    return UNKNOWN
