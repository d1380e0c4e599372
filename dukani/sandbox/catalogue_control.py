"""The sandbox's control over catalogues: what somebody else changes there."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.catalogue_book import SandboxItem
from dukani.sandbox.outside import Outside, TheOutside

router = APIRouter(prefix="/catalogues", tags=["control"])


class Changed(BaseModel):
    """An item as somebody writes it in Meta's Commerce Manager; what is not given stays."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    price: str | None = Field(None, pattern=r"^\d+(\.\d{1,2})? [A-Z]{3}$", examples=["4700.00 KES"])
    availability: Literal["in stock", "out of stock"] | None = None
    review: Literal["PENDING", "APPROVED", "REJECTED"] | None = None


@router.get("/{account}")
async def catalogue_of(outside: TheOutside, account: str) -> dict[str, Any]:
    owner = await _owner(outside, account)
    shown = outside.catalogues.shown_by(owner)
    return {
        "catalogues": outside.catalogues.of(owner),
        "shown": shown,
        "calls": outside.catalogues.calls,
        "items": [one.model_dump() for one in outside.catalogues.items(shown)],
    }


@router.post("/{account}/items/{item_id}", status_code=201)
async def change_item(
    outside: TheOutside, account: str, item_id: str, changed: Changed
) -> SandboxItem:
    """Change an item, or add one that is nobody's."""
    catalogue = outside.catalogues.shown_by(await _owner(outside, account))
    item = outside.catalogues.find(catalogue, item_id) or SandboxItem(
        catalogue=catalogue,
        id=item_id,
        data={"title": item_id, "price": "0.00 KES", "availability": "in stock"},
        review="APPROVED",
    )
    given = changed.model_dump(exclude_none=True, exclude={"review"})
    item.data = item.data | given
    item.review = changed.review or item.review
    outside.catalogues.keep(item)
    return item


@router.delete("/{account}/items/{item_id}", status_code=204)
async def remove_item(outside: TheOutside, account: str, item_id: str) -> None:
    catalogue = outside.catalogues.shown_by(await _owner(outside, account))
    item = outside.catalogues.find(catalogue, item_id)
    if item is None:
        raise HTTPException(404, f"no item {item_id!r} of {account!r}")
    outside.catalogues.remove(item)


async def _owner(outside: Outside, account: str) -> SandboxAccount:
    await outside.register_neighbours()
    found = outside.world.accounts.get(account)
    if found is None or found.provider != "meta":
        raise HTTPException(404, f"no account {account!r} at Meta")
    return found
