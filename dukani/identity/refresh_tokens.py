"""Refresh tokens: a session's id and a counter, signed with the session's own key.

Only the counter is kept, so a used token is recognised without a row for each. The rules of reuse
are GoTrue's: several tabs refresh at once, and a phone loses the answer on its way, so the token
before the current one gets the current one again; what is older is somebody else's, and ends the
session.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

REUSE_S = 10.0
_ID, _COUNTER, _SIGNATURE = 16, 8, 32  # bytes

Outcome = Literal["rotate", "repeat", "revoke", "refuse"]


@dataclass(frozen=True, slots=True)
class RefreshToken:
    session_id: str
    counter: int

    def encoded(self, key: bytes) -> str:
        payload = _payload(self.session_id, self.counter)
        return base64.urlsafe_b64encode(payload + _signature(key, payload)).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class PresentedToken:
    """A token as it was sent: whose it claims to be, not yet verified."""

    token: RefreshToken
    signature: bytes

    def is_signed_with(self, key: bytes) -> bool:
        payload = _payload(self.token.session_id, self.token.counter)
        return hmac.compare_digest(self.signature, _signature(key, payload))


def decoded(text: str) -> PresentedToken | None:
    """None: no token of ours."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _ID + _COUNTER + _SIGNATURE:
        return None
    session_id = str(UUID(bytes=raw[:_ID]))
    counter = int.from_bytes(raw[_ID : _ID + _COUNTER])
    return PresentedToken(RefreshToken(session_id, counter), raw[_ID + _COUNTER :])


def outcome(presented: int, current: int, *, since_refresh_s: float) -> Outcome:
    """What a token with this counter gets, in a session whose counter is `current`.

    `repeat`: the current token again. `since_refresh_s`: seconds since the counter last moved.
    """
    behind = current - presented
    if behind < 0:
        return "refuse"
    if behind == 0:
        return "rotate"
    return "repeat" if behind == 1 or since_refresh_s < REUSE_S else "revoke"


def _payload(session_id: str, counter: int) -> bytes:
    return UUID(session_id).bytes + counter.to_bytes(_COUNTER)


def _signature(key: bytes, payload: bytes) -> bytes:
    return hmac.new(key, payload, hashlib.sha256).digest()
