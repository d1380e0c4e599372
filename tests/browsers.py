"""A browser that is pushed to: its keys, and how it reads what was encrypted for it."""

from __future__ import annotations

import os

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dukani.core.clients.web_push import from_base64url, to_base64url


class Browser:
    def __init__(self, auth: str | None = None) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.auth = auth or to_base64url(os.urandom(16))

    @property
    def p256dh(self) -> str:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return to_base64url(point)

    def read(self, body: bytes) -> bytes:
        """Raises http_ece.ECEException for what is another browser's."""
        read: bytes = http_ece.decrypt(
            body,
            private_key=self._key,
            auth_secret=from_base64url(self.auth),
            version="aes128gcm",
        )
        return read
