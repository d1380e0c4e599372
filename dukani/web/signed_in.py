"""Who sends a request: the person of a verified access token.

Roles are not in it: `Database.member_connection` finds the person's role in a boutique at every
request, so that a member who is removed is refused at the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

import httpx
import jwt
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt import PyJWK

from dukani.core.errors import ConfigurationError, NotSignedIn
from dukani.core.settings import Settings
from dukani.web.signing_keys import SigningKeys, keys_at

AUDIENCE = "authenticated"
LEEWAY_S = 10  # clocks differ
LONGEST = 8192  # characters
_REQUIRED = ["exp", "sub", "aud", "iss"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person, by the id that `boutique_members` has. `claims` are those of the token."""

    user_id: str
    email: str | None = field(repr=False)
    claims: Mapping[str, Any] = field(repr=False)


class TokenVerifier:
    """Verifies access tokens (JWT) of one issuer.

    `shared_secret` admits HS256 too, for a Supabase project with a legacy secret; it verifies no
    token that names a published key.
    """

    def __init__(self, keys: SigningKeys, *, issuer: str, shared_secret: str | None = None) -> None:
        self._keys = keys
        self._issuer = issuer
        self._shared_secret = shared_secret

    async def verify(self, token: str) -> SignedIn:
        """The person of a valid token. Raises NotSignedIn, which does not tell what is wrong."""
        try:
            claims = await self._claims(token)
            user_id = str(UUID(claims["sub"]))
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
            raise NotSignedIn from None
        email = claims.get("email")
        return SignedIn(user_id, email if isinstance(email, str) else None, claims)

    async def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > LONGEST:
            raise jwt.InvalidTokenError("too long")
        header = jwt.get_unverified_header(token)
        key = await self._key(kid=header.get("kid"), algorithm=header.get("alg"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            # The algorithm is the key's, never the token's choice.
            algorithms=[key.algorithm_name if isinstance(key, PyJWK) else "HS256"],
            audience=AUDIENCE,
            issuer=self._issuer,
            leeway=LEEWAY_S,
            options={"require": _REQUIRED},
        )
        return claims

    async def _key(self, *, kid: object, algorithm: object) -> PyJWK | str:
        legacy = self._shared_secret if algorithm == "HS256" else None
        if not isinstance(kid, str):
            if legacy is None:
                raise jwt.InvalidKeyError("no key is named")
            return legacy
        key = await self._keys.get(kid)
        if key is not None:
            return key
        if legacy is None:
            raise jwt.InvalidKeyError("no such key")
        return legacy


def verifier_for(settings: Settings, http: httpx.AsyncClient) -> TokenVerifier:
    """Verifies the tokens of the auth service that the settings name."""
    auth, url = settings.auth, settings.auth.url or ""
    secret = auth.jwt_secret
    return TokenVerifier(
        SigningKeys(keys_at(http, url) if url else _no_keys),
        issuer=url.rstrip("/"),
        shared_secret=secret.get_secret_value() if secret and url else None,
    )


async def _no_keys() -> Sequence[Mapping[str, Any]]:
    raise ConfigurationError("DUKANI_AUTH__URL is not set: nobody can sign in")


_bearer = HTTPBearer(auto_error=False, description="An access token of the auth service.")


async def signed_in(
    request: Request, token: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> SignedIn:
    """The person who sends the request. Needs `app.state.tokens`. Raises NotSignedIn."""
    if token is None:
        raise NotSignedIn
    tokens: TokenVerifier = request.app.state.tokens
    return await tokens.verify(token.credentials)


TheSignedIn = Annotated[SignedIn, Depends(signed_in)]
