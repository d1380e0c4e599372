"""Meta's webhook: the subscription's handshake, and messages, statuses and preferences."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import SecretStr

from dukani.core.clients.meta import verify_meta_signature
from dukani.core.errors import BadSignature, ConfigurationError, UnreadableWebhook
from dukani.webhooks.bodies import digest, kept_text, off_the_loop, read_body
from dukani.webhooks.dependencies import TheWebhooks
from dukani.webhooks.inbound import Aside, TemplateNews
from dukani.webhooks.meta_reading import read_webhook
from dukani.webhooks.record import record
from dukani.webhooks.template_news import record_template_news

router = APIRouter(tags=["webhooks"])


async def _signed_body(request: Request, webhooks: TheWebhooks) -> bytes:
    """The raw body, signed with our app's secret. Raises BadSignature."""
    secret = _required(webhooks.services.settings.meta.app_secret, "DUKANI_META__APP_SECRET")
    raw = await read_body(request)
    signature = request.headers.get("x-hub-signature-256")
    if not await off_the_loop(raw, lambda body: verify_meta_signature(secret, body, signature)):
        raise BadSignature
    return raw


def _required(secret: SecretStr | None, name: str) -> str:
    if secret is None or not secret.get_secret_value():
        raise ConfigurationError(f"{name} is not set")
    return secret.get_secret_value()


@router.get("/webhook/meta")
async def shake_hands(
    webhooks: TheWebhooks,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    token: Annotated[str, Query(alias="hub.verify_token")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=200)] = "",
) -> Response:
    """Prove to Meta that this address is ours."""
    wanted = _required(webhooks.services.settings.meta.verify_token, "DUKANI_META__VERIFY_TOKEN")
    if mode != "subscribe" or not hmac.compare_digest(wanted.encode(), token.encode()):
        raise BadSignature("the verify token does not match DUKANI_META__VERIFY_TOKEN")
    return Response(challenge, media_type="text/plain")


@router.post("/webhook/meta")
async def receive(raw: Annotated[bytes, Depends(_signed_body)], webhooks: TheWebhooks) -> Response:
    """Store every message, status, echo and preference, each in a transaction of its own.

    When one fails the answer is an error and Meta sends the batch again; those already stored
    are not stored twice (idempotent by event key).
    """
    try:
        items = await off_the_loop(raw, read_webhook)
    except UnreadableWebhook:
        items = [_unreadable(raw)]
    for item in items:
        if isinstance(item, TemplateNews):
            await record_template_news(webhooks, item)
            continue
        number = await webhooks.directory.find("meta", item.account) if item.account else None
        await record(webhooks, number, item)
    return Response()


def _unreadable(raw: bytes) -> Aside:
    return Aside(
        provider="meta",
        account="",
        event_key=f"unreadable:{digest(raw)}",
        raw=kept_text(raw),
        kind="unknown",
        outcome="unreadable",
    )
