"""Gives the boutiques that a user added to the demo accounts in the sandbox, too.

A second shop can thus be tried before it has a number anywhere: its file may hold any credentials,
for the sandbox accepts the ones stored in Dukani.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import structlog

from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials
from dukani.core.store.boutiques import Boutique
from dukani.core.store.credentials import Credentials, Provider
from dukani.sandbox.accounts import (
    DEMO_ACCOUNTS,
    MpesaBusiness,
    PayLinkProject,
    SandboxAccount,
    SmsLine,
)

log = structlog.get_logger()

_PROVIDERS: tuple[Provider, ...] = get_args(Provider)
_BUILT_IN = frozenset(account.key for account in DEMO_ACCOUNTS)


async def accounts_in(services: Services) -> Sequence[SandboxAccount]:
    """The accounts of all open boutiques except the demo's own two."""
    found = []
    async with services.database.system_connection() as conn:
        for slug in await boutiques.open_slugs(conn):
            if slug in _BUILT_IN:
                continue
            boutique = await boutiques.by_slug(conn, slug=slug)
            assert boutique is not None  # its slug was read in this transaction
            try:
                keys = await _keys_of(conn, services, boutique)
                if (
                    boutique.whatsapp_provider in keys
                ):  # else the boutique has no number at a provider
                    found.append(_account(boutique, keys))
            except (ConfigurationError, ValueError, KeyError) as error:
                log.warning("sandbox_does_not_know", boutique=slug, reason=str(error))
    return found


async def _keys_of(
    conn: Connection, services: Services, boutique: Boutique
) -> dict[Provider, Credentials]:
    """The boutique's credentials. Raises ConfigurationError where our key decrypts none."""
    keys: dict[Provider, Credentials] = {}
    for provider in _PROVIDERS:
        opened = await credentials.get(
            conn, boutique_id=boutique.id, provider=provider, box=services.secrets
        )
        if opened is not None:
            keys[provider] = opened
    return keys


def _account(boutique: Boutique, keys: dict[Provider, Credentials]) -> SandboxAccount:
    """The boutique's account. Raises KeyError or ValueError for unusable credentials."""
    line = keys[boutique.whatsapp_provider]
    on_meta = boutique.whatsapp_provider == "meta"
    own = {"phone_number_id": line.account, "waba_id": f"2{line.account}"} if on_meta else {}
    return SandboxAccount(
        key=boutique.slug,
        name=boutique.name,
        # Meta's credentials have no phone number: an unassigned one is used instead.
        number=f"+2547990{int(line.account) % 100000:05d}" if on_meta else line.account,
        provider=boutique.whatsapp_provider,
        owner_name=boutique.owner_name or "The owner",
        owner_phone=boutique.owner_phone,
        sms=_sms(keys.get("twilio_sms") or keys.get("africastalking")),
        mpesa=_mpesa(keys.get("daraja")),
        paylink=_paylink(keys.get("paylink")),
        **(own | line.secrets),
    )


def _sms(keys: Credentials | None) -> SmsLine | None:
    if keys is None or keys.provider not in ("twilio_sms", "africastalking"):
        return None
    return SmsLine.model_validate(
        {"provider": keys.provider, "sender": keys.account, **keys.secrets}
    )


def _mpesa(keys: Credentials | None) -> MpesaBusiness | None:
    return MpesaBusiness(shortcode=keys.account, **keys.secrets) if keys else None


def _paylink(keys: Credentials | None) -> PayLinkProject | None:
    if keys is None:
        return None
    names = PayLinkProject.model_fields
    return PayLinkProject(**{k: v for k, v in keys.secrets.items() if k in names})
