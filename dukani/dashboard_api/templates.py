"""Message templates: those that every shop has, and the shop's own, written and sent to review."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile
from pydantic import Field

from dukani.core.channels import WhatsAppProvider
from dukani.core.images import clean_copy
from dukani.core.media_links import own_link
from dukani.core.store import boutiques, message_templates, own_templates
from dukani.core.store.message_templates import (
    TemplateCategory,
    TemplateLanguage,
)
from dukani.core.template_form import TemplateForm
from dukani.dashboard_api.access import AMember, AnOwner, AProvenOwner, at_work
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.pictures import naming
from dukani.dashboard_api.template_answers import (
    Template,
    shown,
    standard_of,
    version_of,
    versioned,
)
from dukani.dashboard_api.versions import IfMatch, require_version
from dukani.domain.template_forms import (
    PURCHASE_NOTIFICATION,
    purchase_notification,
)
from dukani.tools import own_templates as tool
from dukani.tools import template_review, template_sync

router = APIRouter(prefix="/boutiques/{boutique_id}/templates", tags=["templates"])

Name = Annotated[str, Field(max_length=512, description="small letters, digits, underscores")]


class TemplateFields(Body):
    """A draft may be unfinished; what is wrong is told by its preview, and at submission."""

    name: Name
    language: TemplateLanguage
    category: Literal["utility", "marketing"]
    form: TemplateForm

    def as_draft(self) -> tool.Draft:
        return tool.Draft(self.name, self.language, self.category, self.form)


class PreviewWanted(TemplateFields):
    customer_id: UUID | None = None  # none: the customer who bought last


class Templates(Answer):
    provider: WhatsAppProvider
    items: list[Template]


class TemplateStart(Answer):
    """What a new template begins with: the one of a campaign."""

    name: str
    category: TemplateCategory
    form: TemplateForm
    picture_url: str | None


class TemplateFault(Answer):
    field: str
    code: str
    remedy: str


class TemplatePreview(Answer):
    body: str
    values: dict[str, str]
    customer_id: UUID | None
    customer_name: str | None
    problems: list[TemplateFault]


class TemplatePicture(Answer):
    path: str
    url: str


class SubmittedNames(Answer):
    names: list[str]


@router.get("")
async def list_templates(member: AMember) -> Templates:
    boutique = await boutiques.get(member.conn, boutique_id=member.boutique_id)
    assert boutique is not None, "the member is of it"
    found = await message_templates.of_boutique(member.conn, boutique_id=member.boutique_id)
    mine = [one for one in found if one.provider == boutique.whatsapp_provider]
    own = [shown(member.services, one) for one in mine if one.form is not None]
    return Templates(provider=boutique.whatsapp_provider, items=[*own, *standard_of(mine)])


@router.get("/start")
async def get_template_start(owner: AnOwner, language: TemplateLanguage = "en") -> TemplateStart:
    picture = await own_templates.newest_picture(owner.conn)
    base = owner.services.settings.web.public_url
    form = purchase_notification(language, base_url=base, picture=picture or "")
    if picture is None:
        form = form.model_copy(update={"header_picture": None})
    return TemplateStart(
        name=PURCHASE_NOTIFICATION,
        category="marketing",
        form=form,
        picture_url=own_link(owner.services, picture) if picture else None,
    )


@router.post("/pictures", status_code=201)
async def add_template_picture(
    owner: AProvenOwner, picture: Annotated[UploadFile, File()]
) -> TemplatePicture:
    """The example in a heading, which WhatsApp's reviewers see."""
    with naming(picture):
        clean = await clean_copy(await picture.read(), max_side=1200, still=True)
    name = hashlib.sha256(clean).hexdigest()[:32]
    path = f"{owner.boutique_id}/templates/{name}.jpg"
    await owner.services.media.put(path, clean, "image/jpeg")
    return TemplatePicture(path=path, url=own_link(owner.services, path))


@router.post("/previews")
async def preview_template(owner: AnOwner, wanted: PreviewWanted) -> TemplatePreview:
    """As a customer would read it, and what WhatsApp would reject. Nothing is kept or sent."""
    shown = await tool.preview(
        owner.conn,
        wanted.as_draft(),
        boutique_id=owner.boutique_id,
        customer_id=str(wanted.customer_id) if wanted.customer_id else None,
    )
    return TemplatePreview.model_validate(shown)


@router.post("/syncs", status_code=204)
async def sync_templates(owner: AProvenOwner) -> None:
    """Ask the provider how they stand; `list_templates` has what it said."""
    await template_sync.sync(owner.services, boutique_id=owner.boutique_id)


@router.post("/standard-submissions", status_code=201)
async def submit_standard_templates(owner: AProvenOwner) -> SubmittedNames:
    """Send to review every template that all shops have and this one's provider has not."""
    names = await template_review.submit_standard(owner.services, boutique_id=owner.boutique_id)
    return SubmittedNames(names=names)


@router.post("", status_code=201)
async def create_template(
    owner: AnOwner, new: TemplateFields, request: Request, idempotency_key: IdempotencyKey = None
) -> Template:
    async def create() -> Template:
        draft = await tool.create(owner.conn, new.as_draft(), boutique_id=owner.boutique_id)
        return shown(owner.services, draft)

    return await once(owner, request, idempotency_key, create, Template)


@router.get("/{template_id}")
async def get_template(member: AMember, template_id: UUID, response: Response) -> Template:
    found = await tool.the_template(
        member.conn, boutique_id=member.boutique_id, template_id=str(template_id)
    )
    return versioned(member.services, found, response)


@router.put("/{template_id}")
async def replace_template(
    owner: AnOwner,
    template_id: UUID,
    fields: TemplateFields,
    response: Response,
    if_match: IfMatch = None,
) -> Template:
    """Write a draft anew, or one that was rejected."""
    one = {"boutique_id": owner.boutique_id, "template_id": str(template_id)}
    found = await tool.the_draft(owner.conn, **one)
    require_version(if_match, version_of(found))
    changed = await tool.rewrite(owner.conn, fields.as_draft(), **one)
    return versioned(owner.services, changed, response)


@router.delete("/{template_id}", status_code=204)
async def remove_template(owner: AProvenOwner, template_id: UUID) -> None:
    """Delete one of the shop's own, at the provider too."""
    await template_review.remove(
        owner.services, boutique_id=owner.boutique_id, template_id=str(template_id)
    )


@router.post("/{template_id}/submissions", status_code=201)
async def submit_template(owner: AProvenOwner, template_id: UUID) -> Template:
    """Send a draft to WhatsApp's review."""
    await template_review.submit(
        owner.services, boutique_id=owner.boutique_id, template_id=str(template_id)
    )
    async with at_work(owner, owners_only=True) as member:
        found = await tool.the_template(
            member.conn, boutique_id=owner.boutique_id, template_id=str(template_id)
        )
        return shown(owner.services, found)
