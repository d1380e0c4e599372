"""The result of a single check, and functions to make one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """A check's verdict; the value is the mark shown."""

    GOOD = "✓"
    BAD = "✗"
    OFF = "–"  # not configured, or cannot be checked: no failure


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's table."""

    verdict: Verdict
    what: str
    found: str
    fix: str = ""


def good(what: str, found: str) -> Check:
    return Check(Verdict.GOOD, what, found)


def bad(what: str, found: str, fix: str) -> Check:
    return Check(Verdict.BAD, what, found, fix)


def off(what: str, found: str, fix: str = "") -> Check:
    return Check(Verdict.OFF, what, found, fix)


def healthy(checks: Iterable[Check]) -> bool:
    """Whether no check failed."""
    return all(check.verdict is not Verdict.BAD for check in checks)


def reason(error: BaseException) -> str:
    """The first line of an error, or its class name when it has no message."""
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__
