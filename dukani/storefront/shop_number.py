"""The number that customers write to, asked at the provider once where it is not known."""

from __future__ import annotations

import structlog
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

from dukani.core.errors import InvalidValue, ProviderError
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials, personal_pages
from dukani.tools.channel_setup import ask

log = structlog.get_logger()


async def shop_number(services: Services, boutique_id: str) -> str | None:
    """In E.164; None while the shop has no number, or its provider does not tell it now."""
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None  # the link is one of its own
        provider = boutique.whatsapp_provider
        known = await personal_pages.shown_number(conn, provider=provider)
        if known is None:
            return None
        account, number = known
        if provider == "twilio" or number is not None:
            return number or account
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=provider, box=services.secrets
        )
    assert keys is not None  # the account is there
    try:
        number = _plain((await ask(services, keys)).shown_number)
    except (InvalidValue, ProviderError) as error:
        log.warning("shop_number_unknown", boutique=boutique.slug, reason=str(error))
        return None
    if number is not None:
        async with services.database.tenant_connection(boutique_id) as conn:
            await personal_pages.note_number(conn, provider=provider, number=number)
    return number


def _plain(shown: str | None) -> str | None:
    """Meta shows a number as people write it: "+254 712 345 678"."""
    try:
        text = shown or ""
        number = parse(text if text.startswith("+") else f"+{text}")
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164)
