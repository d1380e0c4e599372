"""Reads M-Pesa's answers by the table in `mpesa_outcomes`."""

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

_CODE_BEFORE = re.compile(r"(\S+): ")  # of a refusal, as `told_refusal` writes it down
_AS_RESULT = {Reason.PROMPT_OPEN: "1001", Reason.RULE_LIMITED: "17"}
_FIREWALL = re.compile(r"incapsula|imperva|request unsuccessful|access denied|captcha", re.I)


def normal_code(code: Any) -> str:
    """A code as the table spells it: `1032`, " 1032 " and 1032.0 are one; `sfc_ic0003` too."""
    return str(code).strip().upper().removesuffix(".0")


def outcome_of(code: str | int | None, text: str = "") -> Outcome:
    """What a result or a stored answer means; one we do not know is unknown, never failed."""
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
    """A push that was not taken: no money can have moved, whatever its code and words are."""
    before = _CODE_BEFORE.match(text)
    known = before is not None and not is_response_code(normal_code(before[1]))
    inner = outcome_of(before[1], text[before.end() :]) if before and known else UNKNOWN
    if inner.kind in (Kind.UNKNOWN, Kind.SENT, Kind.PAID):
        told = _by_text(text)
        return REFUSED if told is None or told.kind is Kind.SENT else told
    return inner


def outcome_of_push(status: int, code: Any, text: str) -> Outcome:
    """What an answer to a push means that holds no prompt's id. `code` None: it had none."""
    if code is None or normal_code(code) in ("0", ""):
        return _by_status(status, text)
    key = normal_code(code)
    if is_response_code(key):
        return _by_text(text) or REFUSED
    outcome = outcome_of(key, text)
    # "Being processed" without an id: there may be a prompt that nobody can ask about.
    return UNKNOWN if outcome.kind is Kind.SENT else outcome


def is_response_code(key: str) -> bool:
    """Whether a push's code only says that it was not taken: no result of any prompt.

    "1" is not the 1 of a callback, a low balance. Three digits are a status of HTTP.
    """
    return key.isdecimal() and len(key) in (1, 2, 4)


def told_refusal(code: str | None, said: str) -> tuple[str, str]:
    """A refused push as the result of its attempt: code and text, read by `outcome_of`."""
    text = f"{code}: {said}" if code else said
    return _AS_RESULT.get(outcome_of("refused", text).reason, "refused"), text


def outcome_of_query_error(code: Any, text: str) -> Outcome:
    """What an error means that a query got in place of a result.

    `500.001.1001` is the running prompt unless its text names the set-up; a "locked subscriber"
    is our own prompt, still open there.
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
    """An answer without a code: a firewall, a proxy or a gateway spoke, not M-Pesa."""
    if status == 401:
        return CODES["401"]
    refused = 300 <= status < 500 and status != 408
    if refused or status == 503 or _FIREWALL.search(text):
        return BUSY  # it never came as far as a prompt
    return UNKNOWN
