"""Pushes a message to a browser through its maker's push service (RFC 8030, 8291 and 8292).

A browser names an endpoint at its push service and two keys; the message is encrypted for the
browser, so the service carries what it cannot read, and signed with our key (VAPID).
"""

from __future__ import annotations

import base64
import binascii
import time
from dataclasses import dataclass
from functools import cached_property

import http_ece
import httpx
import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dukani.core.clients.transport import Hosts, post_once, retry_after_s
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable
from dukani.core.settings import Push as PushSettings
from dukani.core.store.push_subscriptions import Subscription

PROVIDER = "push"
GONE = "gone"  # code of ProviderRefused: the browser is not reached there any more
TOKEN_LASTS_S = 12 * 3600  # at most a day (RFC 8292)
KEPT_S = 12 * 3600  # how long a push service keeps a message for a browser that is away
MAX_BYTES = 3000  # of a message; services take 4096 encrypted
_KEY_BYTES, _AUTH_BYTES, _SCALAR_BYTES = 65, 16, 32


@dataclass(frozen=True)
class VapidKey:
    """Our key, by which push services know that all messages come from one sender."""

    private: ec.EllipticCurvePrivateKey

    @cached_property
    def public(self) -> str:
        """The public key as browsers take it when they subscribe."""
        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return to_base64url(point)

    @property
    def text(self) -> str:
        """The private key as the settings hold it."""
        return to_base64url(self.private.private_numbers().private_value.to_bytes(_SCALAR_BYTES))


def new_vapid_key() -> VapidKey:
    return VapidKey(ec.generate_private_key(ec.SECP256R1()))


def read_vapid_key(text: str) -> VapidKey:
    """Raises ConfigurationError."""
    try:
        scalar = from_base64url(text)
        if len(scalar) != _SCALAR_BYTES:
            raise ValueError
        return VapidKey(ec.derive_private_key(int.from_bytes(scalar), ec.SECP256R1()))
    except ValueError as error:
        raise ConfigurationError(
            "DUKANI_PUSH__PRIVATE_KEY is no key: make one with `dukani push keys`"
        ) from error


class WebPush:
    def __init__(self, http: httpx.AsyncClient, settings: PushSettings, *, key: VapidKey) -> None:
        self._http = http
        self._settings = settings
        self._key = key

    @property
    def public_key(self) -> str:
        return self._key.public

    def reaches(self, endpoint: str) -> bool:
        """Whether the endpoint is at a push service we know: an address comes from a browser, and
        must not make us call a machine of our own network."""
        return is_known_service(endpoint, self._settings)

    async def send(self, to: Subscription, message: bytes, *, topic: str, urgent: bool) -> None:
        """Hand the message over; a later one of the same topic replaces it while it waits.

        Raises ProviderRefused (with the code GONE when the browser is not there any more),
        ProviderUnavailable, ProviderUnclear.
        """
        if not self.reaches(to.endpoint):
            raise ProviderRefused("no push service we know", provider=PROVIDER, code=GONE)
        answer = await post_once(
            self._http,
            to.endpoint,
            provider=PROVIDER,
            timeout=self._settings.timeout_s,
            follow_redirects=False,
            headers={
                "authorization": self._authorization(to.endpoint),
                "content-encoding": "aes128gcm",
                "content-type": "application/octet-stream",
                "ttl": str(KEPT_S),
                "topic": topic,
                "urgency": "high" if urgent else "normal",
            },
            content=encrypted(message, to),
        )
        _check(answer)

    def _authorization(self, endpoint: str) -> str:
        url = httpx.URL(endpoint)
        claims = {
            "aud": f"{url.scheme}://{url.netloc.decode()}",
            "exp": int(time.time()) + TOKEN_LASTS_S,
            "sub": self._settings.contact,
        }
        token = jwt.encode(claims, self._key.private, algorithm="ES256")
        return f"vapid t={token}, k={self._key.public}"


def build_web_push(http: httpx.AsyncClient, settings: PushSettings) -> WebPush | None:
    """None when no key is set. Raises ConfigurationError for one that is none."""
    if settings.private_key is None:
        return None
    key = read_vapid_key(settings.private_key.get_secret_value())
    return WebPush(http, settings, key=key)


def is_known_service(endpoint: str, settings: PushSettings) -> bool:
    own = settings.own_service
    if own is not None and endpoint.startswith(f"{own.rstrip('/')}/") and ".." not in endpoint:
        return True
    return Hosts("https://unknown.invalid", tuple(settings.services)).include(endpoint)


def encrypted(message: bytes, to: Subscription) -> bytes:
    """The body as RFC 8291 has it; each message has a key pair and a salt of its own."""
    body: bytes = http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=from_base64url(to.p256dh),
        auth_secret=from_base64url(to.auth),
        version="aes128gcm",
    )
    return body


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether these are a point of the curve and a secret of sixteen bytes."""
    try:
        point, secret = from_base64url(p256dh), from_base64url(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return len(point) == _KEY_BYTES and len(secret) == _AUTH_BYTES


def to_base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error


def _check(answer: httpx.Response) -> None:
    code = str(answer.status_code)
    if answer.is_success:
        return
    if answer.status_code in (404, 410):
        raise ProviderRefused("the browser is gone", provider=PROVIDER, code=GONE)
    if answer.status_code == 429 or answer.status_code >= 500:
        raise ProviderUnavailable(provider=PROVIDER, code=code, retry_after_s=retry_after_s(answer))
    raise ProviderRefused("the push was refused", provider=PROVIDER, code=code)
