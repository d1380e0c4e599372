"""The ES256 keys that sign access tokens: kept sealed, published, rotated."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from dukani.core.crypto import SecretBox
from dukani.core.database import Connection, Database
from dukani.core.store.auth import signing_keys

ALGORITHM = "ES256"
REREAD_S = 30.0  # other processes sign with a rotated key no longer than this
SLACK_S = 300.0  # for clocks, and for that


@dataclass(frozen=True, slots=True)
class _Signer:
    kid: str
    key: ec.EllipticCurvePrivateKey
    read_at: float


class KeyRing:
    """Signs with the newest key. A retired one is published until its last token is over."""

    def __init__(
        self,
        database: Database,
        box: SecretBox,
        *,
        access_token_s: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._box = box
        self._retired_s = access_token_s + REREAD_S + SLACK_S
        self._clock = clock
        self._signer: _Signer | None = None

    async def sign(self, claims: Mapping[str, Any]) -> str:
        """A token (JWT) of these claims. Raises ConfigurationError when no key can be opened."""
        signer = await self._current()
        return jwt.encode(
            dict(claims), signer.key, algorithm=ALGORITHM, headers={"kid": signer.kid}
        )

    async def published(self) -> list[dict[str, Any]]:
        """The public keys, as JWKs."""
        await self._current()
        async with self._database.identity_connection() as conn:
            return await signing_keys.published(conn, retired_s=self._retired_s)

    async def rotate(self) -> str:
        """Sign with a new key from now on; returns its id."""
        async with self._database.identity_connection() as conn:
            await signing_keys.lock(conn)
            await signing_keys.retire_all(conn, forgotten_s=self._retired_s)
            kid = await self._add(conn)
        self._signer = None
        return kid

    async def _current(self) -> _Signer:
        known = self._signer
        if known is not None and self._clock() - known.read_at < REREAD_S:
            return known
        async with self._database.identity_connection() as conn:
            kept = await signing_keys.current(conn)
            if kept is None:
                await signing_keys.lock(conn)
                kept = await signing_keys.current(conn)  # another process may have been quicker
            if kept is None:
                await self._add(conn)
                kept = await signing_keys.current(conn)
        assert kept is not None  # it was just added
        signer = _Signer(kept.kid, _opened(self._box.open(kept.sealed)["pem"]), self._clock())
        self._signer = signer
        return signer

    async def _add(self, conn: Connection) -> str:
        key = ec.generate_private_key(ec.SECP256R1())
        kid = secrets.token_hex(8)
        public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        await signing_keys.add(
            conn,
            kid=kid,
            public_jwk={
                **public,
                "kid": kid,
                "alg": ALGORITHM,
                "use": "sig",
                "key_ops": ["verify"],
            },
            sealed=self._box.seal({"pem": pem.decode()}),
        )
        return kid


def _opened(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # `_add` makes no others
    return key
