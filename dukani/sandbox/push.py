"""Plays a browser maker's push service (RFC 8030, with VAPID of RFC 8292).

A browser subscribes with the sender's public key and gets an endpoint. What is posted there waits,
encrypted, until it is fetched: only the browser has the key to read it.
"""

from __future__ import annotations

import base64
import secrets
import time
from dataclasses import dataclass, field
from typing import Annotated

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import APIRouter, Header, HTTPException, Request, Response
from pydantic import BaseModel

from dukani.sandbox.outside import TheOutside

router = APIRouter(prefix="/push", tags=["push"])

MOST_BYTES = 4096
SHORTEST = 16 + 4 + 1 + 65 + 17  # salt, record size, key's length, key, one sealed byte and its tag
MESSAGES = 50  # that wait for one browser
LONGEST_TOKEN_S = 24 * 3600


class WaitingMessage(BaseModel):
    body: str  # base64url, as it came
    topic: str | None
    urgency: str
    ttl: int
    at: float


@dataclass
class Browser:
    sender: str  # public key of the only sender it takes
    gone: bool = False
    messages: list[WaitingMessage] = field(default_factory=list)


class Subscribing(BaseModel):
    application_server_key: str


class Subscribed(BaseModel):
    endpoint: str


@router.post("/subscriptions", status_code=201)
async def subscribe(outside: TheOutside, asked: Subscribing) -> Subscribed:
    _public_key(asked.application_server_key)
    token = secrets.token_urlsafe(24)
    outside.world.browsers[token] = Browser(asked.application_server_key)
    return Subscribed(endpoint=f"{outside.base_url}/push/{token}")


@router.delete("/{token}", status_code=204)
async def unsubscribe(outside: TheOutside, token: str) -> None:
    """The browser is not reached there any more."""
    _browser(outside, token).gone = True


@router.get("/{token}/messages")
async def messages(outside: TheOutside, token: str) -> list[WaitingMessage]:
    return _browser(outside, token).messages


@router.post("/{token}", status_code=201)
async def push(
    outside: TheOutside,
    token: str,
    request: Request,
    response: Response,
    ttl: Annotated[int | None, Header()] = None,
    topic: Annotated[str | None, Header(max_length=32, pattern=r"^[\w-]*$")] = None,
    urgency: Annotated[str, Header(pattern="^(very-low|low|normal|high)$")] = "normal",
    authorization: Annotated[str, Header()] = "",
    content_encoding: Annotated[str, Header()] = "",
) -> None:
    browser = _browser(outside, token)
    _require_sender(authorization, browser.sender, outside.base_url)
    if ttl is None or ttl < 0:
        raise HTTPException(400, "missing TTL header")
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise HTTPException(413, "payload over 4096 bytes")
    if content_encoding != "aes128gcm" or len(body) < SHORTEST or body[20] != 65:
        raise HTTPException(400, "not encrypted as RFC 8291 has it")
    message = WaitingMessage(
        body=base64.urlsafe_b64encode(body).rstrip(b"=").decode(),
        topic=topic,
        urgency=urgency,
        ttl=ttl,
        at=time.time(),
    )
    # A message replaces one of the same topic that waits.
    kept = [one for one in browser.messages if topic is None or one.topic != topic]
    browser.messages = [*kept, message][-MESSAGES:]
    response.headers["location"] = f"{outside.base_url}/push/message/{secrets.token_urlsafe(12)}"


def _browser(outside: TheOutside, token: str) -> Browser:
    browser: Browser | None = outside.world.browsers.get(token)
    if browser is None:
        raise HTTPException(404, "no such subscription")
    if browser.gone:
        raise HTTPException(410, "the subscription has ended")
    return browser


def _require_sender(authorization: str, sender: str, base_url: str) -> None:
    scheme, _, parameters = authorization.partition(" ")
    given = dict(part.strip().partition("=")[::2] for part in parameters.split(","))
    if scheme.lower() != "vapid" or given.get("k") != sender:
        raise HTTPException(403, "not the sender that the browser subscribed to")
    origin = "/".join(base_url.split("/")[:3])
    try:
        claims = jwt.decode(
            given.get("t", ""), _public_key(sender), algorithms=["ES256"], audience=origin,
            options={"require": ["aud", "exp", "sub"]},
        )  # fmt: skip
    except jwt.PyJWTError as error:
        raise HTTPException(403, f"the sender's token does not count: {error}") from error
    if claims["exp"] > time.time() + LONGEST_TOKEN_S:
        raise HTTPException(403, "the sender's token lasts for more than a day")


def _public_key(text: str) -> ec.EllipticCurvePublicKey:
    try:
        point = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise HTTPException(400, "applicationServerKey is no point of P-256") from error
