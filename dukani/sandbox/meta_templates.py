"""Stand-in for Meta's template management: list, create, edit, delete, and upload an example."""

from __future__ import annotations

import time
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import JSONResponse

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.meta import Bearer, graph_error
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.template_book import SandboxTemplate, sandbox_id

# Include this router before Meta's other paths, which begin with any version as well.
router = APIRouter(tags=["meta"])
MAX_EXAMPLE = 5 * 1024 * 1024


@router.get("/{version}/{waba_id}/message_templates")
async def list_templates(
    outside: TheOutside,
    version: str,
    waba_id: str,
    authorization: Bearer = "",
    limit: Annotated[int, Query(ge=1, le=250)] = 25,
    after: int = 0,
) -> Response:
    account = await _account(outside, waba_id, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    every = outside.templates.of(account)
    page = every[after : after + limit]
    body: dict[str, Any] = {"data": [_shown(one) for one in page]}
    if after + limit < len(every):
        here = f"{outside.base_url}/{version}/{waba_id}/message_templates"
        body["paging"] = {"next": f"{here}?limit={limit}&after={after + limit}"}
    return JSONResponse(body)


@router.post("/{version}/{waba_id}/message_templates")
async def create_template(
    outside: TheOutside,
    version: str,
    waba_id: str,
    body: Annotated[dict[str, Any], Body()],
    authorization: Bearer = "",
) -> Response:
    account = await _account(outside, waba_id, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    name, language = str(body.get("name") or ""), str(body.get("language") or "")
    if not name or not language:
        return graph_error("100", "Invalid parameter: name and language are required.")
    known = outside.templates.find(account, name, language)
    if known is not None:
        return graph_error("100", "There is already content in this language for this template.")
    if why := _unfit(outside, body):
        return graph_error("100", why)
    template = SandboxTemplate(
        id=sandbox_id(account.waba_id, name, language, str(time.time())),
        account=account.key,
        name=name,
        language=language,
        category=str(body.get("category") or "UTILITY").upper(),
        components=list(body.get("components") or []),
    )
    return _in_review(outside, account, template)


@router.post("/{version}/{template_id}")
async def upload_or_edit(
    outside: TheOutside,
    version: str,
    template_id: str,
    request: Request,
    authorization: Bearer = "",
) -> Response:
    """The second step of an upload, or the edit of a template: both post to an id."""
    token = authorization.removeprefix("OAuth ").removeprefix("Bearer ")
    account = outside.world.accounts.by_access_token(token)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    if template_id.startswith("upload:"):
        content = await request.body()
        if not content.startswith(b"\xff\xd8") or len(content) > MAX_EXAMPLE:
            return graph_error("100", "The file is not of the type that was named.")
        handle = f"4::{uuid.uuid4().hex}"
        outside.world.handles.add(handle)
        return JSONResponse({"h": handle})
    template = outside.templates.by_id(account, template_id)
    if template is None:
        return graph_error("100", "Object with this ID does not exist.")
    if template.standing not in ("APPROVED", "REJECTED", "PAUSED"):
        return graph_error("100", "This template cannot be edited now.")
    body = await request.json()
    if why := _unfit(outside, body):
        return graph_error("100", why)
    template.components = list(body.get("components") or [])
    template.category = str(body.get("category") or template.category).upper()
    template.standing, template.reason = "PENDING", ""
    _in_review(outside, account, template)
    return JSONResponse({"success": True, "id": template.id, "category": template.category})


@router.post("/{version}/{app_id}/uploads")
async def begin_upload(
    outside: TheOutside, version: str, app_id: str, file_type: str = "", authorization: Bearer = ""
) -> Response:
    if outside.world.accounts.by_access_token(authorization.removeprefix("Bearer ")) is None:
        return graph_error("190", "Invalid OAuth access token.")
    if file_type not in ("image/jpeg", "image/png", "application/pdf", "video/mp4"):
        return graph_error("100", "Invalid parameter: file_type")
    return JSONResponse({"id": f"upload:{uuid.uuid4().hex}"})


@router.delete("/{version}/{waba_id}/message_templates")
async def delete_template(
    outside: TheOutside,
    version: str,
    waba_id: str,
    name: str,
    hsm_id: str | None = None,
    authorization: Bearer = "",
) -> Response:
    account = await _account(outside, waba_id, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    found = [
        one
        for one in outside.templates.of(account)
        if one.name == name and hsm_id in (None, one.id)
    ]
    if not found:
        return graph_error("100", "Message template not found.")
    for one in found:
        outside.templates.remove(one)
    return JSONResponse({"success": True})


async def _account(outside: Outside, waba_id: str, authorization: str) -> SandboxAccount | None:
    await outside.register_neighbours()
    account = outside.world.accounts.by_access_token(authorization.removeprefix("Bearer "))
    return account if account is not None and account.waba_id == waba_id else None


def _in_review(outside: Outside, account: SandboxAccount, template: SandboxTemplate) -> Response:
    outside.templates.keep(template)
    outside.courier.start(outside.templates.review(account, template))
    return JSONResponse(
        {"id": template.id, "status": template.standing, "category": template.category}
    )


def _unfit(outside: Outside, body: dict[str, Any]) -> str | None:
    """What Meta refuses at once, before any review."""
    parts = {str(one.get("type")).upper(): one for one in body.get("components") or []}
    said = parts.get("BODY", {})
    if not said.get("text"):
        return "The template needs a body."
    example = said.get("example") or {}
    if "{{" in said["text"] and not (
        example.get("body_text") or example.get("body_text_named_params")
    ):
        return "Message template body needs examples of its variables."
    header = parts.get("HEADER", {})
    handles = (header.get("example") or {}).get("header_handle") or []
    if header.get("format") == "IMAGE" and not set(handles) & outside.world.handles:
        return "Message template header needs an uploaded example."
    return None


def _shown(template: SandboxTemplate) -> dict[str, Any]:
    return {
        "id": template.id,
        "name": template.name,
        "language": template.language,
        "status": template.standing,
        "category": template.category,
        "quality_score": {"score": template.quality, "date": int(template.at)},
        "rejected_reason": template.reason or "NONE",
        "components": template.components,
    }
