"""Submits a boutique's templates to review at its provider, and deletes them there."""

from __future__ import annotations

from dukani.core.clients.template_desk import Submission, Submitted, TemplateDesk
from dukani.core.errors import (
    CallerError,
    Conflict,
    InvalidValue,
    NotFound,
    ProviderError,
    ProviderRefused,
    ProviderUnclear,
)
from dukani.core.jobs import defer_template_sync
from dukani.core.languages import LANGUAGES as LANGUAGES
from dukani.core.media_links import media_link
from dukani.core.services import Services
from dukani.core.store import message_templates, own_templates
from dukani.core.store.boutiques import Boutique
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.template_form import TemplateForm
from dukani.domain.template_checks import problems
from dukani.domain.template_forms import standard_form
from dukani.domain.templates import TEMPLATES
from dukani.tools.template_desks import open_desk
from dukani.tools.template_sync import WAITS


class NotTaken(CallerError):
    """WhatsApp did not take the template."""

    http_status = 409


async def submit(services: Services, *, boutique_id: str, template_id: str) -> None:
    """Send a draft, or a rejected one that was rewritten, to review.

    Raises InvalidValue with the first problem, NotTaken in the provider's words, NotFound,
    Conflict when it is in review already, and ProviderUnavailable.
    """
    async with services.database.system_connection() as conn:
        found = await message_templates.get(conn, boutique_id=boutique_id, template_id=template_id)
    if found is None or found.form is None:
        raise NotFound("There is no such template here.")
    form = TemplateForm.model_validate(found.form)
    for problem in problems(found.name, found.category, form):
        raise InvalidValue(field=problem.field, remedy=problem.remedy)
    boutique, desk = await open_desk(services, boutique_id)
    wanted = await _submission(services, found, form)
    async with services.database.system_connection() as conn:
        if not await own_templates.claim(conn, boutique_id=boutique_id, template_id=template_id):
            raise Conflict("It is in review already, or approved.")
    taken = await _sent(services, desk, boutique, found, wanted)
    await _keep(services, boutique, found, taken)


async def _sent(
    services: Services,
    desk: TemplateDesk,
    boutique: Boutique,
    found: RegisteredTemplate,
    wanted: Submission,
) -> Submitted:
    """What was refused is a draft again; what perhaps arrived stays pending, and is asked about."""
    again = found.provider_id if found.status == "rejected" else None
    try:
        return await desk.submit(wanted, again=again)
    except ProviderUnclear:
        await _ask_soon(services, boutique.id)
        raise
    except ProviderError as error:
        async with services.database.system_connection() as conn:
            await own_templates.release(
                conn,
                boutique_id=boutique.id,
                template_id=found.id,
                status=found.status,
                reason=error.said or None,
            )
        if isinstance(error, ProviderRefused):
            raise NotTaken(f"WhatsApp did not take it: {error.said or error.code}") from error
        raise


async def submit_standard(services: Services, *, boutique_id: str) -> list[str]:
    """Submit each template of the code that the provider does not have; their names.

    Raises as `submit`. What was submitted before a refusal stays so.
    """
    boutique, desk = await open_desk(services, boutique_id)
    async with services.database.system_connection() as conn:
        known = {
            (one.name, one.language)
            for one in await message_templates.of_boutique(conn, boutique_id=boutique_id)
            if one.provider == boutique.whatsapp_provider and one.status != "rejected"
        }
    submitted = []
    for template in TEMPLATES.values():
        for language in LANGUAGES:
            if (template.name, language) in known:
                continue
            form = standard_form(template, language)
            try:
                taken = await desk.submit(Submission(template.name, language, "utility", form))
            except ProviderRefused as error:
                raise NotTaken(f"WhatsApp did not take {template.name}: {error.said}") from error
            async with services.database.system_connection() as conn:
                await message_templates.put(
                    conn,
                    boutique_id=boutique_id,
                    provider=boutique.whatsapp_provider,
                    name=template.name,
                    language=language,
                    status=taken.status,
                    content_sid=taken.content_sid,
                    category=taken.category,
                    provider_id=taken.provider_id,
                )
            submitted.append(f"{template.name} ({language})")
    if submitted:
        await _ask_soon(services, boutique_id)
    return submitted


async def remove(services: Services, *, boutique_id: str, template_id: str) -> None:
    """Delete one of the shop's own, at the provider too. Raises NotFound, NotTaken."""
    async with services.database.system_connection() as conn:
        found = await message_templates.get(conn, boutique_id=boutique_id, template_id=template_id)
    if found is None or found.form is None:
        raise NotFound("There is no such template of your own here.")
    if found.status != "draft":
        _, desk = await open_desk(services, boutique_id)
        try:
            await desk.remove(
                found.name, provider_id=found.provider_id, content_sid=found.content_sid
            )
        except ProviderRefused as error:
            raise NotTaken(f"WhatsApp did not delete it: {error.said or error.code}") from error
    async with services.database.system_connection() as conn:
        await own_templates.remove(conn, boutique_id=boutique_id, template_id=template_id)


async def _submission(
    services: Services, found: RegisteredTemplate, form: TemplateForm
) -> Submission:
    link = picture = None
    if form.header == "image" and form.header_picture:
        picture = await services.media.get(form.header_picture)
        link = await media_link(services, form.header_picture)
    return Submission(found.name, found.locale, found.category, form, link, picture)


async def _keep(
    services: Services, boutique: Boutique, found: RegisteredTemplate, taken: Submitted
) -> None:
    async with services.database.system_connection() as conn:
        await message_templates.put(
            conn,
            boutique_id=boutique.id,
            provider=found.provider,
            name=found.name,
            language=found.language,
            status=taken.status,
            content_sid=taken.content_sid,
            category=taken.category,
            provider_id=taken.provider_id,
            media_base=taken.media_base,
        )
        await defer_template_sync(conn, boutique_id=boutique.id, delay=WAITS[0])


async def _ask_soon(services: Services, boutique_id: str) -> None:
    async with services.database.system_connection() as conn:
        await defer_template_sync(conn, boutique_id=boutique_id, delay=WAITS[0])
