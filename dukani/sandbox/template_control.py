"""The sandbox's control over message templates: approve, pause, rate, put in another category."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict

from dukani.sandbox.outside import TheOutside
from dukani.sandbox.template_book import SandboxTemplate

router = APIRouter(prefix="/templates", tags=["control"])


class Event(BaseModel):
    """What happens to a template at WhatsApp."""

    model_config = ConfigDict(extra="forbid")

    what: Literal["approve", "pause", "quality", "announce_category", "change_category"]
    quality: Literal["GREEN", "YELLOW", "RED"] = "RED"
    category: Literal["UTILITY", "MARKETING", "AUTHENTICATION"] = "MARKETING"


@router.get("/{account}")
async def every_template(outside: TheOutside, account: str) -> list[dict[str, Any]]:
    await outside.register_neighbours()
    found = outside.world.accounts.get(account)
    if found is None:
        raise HTTPException(404, f"no account {account!r}")
    return [one.model_dump() for one in outside.templates.of(found)]


@router.post("/{account}/{name}/{language}")
async def happen(
    outside: TheOutside, account: str, name: str, language: str, event: Event
) -> SandboxTemplate:
    await outside.register_neighbours()
    owner = outside.world.accounts.get(account)
    template = outside.templates.find(owner, name, language) if owner else None
    if owner is None or template is None:
        raise HTTPException(404, f"no template {name!r} in {language!r} of {account!r}")
    book = outside.templates
    match event.what:
        case "approve":
            await book.approve(owner, template)
        case "pause":
            await book.pause(owner, template)
        case "quality":
            await book.rate(owner, template, event.quality)
        case "announce_category" | "change_category":
            await book.recategorise(
                owner, template, event.category, announced=event.what == "announce_category"
            )
    return template
