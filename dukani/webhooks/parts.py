"""Small parts of messages that every provider writes its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from dukani.core.user_ids import user_id_or_none

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class Names:
    """What a message shows of a person: a phone (E.164), a WhatsApp user id, both or nothing."""

    phone: str | None = field(default=None, repr=False)
    wa_user_id: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.phone or self.wa_user_id)

    def show(self, value: object) -> bool:
        """Whether a field's value is one of these."""
        named = names_of(value)
        return bool(named) and (
            named.phone in (None, self.phone) and named.wa_user_id in (None, self.wa_user_id)
        )


def names_of(*shown: object) -> Names:
    """The first phone and the first user id, whichever field they stand in.

    Providers put a user id where a phone stood before, and the other way round.
    """
    plain = [value.removeprefix("whatsapp:").strip() for value in shown if isinstance(value, str)]
    return Names(
        phone=_first(phone_or_none(value) for value in plain),
        wa_user_id=_first(user_id_or_none(value) for value in plain),
    )


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one is not None), None)


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
