"""A boutique's keys at its providers: set, tested at the provider, switched off; never shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

from fastapi import APIRouter

from dukani.core.channels import SmsProvider
from dukani.core.store import provider_accounts
from dukani.core.store.credentials import Provider
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.channel import Line
from dukani.dashboard_api.mpesa import ByHand, WaysToPay
from dukani.dashboard_api.platform.access import (
    APlatformAdminOf,
    AProvenPlatformAdminOf,
)
from dukani.dashboard_api.sms_sender import SenderKeys
from dukani.tools import platform_keys, sms_setup
from dukani.tools.payments import set_up

router = APIRouter(prefix="/platform/boutiques/{boutique_id}/keys", tags=["platform"])


class KeysShown(Answer):
    """`problem` is what the provider said when it was asked last; `hints` how secrets end."""

    provider: Provider
    account: str
    active: bool
    used: bool  # it carries messages, or asks for money
    shared: bool  # the platform's own number, which the settings have
    hints: dict[str, str]
    account_since: datetime
    checked_at: datetime | None
    problem: str | None


class BoutiqueKeys(Answer):
    items: list[KeysShown]


class TestOfKeys(Answer):
    """`unreached`: the provider did not answer, and nothing was noted."""

    provider: Provider
    problem: str | None
    tested_at: datetime


@router.get("")
async def list_boutique_keys(admin: APlatformAdminOf) -> BoutiqueKeys:
    of_sms = get_args(SmsProvider)  # one at most is active
    used = (admin.the_boutique.whatsapp_provider, admin.the_boutique.payment_provider, *of_sms)
    kept = await provider_accounts.all_kept(admin.conn)
    return BoutiqueKeys(
        items=[
            KeysShown.model_validate(
                {name: getattr(one, name) for name in KeysShown.model_fields if name != "used"}
                | {"used": one.active and one.provider in used}
            )
            for one in kept
        ]
    )


@router.put("/channel", status_code=204)
async def set_channel_keys(admin: AProvenPlatformAdminOf, line: Line) -> None:
    """Asked at the provider before they are kept; those there were work until then."""
    await platform_keys.change_channel(
        admin.services, admin.connecting, line.as_credentials(), boutique_id=admin.boutique_id
    )


@router.put("/sms", status_code=204)
async def set_sms_keys(admin: AProvenPlatformAdminOf, sender: SenderKeys) -> None:
    await sms_setup.change(
        admin.services, admin.connecting, sender.as_credentials(), boutique_id=admin.boutique_id
    )


@router.put("/mpesa", status_code=204)
async def set_mpesa_keys(admin: AProvenPlatformAdminOf, ways: WaysToPay) -> None:
    if isinstance(ways, ByHand):
        await set_up.pay_by_hand(admin.connecting, till=ways.till, paybill=ways.paybill)
    else:
        await set_up.change(admin.services, admin.connecting, ways.as_line())


@router.post("/{provider}/tests", status_code=201)
async def test_boutique_keys(admin: AProvenPlatformAdminOf, provider: Provider) -> TestOfKeys:
    """A read at the provider with the keys that are kept; nothing is sent and nobody is asked."""
    problem = await platform_keys.test(
        admin.services, admin.connecting, boutique_id=admin.boutique_id, provider=provider
    )
    return TestOfKeys(provider=provider, problem=problem, tested_at=datetime.now(UTC))


@router.delete("/{provider}", status_code=204)
async def switch_boutique_keys_off(admin: APlatformAdminOf, provider: Provider) -> None:
    """Nothing is sent or asked for with them any more; new ones take their place."""
    await platform_keys.switch_off(admin.conn, provider=provider)
