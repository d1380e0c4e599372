"""Encrypts the boutiques' provider credentials, signs links and makes unguessable tokens."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from dukani.core.errors import ConfigurationError

OPENED = 512  # decrypted secrets in the cache: each message needs its boutique's


class SecretBox:
    """Encrypts JSON objects with the first key, decrypts with any (MultiFernet)."""

    def __init__(self, keys: Sequence[str], *, link_key: str | None = None) -> None:
        if not keys:
            raise ConfigurationError(
                "DUKANI_SECURITY__ENCRYPTION_KEYS is empty: make a key with `dukani new-key`"
            )
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._decrypt = lru_cache(maxsize=OPENED)(self._fernet.decrypt)
        self._link_key = hashlib.sha256(f"media-link:{link_key or keys[0]}".encode()).digest()

    def seal(self, secret: Mapping[str, str]) -> str:
        return self._fernet.encrypt(json.dumps(dict(secret)).encode()).decode()

    def open(self, token: str) -> dict[str, str]:
        """The object sealed in `token`. Raises ConfigurationError when no key fits."""
        try:
            opened: dict[str, str] = json.loads(self._decrypt(token))
        except InvalidToken as error:
            raise ConfigurationError(
                "a stored secret was sealed with a key that is no longer in "
                "DUKANI_SECURITY__ENCRYPTION_KEYS: add it back behind the newest"
            ) from error
        return opened

    def reseal(self, token: str) -> str:
        """What is sealed in `token`, sealed with the first key.

        Raises ConfigurationError when no key fits.
        """
        return self.seal(self.open(token))

    def sign(self, value: str) -> str:
        """A short signature that only we can make (128 bits, hex)."""
        return hmac.new(self._link_key, value.encode(), hashlib.sha256).hexdigest()[:32]

    def signed(self, value: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(value), signature)


def new_key() -> str:
    return Fernet.generate_key().decode()


# Daraja refuses addresses with mpesa, m-pesa, safaricom, exe, exec, cmd, sql or query in them. Each
# needs an a, c, e or q, so a token without these letters forms none, nor does it with its
# neighbours in the address.
_TOKEN_LETTERS = "bdfghijklmnoprstuvwxyzBDFGHIJKLMNOPRSTUVWXYZ0123456789"
_TOKEN_LENGTH = 45  # of 54 letters: 258 bits


def new_token() -> str:
    """A token of 256 random bits for an unguessable address that Daraja accepts."""
    return "".join(secrets.choice(_TOKEN_LETTERS) for _ in range(_TOKEN_LENGTH))
