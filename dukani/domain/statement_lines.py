"""What the words of a line of an M-Pesa statement say of it."""

from __future__ import annotations

import re

from dukani.core.store.statements import LineKind

_RECEIPT = re.compile(r"\b(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*[0-9])[A-Z0-9]{10}\b")
_ALONE = re.compile(r"(?=.*[A-Z])[A-Z0-9]{10}")
_PHONE = re.compile(r"(?<![\w*])\+?((?:254|0)(?:[0-9]{9}|[0-9]{1,5}\*{2,8}[0-9]{2,4}))(?![\w*])")
_CHARGE = re.compile(r"\b(charges?|fees?|tariff|excise)\b", re.I)
_WITHDRAWAL = re.compile(r"\b(withdraw\w*|organi[sz]ation settlement|to bank)\b", re.I)


def kind_of(details: str, *, came_in: bool) -> LineKind:
    """What kind of movement the words and the direction tell of."""
    if "revers" in details.lower():
        return "reversal"
    if came_in:
        return "paid_in"
    if _CHARGE.search(details):
        return "charge"
    return "withdrawal" if _WITHDRAWAL.search(details) else "paid_out"


def phone_in(text: str) -> str | None:
    """The first phone number of Kenya, also a masked one, beginning with 254."""
    found = _PHONE.search(text)
    if found is None:
        return None
    digits = found.group(1)
    return "254" + digits[1:] if digits.startswith("0") else digits


def party_in(text: str) -> str | None:
    """The name after a phone number: `254712345678 - JANE WANJIKU Acc. 12`."""
    found = _PHONE.search(text)
    rest = text[found.end() :] if found else ""
    name = re.split(r"\bacc\b|\ba/c\b", rest, maxsplit=1, flags=re.I)[0].strip(" -–:.,")
    return name[:120] or None


def original_of(receipt: str, linked: str, said: str) -> str:
    """The receipt that a reversal takes back; some reversals stand under that receipt itself.

    `linked`: the cell that holds a receipt or nothing. Among words only what has a digit is one.
    """
    if _ALONE.fullmatch(linked.strip().upper()):
        found = [linked.strip().upper()]
    else:
        found = _RECEIPT.findall(f"{linked} {said}".upper())
    return next((one for one in found if one != receipt), receipt)


def same_phone(shown: str | None, known: str | None) -> bool:
    """Whether a number that M-Pesa may have masked can be the known one (E.164)."""
    if shown is None or known is None:
        return False
    digits = known.lstrip("+")
    if "*" not in shown:
        return shown == digits
    # There are not always as many stars as digits are hidden.
    begins, ends = shown[: shown.index("*")], shown[shown.rindex("*") + 1 :]
    return (
        digits.startswith(begins)
        and digits.endswith(ends)
        and len(begins) + len(ends) < len(digits)
    )
