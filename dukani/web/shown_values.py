"""Which of the values that were sent an error may show again."""

from __future__ import annotations

import re
from collections.abc import Sequence

ShownValue = str | int | float | bool | None

LONGEST = 80  # characters: what is longer tells nothing, or is a text of its own
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SECRET_WORDS = frozenset(
    {
        "auth", "authorization", "claims", "cookie", "credential", "credentials", "key", "otp",
        "passkey", "passphrase", "password", "pin", "secret", "secrets", "signature", "token",
    }
)  # fmt: skip


def is_secret(path: Sequence[str | int]) -> bool:
    """Whether a value there may be a secret: by any name on its path, or as it is in a header."""
    if path and path[0] in ("header", "cookie"):
        return True
    words = {word.lower() for part in path for word in _WORD.findall(str(part))}
    return not words.isdisjoint(_SECRET_WORDS)


def shown(path: Sequence[str | int], value: object) -> ShownValue:
    """The value, or none for a secret, for what is long and for what is no single value."""
    if is_secret(path) or not isinstance(value, str | int | float | bool):
        return None
    if isinstance(value, float) and value - value != 0:  # JSON knows no infinity
        return None
    return value if len(str(value)) <= LONGEST else None
