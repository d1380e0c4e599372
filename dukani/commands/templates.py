"""`dukani templates …`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from dukani.commands.frame import console, read_settings, with_services
from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques, message_templates
from dukani.core.store.boutiques import Boutique
from dukani.domain.acts import Language
from dukani.domain.templates import TEMPLATES
from dukani.running import with_demo_key
from dukani.tools import template_review, template_sync

_CONTENT_SID = re.compile(r"HX[0-9a-f]{32}")


def show(slug: str) -> None:
    async def work(conn: Connection, boutique: Boutique) -> None:
        found = await message_templates.of_boutique(conn, boutique_id=boutique.id)
        known = {
            (one.name, one.language): one.status
            for one in found
            if one.provider == boutique.whatsapp_provider
        }
        for template in TEMPLATES.values():
            for language in template.texts:
                status = known.get((template.name, language), "not registered")
                _say(f"{template.name} ({language}, utility): {status}")
                _say(f"  {template.as_registered(language)}")

    _in(slug, work)


def approved(slug: str, name: str, language: Language, content_sid: str | None) -> None:
    async def work(conn: Connection, boutique: Boutique) -> None:
        if name not in TEMPLATES:
            names = ", ".join(TEMPLATES)
            raise InvalidValue(field="name", value=name, remedy=f"it is one of {names}.")
        provider = boutique.whatsapp_provider
        if provider == "twilio" and not _CONTENT_SID.fullmatch(content_sid or ""):
            raise InvalidValue(
                field="content-sid",
                value=content_sid,
                remedy="give Twilio's id of the template: HX and 32 digits or letters a to f.",
            )
        await message_templates.put(
            conn,
            boutique_id=boutique.id,
            provider=provider,
            name=name,
            language=language,
            status="approved",
            content_sid=content_sid,
        )
        _say(f"{boutique.name} may send {name} in {language}.")

    _in(slug, work)


def sync(slug: str) -> None:
    async def ask(services: Services, boutique: Boutique) -> None:
        changed = await template_sync.sync(services, boutique_id=boutique.id)
        async with services.database.system_connection() as conn:
            found = await message_templates.of_boutique(conn, boutique_id=boutique.id)
        for one in found:
            if one.provider == boutique.whatsapp_provider and one.status != "draft":
                why = f" ({one.reason})" if one.reason else ""
                _say(f"{one.name} ({one.language}, {one.category}): {one.status}{why}")
        _say(f"{len(changed)} changed.")

    _with(slug, ask)


def submit(slug: str) -> None:
    async def send(services: Services, boutique: Boutique) -> None:
        names = await template_review.submit_standard(services, boutique_id=boutique.id)
        for name in names:
            _say(f"{name}: in review")
        _say("Ask how they stand: " if names else "Nothing was missing: ")
        _say(f"  dukani templates sync --boutique {slug}")

    _with(slug, send)


def _with(slug: str, work: Callable[[Services, Boutique], Awaitable[None]]) -> None:
    """As `_in`, for what asks the provider between its transactions."""

    async def enter(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=slug)
        if boutique is None:
            raise NotFound(f"There is no boutique {slug!r}.")
        await work(services, boutique)

    with_services(with_demo_key(read_settings(quiet=True)), enter)


def _in(slug: str, work: Callable[[Connection, Boutique], Awaitable[None]]) -> None:
    async def enter(services: Services) -> None:
        async with services.database.system_connection() as conn:
            boutique = await boutiques.by_slug(conn, slug=slug)
            if boutique is None:
                raise NotFound(f"There is no boutique {slug!r}.")
            await work(conn, boutique)

    with_services(with_demo_key(read_settings(quiet=True)), enter)


def _say(text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
