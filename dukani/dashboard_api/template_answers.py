"""A message template as the API answers it, with the version that an edit must name."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import Response

from dukani.core.errors import NotFound
from dukani.core.media_links import own_link
from dukani.core.services import Services
from dukani.core.store.message_templates import (
    Quality,
    RegisteredTemplate,
    TemplateCategory,
    TemplateLanguage,
    TemplateStatus,
)
from dukani.core.template_form import TemplateForm
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.versions import etag_of, show_version
from dukani.domain.template_forms import standard_form
from dukani.domain.templates import TEMPLATES
from dukani.tools import template_review


class Template(Answer):
    id: UUID | None  # none: the provider does not have it yet
    name: str
    language: TemplateLanguage
    category: TemplateCategory
    status: TemplateStatus | Literal["missing"]
    standard: bool  # one that every shop has
    quality: Quality | None = None
    reason: str | None = None  # in the provider's words, why it is rejected or paused
    next_category: TemplateCategory | None = None
    category_changes_at: datetime | None = None
    submitted_at: datetime | None = None
    form: TemplateForm
    picture_url: str | None = None
    etag: str | None = None  # of one of the shop's own, for If-Match


def versioned(services: Services, found: RegisteredTemplate, response: Response) -> Template:
    show_version(response, version_of(found))
    return shown(services, found)


def version_of(found: RegisteredTemplate) -> str:
    """Of what its owner writes: the provider's news of it are no other version."""
    written = [found.name, found.language, found.category, found.form]
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:16]


def standard_of(mine: list[RegisteredTemplate]) -> list[Template]:
    """The templates of the code, those too that the provider does not have."""
    known = {(one.name, one.language): one for one in mine}
    items = []
    for template in TEMPLATES.values():
        for language in template_review.LANGUAGES:
            found = known.get((template.name, language))
            items.append(
                Template(
                    id=UUID(found.id) if found else None,
                    name=template.name,
                    language=language,
                    category=found.category if found else "utility",
                    status=found.status if found else "missing",
                    standard=True,
                    quality=found.quality if found else None,
                    reason=found.reason if found else None,
                    next_category=found.next_category if found else None,
                    category_changes_at=found.category_changes_at if found else None,
                    submitted_at=found.submitted_at if found else None,
                    form=standard_form(template, language),
                )
            )
    return items


def shown(services: Services, found: RegisteredTemplate) -> Template:
    standard = TEMPLATES.get(found.name) if found.form is None else None
    if found.form is None and standard is None:
        raise NotFound("Its text is only at the provider.")
    form = (
        standard_form(standard, found.language)
        if standard
        else TemplateForm.model_validate(found.form)
    )
    path = form.header_picture
    return Template(
        id=UUID(found.id),
        name=found.name,
        language=found.language,
        category=found.category,
        status=found.status,
        standard=standard is not None,
        quality=found.quality,
        reason=found.reason,
        next_category=found.next_category,
        category_changes_at=found.category_changes_at,
        submitted_at=found.submitted_at,
        form=form,
        picture_url=own_link(services, path) if path else None,
        etag=None if standard else etag_of(version_of(found)),
    )
