"""Extracts phone numbers and M-Pesa receipt codes from a message."""

from __future__ import annotations

import re

from dukani.core.phone import WRITTEN_PHONE, plain_digits

RECEIPT = re.compile(
    r"\b[A-Z0-9]{10}\b[\s,.]*(?:confirmed|imethibitishwa)|\b(?:ksh|tsh)\s?[\d,.]+ (?:sent|paid) to"
    r"|confirmed\.?\s*(?:on .{0,30})?(?:ksh|you have)|umetuma ksh|imethibitishwa",
    re.IGNORECASE,
)
# One of them stands in whatever RECEIPT finds, which tries every place of a text for long.
_RECEIPT_WORDS = ("confirmed", "imethibitishwa", "sent to", "paid to", "umetuma ksh")
RECEIPT_CODE = re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z][A-Z0-9]{9}\b")
CODE = re.compile(r"^\s*(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z][A-Z0-9]{9}\s*\.?$")


def find_phone(text: str) -> str | None:
    """The phone number as digits and +."""
    found = WRITTEN_PHONE.search(plain_digits(text))
    return re.sub(r"[^\d+]", "", found.group().replace("(0)", "")) if found else None


def with_phones_joined(text: str) -> str:
    """The text with each phone number as digits only, so that "07 12 34" is read as no sizes."""
    plain = plain_digits(text)
    return WRITTEN_PHONE.sub(_joined, plain) if WRITTEN_PHONE.search(plain) else text


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"[^\d+]", "", found.group().replace("(0)", ""))


def count_phones(text: str) -> int:
    return len(WRITTEN_PHONE.findall(plain_digits(text)))


def is_receipt(text: str) -> bool:
    """Whether the text is a pasted M-Pesa message or its bare code."""
    lower = text.lower()
    pasted = any(words in lower for words in _RECEIPT_WORDS) and RECEIPT.search(text)
    return bool(pasted or CODE.match(text))


def find_receipt(text: str) -> str | None:
    """The M-Pesa code, ten letters and digits, in a pasted message."""
    found = RECEIPT_CODE.search(text)
    return found.group() if found else None


def without_receipt(text: str) -> str:
    """The text without M-Pesa codes, so that their digits are not read as numbers."""
    return RECEIPT_CODE.sub(" ", text) if find_receipt(text) else text
