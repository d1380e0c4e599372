"""People who sign in: tokens of a real key, and calls of the API with them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI

from dukani.web.signed_in import TokenVerifier
from dukani.web.signing_keys import SigningKeys

ISSUER = "https://auth.test"
KEY_ID = "k1"
API_URL = "https://api.test"
_KEY = ec.generate_private_key(ec.SECP256R1())


def a_verifier() -> TokenVerifier:
    """Of the tokens that `a_token` makes."""
    jwk = jwt.algorithms.ECAlgorithm.to_jwk(_KEY.public_key(), as_dict=True)

    async def fetch() -> Sequence[dict[str, Any]]:
        return [jwk | {"kid": KEY_ID, "alg": "ES256", "use": "sig"}]

    return TokenVerifier(SigningKeys(fetch), issuer=ISSUER)


def a_token(user_id: str, **claims: Any) -> str:
    about = {"sub": user_id, "aud": "authenticated", "iss": ISSUER, "exp": time.time() + 600}
    return jwt.encode(about | claims, _KEY, algorithm="ES256", headers={"kid": KEY_ID})


def as_person(user_id: str) -> dict[str, str]:
    """The headers of a signed-in person."""
    return {"authorization": f"Bearer {a_token(user_id)}"}


def a_member(superuser_url: str, boutique: str, role: str, *, user: str | None = None) -> str:
    """The id of a new person of the boutique; or of `user`, who is of another one already."""
    known, user = user is not None, user or str(uuid4())
    with psycopg.connect(superuser_url) as conn:
        if not known:
            conn.execute("insert into auth.users (id) values (%s)", (user,))
        conn.execute(
            "insert into boutique_members (boutique_id, user_id, role) values (%s, %s, %s)",
            (boutique, user, role),
        )
    return user


def a_platform_admin(superuser_url: str) -> str:
    """The id of a new person who runs the installation, and is a member of no boutique."""
    user = str(uuid4())
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into auth.users (id, email) values (%s, %s)", (user, f"{user}@dukani.test")
        )
        conn.execute("insert into private.platform_admins (user_id) values (%s)", (user,))
    return user


@asynccontextmanager
async def calling(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API; an unexpected error of it is answered, as a server would."""
    transport = httpx.ASGITransport(app=api, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=API_URL) as client:
        yield client
