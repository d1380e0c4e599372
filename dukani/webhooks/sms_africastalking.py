"""Africa's Talking's webhook: what customers write, delivery reports, and stops told to it.

Nothing is signed: an unguessable token of the boutique's stands in the address, which its owner
pastes at Africa's Talking for all three. It is answered with 200 whatever came, since nothing is
repeated there for the better.
"""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from dukani.core.errors import NotFound
from dukani.core.store import messages
from dukani.webhooks.bodies import read_body
from dukani.webhooks.dependencies import TheWebhooks, Webhooks
from dukani.webhooks.directory import InboundNumber
from dukani.webhooks.inbound import DeliveryStatus
from dukani.webhooks.record import record
from dukani.webhooks.sms_africastalking_reading import read_body_of
from dukani.webhooks.sms_senders import sender_of_token

MAX_FORM = 16 * 1024
WAITS_S = (0.1, 0.4, 1.0)

router = APIRouter(tags=["webhooks"])


@router.post("/webhook/sms/africastalking/{token}")
async def receive(token: str, request: Request, webhooks: TheWebhooks) -> Response:
    """Record what was told. Raises NotFound for a token that is no boutique's."""
    number = await sender_of_token(webhooks, token)
    if number is None:
        raise NotFound("There is no such address.")
    item = read_body_of(await read_body(request, most=MAX_FORM), account=number.credentials.account)
    if isinstance(item, DeliveryStatus):
        await _until_it_is_known(webhooks, number, item)
    await record(webhooks, number, item)
    return Response(status_code=200)


async def _until_it_is_known(
    webhooks: Webhooks, number: InboundNumber, report: DeliveryStatus
) -> None:
    """Wait a little: a report may come before the answer to the send, and names no id of ours."""
    for wait_s in WAITS_S:
        async with webhooks.services.database.tenant_connection(number.boutique.id) as conn:
            if await messages.by_provider_id(conn, provider_id=report.provider_id) is not None:
                return
        await asyncio.sleep(wait_s)
