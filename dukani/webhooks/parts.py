"""Reads phones, user ids and our own message ids, which each provider writes differently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from dukani.core.user_ids import user_id_or_none

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class Names:
    """A person's names in a message: a phone (E.164), a WhatsApp user id, both or neither."""

    phone: str | None = field(default=None, repr=False)
    wa_user_id: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.phone or self.wa_user_id)

    def show(self, value: object) -> bool:
        """Whether `value` is the phone or the user id."""
        named = names_of(value)
        return bool(named) and (
            named.phone in (None, self.phone) and named.wa_user_id in (None, self.wa_user_id)
        )


def names_of(*shown: object) -> Names:
    """The first phone and the first user id among the values of several fields.

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
    """The value if it is a message id of ours (a UUID); a stranger may have sent anything."""
    if not isinstance(value, str):
        return None
    try:
        return str(UUID(value))
    except ValueError:
        return None
