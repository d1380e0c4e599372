"""A person as GoTrue describes one, and e-mail addresses as they are kept."""

from __future__ import annotations

import re
from typing import Any

from dukani.core.store.auth.users import AuthUser
from dukani.identity.errors import AuthRefused
from dukani.web.signed_in import AUDIENCE

_ADDRESS = re.compile(
    r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+"
)
LONGEST = 254


def address_of(email: str) -> str:
    """The address in lower case. Raises AuthRefused for what is none."""
    address = email.strip().lower()
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise AuthRefused(
            "Unable to validate email address: invalid format", code="validation_failed"
        )
    return address


def described(user: AuthUser) -> dict[str, Any]:
    """The user object of the API; no hash, no token."""
    times = {
        "email_confirmed_at": user.email_confirmed_at,
        "confirmed_at": user.email_confirmed_at,
        "invited_at": user.invited_at,
        "recovery_sent_at": user.recovery_sent_at,
        "last_sign_in_at": user.last_sign_in_at,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    }
    return {
        "id": user.id,
        "aud": AUDIENCE,
        "role": user.role,
        "email": user.email or "",
        "phone": "",
        "app_metadata": user.app_metadata,
        "user_metadata": user.user_metadata,
        "identities": [],
        "is_anonymous": False,
        **{name: at.isoformat() for name, at in times.items() if at is not None},
    }
