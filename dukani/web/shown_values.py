"""Decides which of the values in a request an error may show again."""

from __future__ import annotations

import re
from collections.abc import Sequence

ShownValue = str | int | float | bool | None

LONGEST = 80  # characters: longer values are not shown
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SECRET_WORDS = frozenset(
    {
        "auth", "authorization", "claims", "cookie", "credential", "credentials", "key", "otp",
        "passkey", "passphrase", "password", "pin", "secret", "secrets", "signature", "token",
    }
)  # fmt: skip


def is_secret(path: Sequence[str | int]) -> bool:
    """Whether the value at a path may be a secret: by a name on the path, or in a header."""
    if path and path[0] in ("header", "cookie"):
        return True
    words = {word.lower() for part in path for word in _WORD.findall(str(part))}
    return not words.isdisjoint(_SECRET_WORDS)


def shown(path: Sequence[str | int], value: object) -> ShownValue:
    """The value; none for a secret, a long value, and a list or object."""
    if is_secret(path) or not isinstance(value, str | int | float | bool):
        return None
    if isinstance(value, float) and value - value != 0:  # JSON knows no infinity
        return None
    return value if len(str(value)) <= LONGEST else None
