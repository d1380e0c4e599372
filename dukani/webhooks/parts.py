"""Small parts of messages that every provider writes its own way."""

from __future__ import annotations

import re
from uuid import UUID

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def phone_or_none(value: object) -> str | None:
    """A phone in E.164, with or without its plus; none for anything else."""
    if not isinstance(value, str):
        return None
    phone = value if value.startswith("+") else f"+{value}"
    return phone if _E164.fullmatch(phone) else None


def own_id(value: object) -> str | None:
    """Our own message id, if that is what came back; strangers may write anything there."""
    if not isinstance(value, str):
        return None
    try:
        return str(UUID(value))
    except ValueError:
        return None
