"""Masks personal data and secrets: the same rules for logs, traces and errors.

A text stays readable; what names or finds a person in it does not: phone numbers in any writing,
e-mail addresses, WhatsApp ids, coordinates. Secrets never stay. M-Pesa receipts do: operators look
payments up by them, and they name nobody. Names and addresses have no shape to be found by, so they
are masked where a field says what they are, and then wherever else they stand in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, SecretStr

from dukani.core.phone import mask_phones_in

MASK = "•••"
_SHORTEST_NAME = 3  # shorter ones are parts of too many other words
_SHORTEST_SECRET = 8
MOST_OF_AN_ERROR = 400  # characters

# Fields that hold nothing but a person's data or a secret, in any spelling of their names.
_PRIVATE = frozenset(
    (
        *("address", "address_text", "delivery_address", "formatted_address", "landmark"),
        *("location", "latitude", "longitude", "vcard", "email", "transcript"),
        *("customer_name", "profile_name", "payer_name", "recipient_name", "formatted_name"),
        *("full_name", "first_name", "last_name", "wa_id", "wa_user_id"),
        *("token", "access_token", "verify_token", "secret", "app_secret", "secret_key"),
        *("api_key", "passkey", "password", "authorization", "cookie", "signature"),
        *("x_hub_signature_256", "x_goog_api_key"),
    )
)
# Acts of a customer whose `text` is where the customer lives, or a note to the rider.
_PRIVATE_ACTS = frozenset({"address", "note"})

# It begins where a word does, lest a long word without an @ be read once from each of its letters.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_USER_ID = re.compile(r"\b[A-Z]{2}\.(?:ENT\.)?(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{10,128}\b")
# A message id of Meta's holds the phone in base64; its end is enough to tell messages apart.
_MESSAGE_ID = re.compile(r"\bwamid\.[\w+/=-]*?([\w+/=-]{0,8})(?![\w+/=-])")
_COORDINATES = re.compile(r"-?\d{1,3}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}")
_SECRETS = re.compile(
    r"""(?ix)
    \b(?:bearer|basic)\s+[\w.~+/=-]{8,}
    | (?<![a-z0-9])(?:sk|pk|rk)[-_][\w-]{8,}   # Langfuse and many others
    | \b(?-i:AIza)[\w-]{20,}                   # Google
    | \b(?-i:EAA)[a-z0-9]{20,}                 # Meta
    | \b(?-i:eyJ)[\w-]{8,}(?:\.[\w-]*)*       # JWT, or its beginning
    | \b(?-i:gAAAA)[\w-]{20,}=*                # sealed by us
    | \b(?:api|app|secret|access|consumer)?[_-]?(?:key|token|secret|passkey|password)
        ["']?\s*[:=]\s*["']?[^\s"',;&}]{8,}
    """
)
_none = re.compile(r"(?!)")
_known_secrets = _none


def hide_secrets(settings: BaseModel) -> None:
    """From now on, mask every secret of the settings wherever it stands."""
    global _known_secrets
    known = [secret for secret in _secrets_of(settings) if len(secret) >= _SHORTEST_SECRET]
    _known_secrets = _any_of(known) if known else _none


def mask_text(text: str) -> str:
    """`text` with everything masked that can be told by its shape, and our own secrets."""
    text = _SECRETS.sub(MASK, _known_secrets.sub(MASK, text))
    text = _MESSAGE_ID.sub(rf"wamid.{MASK}\1", text)
    text = _USER_ID.sub(MASK, _EMAIL.sub(f"{MASK}@{MASK}", text))
    return mask_phones_in(_COORDINATES.sub(MASK, text))


def error_line(error: BaseException) -> str:
    """The class and the first line of an error, masked: libraries quote values in theirs."""
    first = str(error).strip().partition("\n")[0]
    text = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return mask_text(text)[:MOST_OF_AN_ERROR]


def masked(value: Any) -> Any:
    """Plain data with every string masked, and the fields that are private in themselves.

    Sequences become lists; other values stay as they are.
    """
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, dict):
        private = _private_fields(value)
        return {
            key: MASK if key in private and inner is not None else masked(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [masked(inner) for inner in value]
    return value


def without(value: Any, private: Iterable[str]) -> Any:
    """Plain data without these strings, wherever they stand and however they are cased."""
    strings = [one for one in private if len(one) >= _SHORTEST_NAME]
    return _without(value, _any_of(strings)) if strings else value


def private_strings(value: Any) -> Iterator[str]:
    """The strings of the private fields of plain data."""
    if isinstance(value, dict):
        private = _private_fields(value)
        for key, inner in value.items():
            if key in private:
                yield from _strings(inner)
            else:
                yield from private_strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from private_strings(inner)


def _private_fields(value: dict[Any, Any]) -> set[Any]:
    fields = {key for key in value if str(key).lower().replace("-", "_") in _PRIVATE}
    return fields | {"text"} if value.get("kind") in _PRIVATE_ACTS else fields


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _without(value: Any, found: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return found.sub(MASK, value)
    if isinstance(value, dict):
        return {key: _without(inner, found) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner, found) for inner in value]
    return value


def _any_of(strings: Iterable[str]) -> re.Pattern[str]:
    """Any of the strings as whole words, the longest first."""
    longest_first = sorted(set(strings), key=len, reverse=True)
    either = "|".join(re.escape(one) for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _secrets_of(value: Any) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _secrets_of(getattr(value, name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _secrets_of(inner)
