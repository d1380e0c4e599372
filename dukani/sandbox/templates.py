"""The message templates that the sandbox's Meta and Twilio have approved: all that we register."""

from __future__ import annotations

from typing import get_args

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import boutiques, message_templates, own_templates
from dukani.domain.acts import Language
from dukani.domain.template_forms import PURCHASE_NOTIFICATION, purchase_notification
from dukani.domain.templates import TEMPLATES
from dukani.sandbox.accounts import DEMO_ACCOUNTS, SandboxAccount
from dukani.sandbox.template_book import sandbox_sid

LANGUAGES: tuple[Language, ...] = get_args(Language)


def content_sid(name: str, language: Language) -> str:
    """The sandbox's Twilio name of a template."""
    return sandbox_sid(name, language)


_BY_SID = {
    content_sid(name, language): (name, language) for name in TEMPLATES for language in LANGUAGES
}


async def register_templates(services: Services) -> None:
    """Note that the demo's boutiques have every template approved; again changes nothing."""
    async with services.database.system_connection() as conn:
        for account in DEMO_ACCOUNTS:
            boutique = await boutiques.by_slug(conn, slug=account.key)
            if boutique is None:
                continue
            for sid, (name, language) in _BY_SID.items():
                await message_templates.put(
                    conn,
                    boutique_id=boutique.id,
                    provider=account.provider,
                    name=name,
                    language=language,
                    status="approved",
                    content_sid=sid if account.provider == "twilio" else None,
                )
            await _register_campaigns(services, conn, boutique.id, account)


async def _register_campaigns(
    services: Services, conn: Connection, boutique_id: str, account: SandboxAccount
) -> None:
    """The template of a campaign, with the shop's own newest piece as its example."""
    picture = await own_templates.newest_picture_of(conn, boutique_id=boutique_id)
    base = services.settings.web.public_url.rstrip("/")
    on_twilio = account.provider == "twilio"
    for language in LANGUAGES:
        form = purchase_notification(language, base_url=base, picture=picture or "")
        if await message_templates.is_known(
            conn, boutique_id=boutique_id, name=PURCHASE_NOTIFICATION, language=language
        ):
            continue
        await message_templates.put(
            conn,
            boutique_id=boutique_id,
            provider=account.provider,
            name=PURCHASE_NOTIFICATION,
            language=language,
            status="approved",
            category="marketing",
            form=form.model_dump(mode="json"),
            content_sid=content_sid(PURCHASE_NOTIFICATION, language) if on_twilio else None,
            media_base=f"{base}/" if on_twilio else None,
        )
