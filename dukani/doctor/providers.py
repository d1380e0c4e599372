"""Checks the boutiques' accounts at providers, and whether the providers can be reached."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx

from dukani.core.channels import PROVIDER_NAMES
from dukani.core.crypto import SecretBox
from dukani.core.errors import ConfigurationError
from dukani.core.settings import Settings
from dukani.core.store.diagnosis import SealedAccount
from dukani.doctor.check import Check, bad, good, off, reason
from dukani.doctor.machine import KEYS_VARIABLE

TIMEOUT_S = 4.0


@dataclass(frozen=True, slots=True)
class Host:
    """A provider's address, and the setting that holds it."""

    name: str
    url: str
    variable: str


def check_accounts(settings: Settings, found: list[SealedAccount]) -> Check:
    """Whether the encryption keys decrypt every account."""
    what = "Boutiques' credentials"
    if not found:
        return off(what, "no boutique has any")
    keys = [key.get_secret_value() for key in settings.security.encryption_keys]
    try:
        box = SecretBox(keys)
    except (ConfigurationError, ValueError):
        return off(what, f"{len(found)}, no key to open them", f"Set {KEYS_VARIABLE}.")
    sealed = [f"{a.boutique}/{a.provider}" for a in found if not _opens(box, a)]
    if sealed:
        fix = f"Put the key they were sealed with back into {KEYS_VARIABLE}, behind the newest."
        return bad(what, f"no key opens {', '.join(sealed)}", fix)
    return good(what, f"{len(found)} opened")


def _opens(box: SecretBox, account: SealedAccount) -> bool:
    try:
        box.open(account.sealed)
    except ConfigurationError:
        return False
    return True


def check_needs(settings: Settings, found: list[SealedAccount]) -> list[Check]:
    """Checks of settings that the boutiques' accounts require."""
    providers = {account.provider for account in found}
    missing = []
    if "meta" in providers and settings.meta.app_secret is None:
        missing.append((PROVIDER_NAMES["meta"], "DUKANI_META__APP_SECRET"))
    if "paylink" in providers and not settings.paylink.url:
        missing.append(("PayLink", "DUKANI_PAYLINK__URL"))
    return [
        bad(f"{name} setting", f"boutiques use {name}, {variable} is not set", f"Set {variable}.")
        for name, variable in missing
    ]


def hosts(settings: Settings, found: list[SealedAccount]) -> tuple[list[Host], list[str]]:
    """The providers in use by settings and accounts, and the names of those not in use."""
    providers = {account.provider for account in found}
    known = [
        (
            not providers.isdisjoint({"twilio", "twilio_sms"}),
            Host(PROVIDER_NAMES["twilio"], settings.twilio.base_url, "DUKANI_TWILIO__BASE_URL"),
        ),
        (
            "meta" in providers or settings.meta.app_secret is not None,
            Host(PROVIDER_NAMES["meta"], settings.meta.base_url, "DUKANI_META__BASE_URL"),
        ),
        (
            "africastalking" in providers,
            Host(
                PROVIDER_NAMES["africastalking"],
                settings.africastalking.base_url,
                "DUKANI_AFRICASTALKING__BASE_URL",
            ),
        ),
        (
            not providers.isdisjoint({"daraja", "paylink"}),
            Host("Daraja", settings.daraja.base_url, "DUKANI_DARAJA__BASE_URL"),
        ),
        (
            bool(settings.paylink.url),
            Host("PayLink", settings.paylink.url or "", "DUKANI_PAYLINK__URL"),
        ),
    ]
    used = [host for is_used, host in known if is_used]
    return used, [host.name for is_used, host in known if not is_used]


async def check_hosts(
    http: httpx.AsyncClient, settings: Settings, found: list[SealedAccount]
) -> list[Check]:
    used, unused = hosts(settings, found)
    asked = await asyncio.gather(*(_reach(http, settings, host) for host in used))
    return [*asked, *(off(f"{name} reachable", "not configured") for name in unused)]


async def _reach(http: httpx.AsyncClient, settings: Settings, host: Host) -> Check:
    """Whether the provider answers; a refusal for want of credentials counts as an answer."""
    what = f"{host.name} reachable"
    try:
        await http.head(host.url, timeout=TIMEOUT_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if settings.sandbox.enabled and host.url.startswith(settings.sandbox.url):
            return off(what, "played by the sandbox, which is not running", "Run `dukani demo`.")
        found = f"{host.url}: {reason(error)}"
        return bad(what, found, f"Check the network and {host.variable}.")
    return good(what, host.url)
