"""Phone numbers: E.164 inside, masked wherever a person does not need them."""

from __future__ import annotations

import re

import phonenumbers

from dukani.core.errors import CallerError


class BadPhoneNumber(CallerError):
    """This is not a phone number we can use."""

    http_status = 422


def to_e164(number: str, *, region: str) -> str:
    """`number` in E.164, read as people of `region` (ISO 3166, e.g. KE) write it.

    The region must be the boutique's: 0712345678 is valid in several countries.
    Raises BadPhoneNumber, naming the value masked.
    """
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        raise BadPhoneNumber(f"{mask_phone(number)} is not a phone number: {error}") from error
    if not phonenumbers.is_valid_number(parsed):
        raise BadPhoneNumber(f"{mask_phone(number)} is not a number in use in {region}")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def mask_phone(number: str) -> str:
    """`+254712345721` as `+254 7•• ••• 721`."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < 7:
        return "•" * len(digits)
    return f"+{digits[:3]} {digits[3]}•• ••• {digits[-3:]}"


_LONG_NUMBER = re.compile(r"(?<![\w.-])\+?\d[\d ]{7,14}\d(?![\w-])")


def mask_phones_in(text: str) -> str:
    """`text` with everything that looks like a phone number masked."""
    return _LONG_NUMBER.sub(lambda found: mask_phone(found.group()), text)
