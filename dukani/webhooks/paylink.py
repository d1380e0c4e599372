"""PayLink's webhook: Daraja reports here the result of a prompt that PayLink requested."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from dukani.webhooks.daraja import body_from_allowed_network
from dukani.webhooks.dependencies import TheWebhooks
from dukani.webhooks.payment_callbacks import keep_callback

router = APIRouter(tags=["webhooks"])


@router.post("/webhook/paylink/payment")
async def receive(
    raw: Annotated[bytes, Depends(body_from_allowed_network)],
    webhooks: TheWebhooks,
    token: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    return await keep_callback(webhooks, "paylink", raw, token)
