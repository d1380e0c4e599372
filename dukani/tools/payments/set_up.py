"""An owner gives her shop's M-Pesa account: Daraja is asked first, then it is sealed and used.

The question is about a prompt that never was. Whoever may not ask is told so before Daraja looks
for it, so that the answer tells whether key, secret, passkey and short code belong together.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace

from dukani.core.clients.daraja import DarajaAccount, DarajaClient
from dukani.core.clients.mpesa_answers import outcome_of_query_error
from dukani.core.clients.mpesa_outcomes import Kind, Setting
from dukani.core.clients.paylink import PayLinkAccount, PayLinkClient
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound, ProviderRefused
from dukani.core.services import Services
from dukani.core.store import boutique_edits, provider_accounts
from dukani.core.store.credentials import Provider
from dukani.core.store.payments import PaymentProvider

Connecting = Callable[[], AbstractAsyncContextManager[Connection]]

_FIELDS: dict[Setting | None, str] = {
    Setting.PASSKEY: "passkey",
    Setting.SHORTCODE: "shortcode",
    Setting.TILL: "till",
    Setting.PRODUCT: "consumer_key",
}
_REMEDIES = {
    "consumer_secret": "Daraja refuses this consumer key with this secret: copy both from the app.",
    "consumer_key": "This Daraja app lacks M-Pesa Express: add the product, then try again.",
    "passkey": "Daraja says that this passkey is not of this short code.",
    "shortcode": "Daraja knows no such short code for this app.",
    "till": "Daraja knows no such till for this short code.",
}


@dataclass(frozen=True, slots=True)
class MpesaLine:
    """A paybill, or a till when `till` is set; with `paylink_key` by way of PayLink."""

    shortcode: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    passkey: str = field(repr=False)
    till: str | None = None
    paylink_key: str | None = field(default=None, repr=False)
    paylink_project: str | None = None

    @property
    def provider(self) -> PaymentProvider:
        return "paylink" if self.paylink_key else "daraja"

    def daraja_secrets(self) -> dict[str, str]:
        kept = {
            "consumer_key": self.consumer_key,
            "consumer_secret": self.consumer_secret,
            "passkey": self.passkey,
        }
        return kept | ({"till": self.till} if self.till else {})

    def paylink_secrets(self) -> dict[str, str]:
        own = {"api_key": self.paylink_key or "", "project": self.paylink_project or ""}
        return self.daraja_secrets() | own | {"tracing": "disabled"}


async def ask(services: Services, line: MpesaLine) -> None:
    """Raises InvalidValue naming the wrong credential, or ProviderUnavailable."""
    account = DarajaAccount(line.shortcode, line.consumer_key, line.consumer_secret, line.passkey)
    settings = services.settings.daraja
    # A client of its own: the usual one may still hold a token that the old secret got.
    client = DarajaClient(services.http, settings.base_url, timeout_s=settings.timeout_s)
    try:
        await client.query(account, f"ws_CO_{random.token_hex(12)}")
    except ProviderRefused as refused:
        outcome = outcome_of_query_error(refused.code, refused.said)
        if outcome.kind is Kind.OURS_TO_MEND and outcome.setting is not Setting.OTHER:
            named = _FIELDS.get(outcome.setting, "consumer_secret")
            raise InvalidValue(field=named, remedy=_REMEDIES[named]) from refused
    if line.paylink_key:
        await _ask_paylink(services, line)


async def _ask_paylink(services: Services, line: MpesaLine) -> None:
    settings = services.settings.paylink
    if settings.url is None:
        raise InvalidValue(
            field="paylink_key", remedy="PayLink is not switched on here: use Daraja directly."
        )
    account = PayLinkAccount(
        api_key=line.paylink_key or "",
        project=line.paylink_project or "",
        tracing="disabled",
        shortcode=line.shortcode,
        consumer_key=line.consumer_key,
        consumer_secret=line.consumer_secret,
        passkey=line.passkey,
    )
    client = PayLinkClient(settings.url, timeout_s=settings.timeout_s)
    try:
        await client.require_tool(account)
    except ProviderRefused as refused:
        raise InvalidValue(
            field="paylink_key", remedy="PayLink refuses this key with this project."
        ) from refused


async def change(services: Services, connecting: Connecting, line: MpesaLine) -> None:
    """Ask, then seal and use. Raises InvalidValue, ProviderUnavailable.

    `connecting` opens a transaction of an owner of the boutique.
    """
    await ask(services, line)
    kept: dict[Provider, dict[str, str]] = {"daraja": line.daraja_secrets()}
    if line.paylink_key:
        kept["paylink"] = line.paylink_secrets()
    async with connecting() as conn:
        for provider, secrets in kept.items():
            await provider_accounts.put(
                conn,
                provider=provider,
                account=line.shortcode,
                secrets=secrets,
                sealed=services.secrets.seal(secrets),
                problem=None,
            )
        await _by_hand_too(conn, line.till, line.shortcode)
        await provider_accounts.use(conn, payment=line.provider)


async def _by_hand_too(conn: Connection, till: str | None, shortcode: str | None) -> None:
    """Where a prompt cannot go, customers are told to pay the same account by hand."""
    shop = await boutique_edits.get(conn, lock=True)
    info = {k: v for k, v in shop.shop_info.items() if k not in ("till", "paybill")}
    told = {"till": till} if till else {"paybill": shortcode} if shortcode else {}
    await boutique_edits.save(conn, replace(shop, shop_info=info | told))


async def pay_by_hand(connecting: Connecting, *, till: str | None, paybill: str | None) -> None:
    """No prompts: customers pay a till or a paybill, and tell the receipt. Raises NotFound."""
    if not till and not paybill:
        raise NotFound("Give a till or a paybill.")
    async with connecting() as conn:
        await _by_hand_too(conn, till, paybill)
        await provider_accounts.use(conn, payment="manual")
