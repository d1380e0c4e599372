"""What the name somebody is reached by tells of her country. Pure.

A phone begins with a country code. A WhatsApp user id begins with the country of the number that it
hides (`US.1349…`), so the same rules hold for who shows no number.
"""

from __future__ import annotations

import phonenumbers

from dukani.core.user_ids import user_id_or_none

_NORTH_AMERICA = 1  # the country code that many countries share
_NORTH_AMERICANS = frozenset(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[_NORTH_AMERICA])


def takes_no_marketing(identity: str) -> bool:
    """Whether WhatsApp takes no marketing to this phone or user id: those of +1."""
    if identity.startswith("+"):
        return identity.startswith(f"+{_NORTH_AMERICA}")
    return country_of_id(identity) in _NORTH_AMERICANS


def country_of_id(identity: str) -> str | None:
    """The country of a WhatsApp user id (ISO 3166); none of anything else."""
    user_id = user_id_or_none(identity)
    return user_id.partition(".")[0] if user_id else None
