"""Parses phone numbers to E.164, and masks them in logs and texts."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from dukani.core.errors import CallerError


class BadPhoneNumber(CallerError):
    """This is not a phone number we can use."""

    http_status = 422


def to_e164(number: str, *, region: str) -> str:
    """`number` in E.164, read as people of `region` (ISO 3166, e.g. KE) write it.

    The region must be the boutique's: 0712345678 is valid in several countries. Dots, brackets,
    dashes of every kind, invisible marks, digits of other scripts, a leading 00 and a 0 after the
    country code are all understood.
    Raises BadPhoneNumber, naming the value masked.
    """
    try:
        parsed = phonenumbers.parse(_dialled(plain_digits(number), region), region)
    except phonenumbers.NumberParseException as error:
        raise BadPhoneNumber(f"{mask_phone(number)} is not a phone number: {error}") from error
    if not phonenumbers.is_valid_number(parsed):
        raise BadPhoneNumber(f"{mask_phone(number)} is not a number in use in {region}")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d\u30fc]")
_AS_LONG_AS_A_PHONE = 64


def plain_digits(text: str) -> str:
    """`text` with ASCII digits, dashes and spaces, and without invisible marks."""
    if text.isascii() and text.isprintable():
        return text
    # One character may stand for eighteen letters; a phone is written in none of those.
    composed = unicodedata.normalize("NFKC", text)[: max(_AS_LONG_AS_A_PHONE, len(text))]
    kept = (c for c in composed if unicodedata.category(c) not in ("Cf", "Mn", "Me", "Cc"))
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)
    spaced = (" " if unicodedata.category(c).startswith("Z") else c for c in digits)
    return _DASHES.sub("-", "".join(spaced))


def _dialled(number: str, region: str) -> str:
    """The number with + instead of a leading 00, and without a 0 after the country code."""
    begin = re.search(r"[+(]?\d", number)
    number = number[begin.start() :] if begin else number
    number = re.sub(r"^\(?00+[\s.-]*(?=[1-9])", "+", number)
    code = phonenumbers.country_code_for_region(region)
    kept_zero = rf"^(\(?\+?\s*(?:25[0-9]|{code})\)?)[\s.-]*\(?0\)?[\s.-]*(?=[1-9])"
    return re.sub(kept_zero, r"\1", number) if code else number


def mask_phone(number: str) -> str:
    """`+254712345721` as `+254 7•• ••• 721`."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < 7:
        return "•" * len(digits)
    return f"+{digits[:3]} {digits[3]}•• ••• {digits[-3:]}"


def as_dialled(number: str) -> str:
    """An E.164 number as people of its country write it: `0711 223 344`; a foreign one in full.

    Shown only to the customer who has just given this number: everywhere else it is masked.
    """
    parsed = phonenumbers.parse(number)
    if parsed.country_code in _GROUPS_OF_THREE:
        national = f"0{parsed.national_number}"
        return f"{national[:-6]} {national[-6:-3]} {national[-3:]}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


_GROUPS_OF_THREE = (254, 255, 256)  # Kenya, Tanzania, Uganda
# Between the digits people write spaces, dashes, dots, brackets, slashes and underscores.
_GAP = "[\\s()._\\-/\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069]{0,4}"
# +254 7…, 00254 7…, 254 (0)7…, 07…, and the bare nine digits; Tanzania's 06, Uganda's 03 too.
WRITTEN_PHONE = re.compile(
    rf"(?<![\w+.])(?:(?:\+|00)?{_GAP}25[456]{_GAP}(?:\(?0\)?{_GAP})?[1367]|0{_GAP}[1367]|7)"
    rf"(?:{_GAP}\d){{8}}(?![\w]|[.,-]\d)"
)
_LONG_NUMBER = re.compile(r"(?<![\w.-])\+?\d[\d ]{7,14}\d(?![\w-])")


def mask_phones_in(text: str) -> str:
    """`text` with everything that looks like a phone number masked."""
    written = WRITTEN_PHONE.sub(lambda found: mask_phone(plain_digits(found.group())), text)
    return _LONG_NUMBER.sub(lambda found: mask_phone(found.group()), written)
