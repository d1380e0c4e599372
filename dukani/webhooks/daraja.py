"""Daraja's door: how an M-Pesa prompt ended, at an address made for that one payment."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from dukani.core.errors import BadSignature
from dukani.webhooks.bodies import read_body
from dukani.webhooks.doors import TheDoors
from dukani.webhooks.payment_callbacks import keep_callback

router = APIRouter(tags=["webhooks"])


async def body_from_allowed_network(request: Request, doors: TheDoors) -> bytes:
    """The raw body, if its sender's address is one payments may be reported from."""
    allowed = doors.services.settings.daraja.allowed_networks
    host = request.client.host if request.client else ""
    if allowed and not _is_within(host, allowed):
        raise BadSignature("not from DUKANI_DARAJA__ALLOWED_NETWORKS")
    return await read_body(request)


def _is_within(host: str, networks: list[str]) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in ip_network(network, strict=False) for network in networks)


@router.post("/webhook/daraja/{token}")
async def receive(
    raw: Annotated[bytes, Depends(body_from_allowed_network)],
    doors: TheDoors,
    token: Annotated[str, Path(max_length=200)],
) -> Response:
    return await keep_callback(doors, "daraja", raw, token)
