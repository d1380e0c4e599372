"""The parts of the auth service, and the session that a sign-in begins."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Literal
from urllib.parse import urlsplit

from dukani.core.clients.mail import Mailer, build_mailer
from dukani.core.crypto import SecretBox
from dukani.core.database import Connection, Database
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.core.store.auth import sessions, users
from dukani.core.store.auth.sessions import AuthSession
from dukani.core.store.auth.users import AuthUser
from dukani.identity.errors import AuthRefused
from dukani.identity.key_ring import KeyRing
from dukani.identity.limits import AuthLimits
from dukani.identity.passwords import Passwords
from dukani.identity.people import described
from dukani.identity.refresh_tokens import RefreshToken
from dukani.web.signed_in import AUDIENCE, TokenVerifier
from dukani.web.signing_keys import SigningKeys

PATH = "/auth/v1"

Method = Literal["password", "otp", "token_refresh"]


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request came from."""

    address: str
    user_agent: str | None

    @property
    def ip(self) -> str | None:
        """None for what is no IP address, as the peer of a Unix socket."""
        try:
            return str(ip_address(self.address.partition("%")[0]))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Identity:
    """What the routes work with."""

    settings: Settings
    database: Database
    box: SecretBox
    keys: KeyRing
    tokens: TokenVerifier
    mailer: Mailer | None
    limits: AuthLimits
    passwords: Passwords = field(default_factory=Passwords)

    @property
    def issuer(self) -> str:
        return issuer_of(self.settings)

    @property
    def app_url(self) -> str:
        return self.settings.auth.app_url or self.settings.web.public_url

    def allowed_redirect(self, wanted: str | None) -> str:
        """Where a link may lead: to the app or to this service; else to the app's home.

        A link carries a session with it, so that no other origin may be asked for.
        """
        ours = {_origin(self.app_url), _origin(self.settings.web.public_url)}
        return wanted if wanted and _origin(wanted) in ours else self.app_url


def issuer_of(settings: Settings) -> str:
    return settings.web.public_url.rstrip("/") + PATH


def _origin(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # Browsers read a backslash as a slash, and what is before an @ is no host.
    if parts.scheme not in ("http", "https") or set("\\@") & set(parts.netloc + url):
        return None
    return parts.scheme, parts.netloc


def build_identity(services: Services) -> Identity:
    settings = services.settings
    redis = settings.redis_url
    keys = KeyRing(services.database, services.secrets, access_token_s=settings.auth.access_token_s)
    return Identity(
        settings=settings,
        database=services.database,
        box=services.secrets,
        keys=keys,
        tokens=TokenVerifier(SigningKeys(keys.published), issuer=issuer_of(settings)),
        mailer=build_mailer(services.http, settings.mail),
        limits=AuthLimits(redis_url=redis.get_secret_value() if redis else None),
    )


async def begin_session(
    identity: Identity, conn: Connection, user: AuthUser, client: Client, *, method: Method
) -> dict[str, Any]:
    """Signs the person in: a new session, as GoTrue words it."""
    if user.banned:
        raise AuthRefused("User is banned", code="user_banned", status=403)
    key = secrets.token_bytes(32)
    session = await sessions.add(
        conn,
        user_id=user.id,
        sealed_key=identity.box.seal({"key": key.hex()}),
        days=identity.settings.auth.session_days,
        user_agent=client.user_agent,
        ip=client.ip,
    )
    await users.signed_in(conn, user_id=user.id)
    return await session_answer(identity, user, session, key=key, method=method)


async def session_answer(
    identity: Identity, user: AuthUser, session: AuthSession, *, key: bytes, method: Method
) -> dict[str, Any]:
    """An access token, and the refresh token of the session's counter."""
    now, lasts_s = int(time.time()), identity.settings.auth.access_token_s
    claims = {
        "iss": identity.issuer,
        "sub": user.id,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + lasts_s,
        "email": user.email,
        "phone": "",
        "app_metadata": user.app_metadata,
        "user_metadata": user.user_metadata,
        "role": user.role,
        "aal": "aal1",
        "amr": [{"method": method, "timestamp": now}],
        "session_id": session.id,
        "is_anonymous": False,
    }
    return {
        "access_token": await identity.keys.sign(claims),
        "token_type": "bearer",
        "expires_in": lasts_s,
        "expires_at": now + lasts_s,
        "refresh_token": RefreshToken(session.id, session.counter).encoded(key),
        "user": described(user),
    }
