"""The catalogues that the sandbox's Meta keeps: items, batches on their way, and the reviewers.

Each WhatsApp account has a catalogue, which it shows, and a second, empty one, which it may show.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.world import World

Review = Literal["PENDING", "APPROVED", "REJECTED"]
FAILED = "The batch could not be processed. Please try again later."
REQUIRED = ("title", "description", "availability", "condition", "price", "link", "image_link")
_FORBIDDEN = re.compile(r"\b(weapon|tobacco|cigarette|fur|replica|bangi)\b", re.IGNORECASE)
_PRICE = re.compile(r"^(\d+(?:\.\d{1,2})?) ([A-Z]{3})$")


class SandboxItem(BaseModel):
    """An item of a catalogue. `data` is as it was sent."""

    catalogue: str
    id: str  # the retailer's
    data: dict[str, Any]
    review: Review = "PENDING"
    reasons: list[str] = Field(default_factory=list)
    errors: list[dict[str, str]] = Field(default_factory=list)
    at: float = Field(default_factory=time.time)


class SandboxBatch(BaseModel):
    catalogue: str
    handle: str
    requests: list[dict[str, Any]]
    status: Literal["scheduled", "started", "finished", "error"] = "scheduled"
    errors: list[dict[str, Any]] = Field(default_factory=list)


def main_catalogue(account: SandboxAccount) -> str:
    """The id of the catalogue that the account has from the beginning."""
    return _digits("catalogue", account.waba_id)


def spare_catalogue(account: SandboxAccount) -> str:
    return _digits("spare", account.waba_id)


def _digits(*parts: str) -> str:
    return str(int(hashlib.sha256(":".join(parts).encode()).hexdigest()[:13], 16))


class CatalogueBook:
    """All catalogues. What is accepted is taken in, and reviewed, after a while each."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.batches: dict[str, SandboxBatch] = {}
        self.calls = 0  # of items_batch that were accepted
        self._shown: dict[str, str] = {}  # by WABA: the catalogue that it shows

    def of(self, account: SandboxAccount) -> dict[str, str]:
        """Names by id, of those that the account's token may manage."""
        return {
            main_catalogue(account): f"{account.name} catalogue",
            spare_catalogue(account): f"{account.name} spare",
        }

    def shown_by(self, account: SandboxAccount) -> str:
        return self._shown.get(account.waba_id, main_catalogue(account))

    def show(self, account: SandboxAccount, catalogue: str) -> None:
        self._shown[account.waba_id] = catalogue

    def node(self, account: SandboxAccount, catalogue: str) -> dict[str, Any]:
        return {
            "id": catalogue,
            "name": self.of(account).get(catalogue, ""),
            "product_count": len(self.items(catalogue)),
            "vertical": "commerce",
        }

    def items(self, catalogue: str) -> list[SandboxItem]:
        """In the order of their ids."""
        mine = [one for one in self._world.catalogue_items.values() if one.catalogue == catalogue]
        return sorted(mine, key=lambda one: str(one.id))

    def find(self, catalogue: str, item_id: str) -> SandboxItem | None:
        found: SandboxItem | None = self._world.catalogue_items.get(f"{catalogue}/{item_id}")
        return found

    def keep(self, item: SandboxItem) -> None:
        self._world.keep_catalogue_item(f"{item.catalogue}/{item.id}", item)

    def remove(self, item: SandboxItem) -> None:
        self._world.keep_catalogue_item(f"{item.catalogue}/{item.id}", None)

    def accept(self, catalogue: str, requests: Sequence[Mapping[str, Any]]) -> SandboxBatch:
        self.calls += 1
        batch = SandboxBatch(
            catalogue=catalogue,
            handle=f"Acz{uuid.uuid4().hex}",
            requests=[dict(one) for one in requests],
        )
        self.batches[batch.handle] = batch
        self._world.keep_catalogue_batch(batch.handle, batch)
        return batch

    async def take_in(self, batch: SandboxBatch) -> None:
        """Write a batch's items, then review those that came or changed."""
        faults = self._world.faults.catalogue
        await asyncio.sleep(faults.batch_s / 2)
        batch.status = "started"
        await asyncio.sleep(faults.batch_s / 2)
        if faults.batches_failing:
            faults.batches_failing -= 1
            batch.status = "error"
            batch.errors = [{"line": 0, "id": "", "message": FAILED}]
            self._world.keep_catalogue_batch(batch.handle, None)
            return
        changed = self._write_all(batch)
        await asyncio.sleep(faults.review_s)
        for item in changed:
            self._review(item)

    def _write_all(self, batch: SandboxBatch) -> list[SandboxItem]:
        """The items that came or changed."""
        changed = [one for request in batch.requests if (one := self._write(batch, request))]
        batch.status, batch.requests = "finished", []
        self._world.keep_catalogue_batch(batch.handle, None)
        return changed

    def _write(self, batch: SandboxBatch, request: Mapping[str, Any]) -> SandboxItem | None:
        data = dict(request.get("data") or {})
        item_id = str(data.pop("id", ""))
        known = self.find(batch.catalogue, item_id)
        if request.get("method") == "DELETE":
            if known is not None:
                self.remove(known)
            return None
        if why := refused_for(data):
            batch.errors.append({"line": 0, "id": item_id, "message": why})
            return None
        if known is not None and known.data == data:
            return None
        item = SandboxItem(catalogue=batch.catalogue, id=item_id, data=data)
        self.keep(item)
        return item

    def _review(self, item: SandboxItem) -> None:
        """What is no more, or has changed since, is not reviewed here."""
        if self.find(item.catalogue, item.id) is not item:
            return
        error = rejected_for(item.data)
        item.review = "REJECTED" if error else "APPROVED"
        item.reasons = [error["error_type"]] if error else []
        item.errors = [error] if error else []
        self.keep(item)

    def resume(self) -> None:
        """Load an earlier run's items; what it accepted or had in review is done at once."""
        for body in self._world.kept_catalogue_items():
            item = SandboxItem.model_validate_json(body)
            self._world.catalogue_items[f"{item.catalogue}/{item.id}"] = item
        for body in self._world.kept_catalogue_batches():
            batch = SandboxBatch.model_validate_json(body)
            self.batches[batch.handle] = batch
            self._write_all(batch)
        for item in list(self._world.catalogue_items.values()):
            if item.review == "PENDING":
                self._review(item)


