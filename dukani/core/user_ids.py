"""Parses WhatsApp's business-scoped user ids, which name users who show no phone.

`KE.4471029385561120`: a country, a dot, up to 128 letters and digits. An id for a whole group of
businesses has `ENT.` after the dot. Source: Meta, "Business-scoped user IDs", read 2026-11.
"""

from __future__ import annotations

import re

_USER_ID = re.compile(r"([A-Za-z]{2})\.((?:ENT\.)?[A-Za-z0-9]{1,128})")


def user_id_or_none(value: object) -> str | None:
    """A user id in its canonical spelling; none for anything else, such as a phone."""
    found = _USER_ID.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{found[1].upper()}.{found[2]}" if found else None
