"""The message templates that the sandbox's Meta and Twilio have approved: all that we register."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import get_args

from dukani.core.services import Services
from dukani.core.store import boutiques, message_templates
from dukani.domain.acts import Language
from dukani.domain.templates import TEMPLATES
from dukani.sandbox.accounts import DEMO_ACCOUNTS

LANGUAGES: tuple[Language, ...] = get_args(Language)


def content_sid(name: str, language: Language) -> str:
    """The sandbox's Twilio name of a template."""
    return "HX" + hashlib.sha256(f"{name}:{language}".encode()).hexdigest()[:32]


_BY_SID = {
    content_sid(name, language): (name, language) for name in TEMPLATES for language in LANGUAGES
}


def template_text(name: str, language: str, values: Sequence[str]) -> str | None:
    """The approved text with its values; None when there is no such template or they do not fit."""
    template = TEMPLATES.get(name)
    if template is None or language not in template.texts:
        return None
    if len(values) != len(template.parameters):
        return None
    return template.text(
        "sw" if language == "sw" else "en", dict(zip(template.parameters, values, strict=True))
    )


def template_text_by_sid(sid: str, values: Sequence[str]) -> str | None:
    """As `template_text`, for Twilio's name of the template."""
    found = _BY_SID.get(sid)
    return template_text(*found, values) if found else None


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