def refused_for(data: Mapping[str, Any]) -> str | None:
    """Why a batch cannot write an item at all."""
    for name in REQUIRED:
        if name not in data and name != "image_link":
            return f"You cannot create a EntProductItem without required field {name.title()}"
    if _PRICE.match(str(data.get("price"))) is None:
        return f'Invalid value: price "{data.get("price")}" must be an amount and a currency'
    if data.get("availability") not in ("in stock", "out of stock", "preorder", "discontinued"):
        return f'Invalid value: availability "{data.get("availability")}"'
    return None


def rejected_for(data: Mapping[str, Any]) -> dict[str, str] | None:
    """Why the reviewers say no; None: they say yes."""
    if not data.get("image_link"):
        return _error("IMAGE_MISSING", "Missing image", "The item has no image.")
    price = _PRICE.match(str(data.get("price")))
    if price is None or float(price.group(1)) == 0:
        return _error("PRICE_ZERO", "Invalid price", "The price must be above zero.")
    words = f"{data.get('title')} {data.get('description')}"
    if found := _FORBIDDEN.search(words):
        return _error(
            "POLICY_VIOLATION",
            "Against the commerce policies",
            f"The text names something that may not be sold: {found.group()}.",
        )
    return None


def _error(kind: str, title: str, description: str) -> dict[str, str]:
    return {
        "error_type": kind,
        "error_priority": "HIGH",
        "title": title,
        "description": description,
    }
