"""Daraja's webhook: the result of an M-Pesa prompt, at an address made for that one payment."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from dukani.core.errors import BadSignature
from dukani.webhooks.bodies import read_body
from dukani.webhooks.dependencies import TheWebhooks
from dukani.webhooks.payment_callbacks import keep_callback

router = APIRouter(tags=["webhooks"])

# A callback has 600 bytes. A body a hundred times larger is not Daraja's: it is refused (413) and
# not kept.
MAX_PAYMENT_BODY = 64 * 1024


async def body_from_allowed_network(request: Request, webhooks: TheWebhooks) -> bytes:
    """The raw body, if the sender's address lies in the networks that may report payments."""
    allowed = webhooks.services.settings.daraja.allowed_networks
    host = request.client.host if request.client else ""
    if allowed and not _is_within(host, allowed):
        raise BadSignature("not from DUKANI_DARAJA__ALLOWED_NETWORKS")
    return await read_body(request, most=MAX_PAYMENT_BODY)


def _is_within(host: str, networks: list[str]) -> bool:
    try:
        address = _unmapped(ip_address(host))
    except ValueError:
        return False
    return any(_holds(network, address) for network in networks)


def _holds(network: str, address: IPv4Address | IPv6Address) -> bool:
    parsed = ip_network(network, strict=False)
    mapped = isinstance(parsed, IPv6Network) and parsed.network_address.ipv4_mapped
    if mapped and parsed.prefixlen >= 96:
        parsed = ip_network(f"{mapped}/{parsed.prefixlen - 96}", strict=False)
    return address in parsed


def _unmapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """A dual-stack socket shows 196.201.214.200 as ::ffff:196.201.214.200."""
    return getattr(address, "ipv4_mapped", None) or address


@router.post("/webhook/daraja/{token}")
async def receive(
    raw: Annotated[bytes, Depends(body_from_allowed_network)],
    webhooks: TheWebhooks,
    token: Annotated[str, Path(max_length=200)],
) -> Response:
    return await keep_callback(webhooks, "daraja", raw, token)
