"""Stand-in for Twilio's Content API: contents, and WhatsApp's approval of them."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from fastapi.responses import JSONResponse

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.template_book import SandboxTemplate, sandbox_sid
from dukani.sandbox.twilio import those_allowed
from dukani.sandbox.twilio_answers import Credentials, refusal

router = APIRouter(prefix="/v1", tags=["twilio"])


@router.post("/Content")
async def create_content(
    outside: TheOutside, credentials: Credentials, body: Annotated[dict[str, Any], Body()]
) -> Response:
    account = await _account(outside, credentials)
    if account is None:
        return refusal("20003")
    if not body.get("language") or not body.get("types"):
        return refusal("20001")
    template = SandboxTemplate(
        id=sandbox_sid(account.account_sid, str(body.get("friendly_name")), str(time.time())),
        account=account.key,
        name=str(body.get("friendly_name") or ""),
        language=str(body["language"]),
        content=body,
        requested=False,
    )
    outside.templates.keep(template)
    return JSONResponse(_content(account, template), status_code=201)


@router.post("/Content/{sid}/ApprovalRequests/whatsapp")
async def ask_for_approval(
    outside: TheOutside,
    sid: str,
    credentials: Credentials,
    body: Annotated[dict[str, Any], Body()],
) -> Response:
    account = await _account(outside, credentials)
    template = outside.templates.by_id(account, sid) if account else None
    if account is None or template is None:
        return refusal("20404" if account else "20003")
    name = str(body.get("name") or "")
    taken = outside.templates.find(account, name, template.language)
    if taken is not None and taken.id != sid and taken.standing != "REJECTED":
        return refusal("20001")
    template.name = name
    template.category = str(body.get("category") or "UTILITY").upper()
    template.requested = True
    outside.templates.keep(template)
    outside.courier.start(outside.templates.review(account, template))
    return JSONResponse(_approval(template) | {"status": "received"}, status_code=201)


@router.get("/Content/{sid}/ApprovalRequests")
async def approval(outside: TheOutside, sid: str, credentials: Credentials) -> Response:
    account = await _account(outside, credentials)
    template = outside.templates.by_id(account, sid) if account else None
    if account is None or template is None:
        return refusal("20404" if account else "20003")
    return JSONResponse(
        {"sid": sid, "account_sid": account.account_sid, "whatsapp": _approval(template)}
    )


@router.get("/ContentAndApprovals")
async def contents_and_approvals(
    outside: TheOutside,
    credentials: Credentials,
    page_size: Annotated[int, Query(alias="PageSize", ge=1, le=1000)] = 50,
    page: Annotated[int, Query(alias="Page", ge=0)] = 0,
) -> Response:
    account = await _account(outside, credentials)
    if account is None:
        return refusal("20003")
    every = outside.templates.of(account)
    shown = every[page * page_size :][:page_size]
    more = len(every) > (page + 1) * page_size
    here = f"{outside.base_url}/v1/ContentAndApprovals"
    following = f"{here}?PageSize={page_size}&Page={page + 1}" if more else None
    contents = [
        _content(account, one) | {"approval_requests": _approval(one) if one.requested else None}
        for one in shown
    ]
    return JSONResponse({"contents": contents, "meta": {"next_page_url": following}})


@router.delete("/Content/{sid}")
async def delete_content(outside: TheOutside, sid: str, credentials: Credentials) -> Response:
    account = await _account(outside, credentials)
    template = outside.templates.by_id(account, sid) if account else None
    if account is None or template is None:
        return refusal("20404" if account else "20003")
    outside.templates.remove(template)
    return Response(status_code=204)


async def _account(outside: Outside, credentials: Credentials) -> SandboxAccount | None:
    await outside.register_neighbours()
    sid = credentials.username if credentials else ""
    mine = those_allowed(outside.world, sid, credentials)
    return mine[0] if mine else None


def _content(account: SandboxAccount, template: SandboxTemplate) -> dict[str, Any]:
    return {
        "sid": template.id,
        "account_sid": account.account_sid,
        "friendly_name": template.name,
        "language": template.language,
        "variables": template.content.get("variables") or {},
        "types": template.content.get("types") or {},
    }


def _approval(template: SandboxTemplate) -> dict[str, Any]:
    return {
        "name": template.name,
        "category": template.category,
        "content_type": next(iter(template.content.get("types") or {"twilio/text": 0})),
        "status": template.standing.lower() if template.requested else "unsubmitted",
        "rejection_reason": template.reason,
        "allow_category_change": True,
        "type": "whatsapp",
    }
