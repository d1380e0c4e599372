"""Lets an API key stand where a person's token stands: it works in the name of its maker.

Rights are asked of the maker's membership at every call, so a key ends with it. A key reaches one
boutique, writes only if it may, and makes no other key.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated

from fastapi import Depends

from dukani.core.database import Database
from dukani.core.errors import CallerError, NotSignedIn
from dukani.core.store import api_keys
from dukani.web.signed_in import SignedIn, TheSignedIn, TokenVerifier

PREFIX = "dk_"
_SHOWN = len(PREFIX) + 6  # characters


class NotByKey(CallerError):
    """An API key may not do that: sign in as an owner."""

    http_status = 403


def new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def beginning_of(key: str) -> str:
    return key[:_SHOWN]


def digest_of(key: str) -> bytes:
    """A key is 256 random bits, so a fast digest hides it well enough."""
    return hashlib.sha256(key.encode()).digest()


class KeysOrTokens:
    """Verifies API keys by the database, and everything else as an access token."""

    def __init__(self, tokens: TokenVerifier, database: Database) -> None:
        self._tokens = tokens
        self._database = database

    async def verify(self, token: str) -> SignedIn:
        """Who sends the request. Raises NotSignedIn."""
        if not token.startswith(PREFIX):
            return await self._tokens.verify(token)
        async with self._database.system_connection() as conn:
            holder = await api_keys.use(conn, digest=digest_of(token))
        if holder is None:
            raise NotSignedIn
        key = {
            "id": holder.id,
            "boutique_id": holder.boutique_id,
            "may_write": holder.may_write,
        }
        return SignedIn(holder.user_id, None, {"sub": holder.user_id, "api_key": key})


def people_only(person: TheSignedIn) -> None:
    """Raises NotByKey."""
    if "api_key" in person.claims:
        raise NotByKey


PeopleOnly = Annotated[None, Depends(people_only)]
