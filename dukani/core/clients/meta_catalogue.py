"""A catalogue at Meta: which one a WhatsApp account shows, items sent in batches, and read back.

Meta, "Product Catalog Items Batch", "Product Catalog Check Batch Request Status", "Product Item"
and "WhatsApp Business Account Product Catalogs" (Graph API v23.0 to v25.0, read November 2026). The
token needs `catalog_management` beside `whatsapp_business_management`.

- One call takes 5,000 items, and under 3,000 is recommended; its body is 28 MB at most. `UPDATE`
  creates what is not there. Items are known by the `id` of ours, which is read as `retailer_id`.
- The answer has handles to ask about and `validation_status`: what is refused at once, by item.
- A batch is scheduled, dispatched, started, then finished; `error` and `canceled` may have done a
  part. Errors name the item's id only in some of their entries.
- A price is sent as `4500.00 KES` and read as people of the catalogue's country write it.
- WhatsApp shows an item once `capability_to_review_status` has APPROVED for WHATSAPP.
- A WhatsApp account shows one catalogue. Too many calls are 80009 and 80014, too long ones 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from dukani.core.clients.meta import PROVIDER, MetaAccount
from dukani.core.clients.meta_prices import ReadPrice, read_price
from dukani.core.clients.transport import Hosts, get_json, json_object, post_once
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable
from dukani.core.store.catalogue_items import Review

MOST_ITEMS = 2_900  # of a call
MOST_PAGES = 500
PAGE = 500
BATCH_TIMEOUT_S = 120.0  # two megabytes go up before Meta begins to answer
BUSY = frozenset({"1", "2", "4", "17", "80009", "80014"})  # not now, or less at once

_FIELDS = (
    "retailer_id,name,price,currency,availability,image_url,review_status,"
    "capability_to_review_status,review_rejection_reasons,errors"
)
_REVIEWS: Mapping[str, Review] = {
    "APPROVED": "approved",
    "REJECTED": "rejected",
    "PENDING": "pending",
    "OUTDATED": "outdated",
}
BatchState = Literal["started", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class CatalogueNode:
    id: str
    name: str
    items: int | None
    connected: bool  # it is the one that the WhatsApp account shows


@dataclass(frozen=True, slots=True)
class Batch:
    """An accepted call. `errors` are what was refused at once, by the item's id."""

    handles: Sequence[str]
    errors: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """`errors` are of items, by their ids; `said` is the first thing that was said of any."""

    state: BatchState
    errors_total: int
    errors: Mapping[str, Sequence[str]]
    said: str = ""


@dataclass(frozen=True, slots=True)
class TheirItem:
    """An item as Meta has it."""

    retailer_id: str
    name: str
    price: ReadPrice | None
    availability: str
    review: Review
    errors: Sequence[str]


class MetaCatalogue:
    """Catalogues that one access token may manage."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        account: MetaAccount,
        *,
        version: str,
        timeout_s: float,
    ) -> None:
        """Raises ConfigurationError without the account's id."""
        if account.waba_id is None:
            raise ConfigurationError("the meta credentials lack 'waba_id'")
        self._http = http
        self._hosts = Hosts(base_url, ("facebook.com",))
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._waba = self.waba_id = account.waba_id
        self._token = account.access_token
        self._timeout_s = timeout_s

    async def connected(self) -> list[CatalogueNode]:
        """Those that the WhatsApp account shows."""
        answer = await self._get(
            f"{self._root}/{self._waba}/product_catalogs", {"fields": "id,name,product_count"}
        )
        return [_node(row, connected=True) for row in answer.get("data") or ()]

    async def look(self, catalogue_id: str) -> CatalogueNode:
        """The catalogue, if the token may manage it. Raises ProviderRefused."""
        answer = await self._get(
            f"{self._root}/{catalogue_id}", {"fields": "id,name,product_count"}
        )
        return _node(answer, connected=False)

    async def show(self, catalogue_id: str) -> None:
        """Let the WhatsApp account show this catalogue in place of what it showed."""
        await self._post(f"{self._waba}/product_catalogs", json={"catalog_id": catalogue_id})

    async def push(self, catalogue_id: str, requests: Sequence[Mapping[str, Any]]) -> Batch:
        """Send items, at most MOST_ITEMS. Sending them twice is harmless."""
        answer = await self._post(
            f"{catalogue_id}/items_batch",
            json={"item_type": "PRODUCT_ITEM", "allow_upsert": True, "requests": list(requests)},
            timeout=BATCH_TIMEOUT_S,
        )
        handles = [one for one in answer.get("handles") or () if isinstance(one, str)]
        return Batch(handles, _by_item(answer.get("validation_status")))

    async def status(self, catalogue_id: str, handle: str) -> BatchStatus:
        """What became of a batch. Raises ProviderRefused (100) for one that Meta knows no more."""
        answer = await self._get(
            f"{self._root}/{catalogue_id}/check_batch_request_status",
            {"handle": handle, "fields": "handle,status,errors_total_count,errors"},
        )
        rows = answer.get("data")
        row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
        errors = _by_item(row.get("errors"))
        return BatchStatus(
            _batch_state(row.get("status")),
            int(row.get("errors_total_count") or len(errors)),
            errors,
            next((str(one["message"]) for one in row.get("errors") or () if _says(one)), ""),
        )

    async def every(self, catalogue_id: str) -> list[TheirItem]:
        """All items. Raises ProviderUnavailable for a list without an end."""
        url: str | None = f"{self._root}/{catalogue_id}/products"
        params: dict[str, str] | None = {"fields": _FIELDS, "limit": str(PAGE)}
        found: list[TheirItem] = []
        for _ in range(MOST_PAGES):
            page = await self._get(str(url), params)
            found += [_their_item(row) for row in page.get("data") or () if _has_id(row)]
            url, params = _next(page), None
            if url is None:
                return found
            if not self._hosts.include(url):
                raise ProviderRefused("not an address of Meta", provider=PROVIDER, code="foreign")
        raise ProviderUnavailable("the list of items has no end", provider=PROVIDER)

    async def _get(self, url: str, params: Mapping[str, str] | None) -> dict[str, Any]:
        answer = await get_json(
            self._http,
            url,
            provider=PROVIDER,
            params=params,
            headers=self._bearer,
            timeout=self._timeout_s,
        )
        return _unless_refused(answer)

    async def _post(
        self,
        path: str,
        *,
        json: Mapping[str, Any],
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> dict[str, Any]:
        answer = await post_once(
            self._http,
            f"{self._root}/{path}",
            provider=PROVIDER,
            headers=self._bearer,
            json=json,
            timeout=timeout or self._timeout_s,
        )
        return _unless_refused(answer)

    @property
    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"}


def _unless_refused(answer: httpx.Response) -> dict[str, Any]:
    body = json_object(answer)
    if answer.is_success:
        return body
    error = body.get("error")
    said = error if isinstance(error, dict) else {}
    code = str(said.get("code") or answer.status_code)
    words = str(said.get("error_user_msg") or said.get("message") or "")
    if code in BUSY or answer.status_code == 429 or answer.status_code >= 500:
        raise ProviderUnavailable(words, provider=PROVIDER, code=code)
    raise ProviderRefused(words, provider=PROVIDER, code=code)


def _node(row: Mapping[str, Any], *, connected: bool) -> CatalogueNode:
    count = row.get("product_count")
    return CatalogueNode(
        str(row.get("id")),
        str(row.get("name") or ""),
        count if isinstance(count, int) else None,
        connected,
    )


def _has_id(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("retailer_id"), str)


def _batch_state(said: object) -> BatchState:
    """What is neither over nor broken is still on its way."""
    match str(said).lower():
        case "finished":
            return "finished"
        case "error" | "canceled" | "cancelled":
            return "failed"
        case _:
            return "started"


def _by_item(rows: object) -> dict[str, list[str]]:
    """Messages by the id of the item; those of no item are left out."""
    found: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        named = row.get("retailer_id") or row.get("id")
        told = row.get("errors") if isinstance(row.get("errors"), list) else [row]
        words = [str(one.get("message")) for one in told or () if _says(one)]
        if isinstance(named, str) and named and words:
            found.setdefault(named, []).extend(words)
    return found


def _says(one: object) -> bool:
    return isinstance(one, dict) and bool(one.get("message"))


def _their_item(row: Mapping[str, Any]) -> TheirItem:
    currency = row.get("currency")
    return TheirItem(
        retailer_id=row["retailer_id"],
        name=str(row.get("name") or ""),
        price=read_price(str(row.get("price") or ""), str(currency or "")),
        availability=str(row.get("availability") or "").lower(),
        review=_review(row),
        errors=_reasons(row),
    )


def _review(row: Mapping[str, Any]) -> Review:
    """WhatsApp's own review; where none is told, the catalogue's."""
    for one in row.get("capability_to_review_status") or ():
        if isinstance(one, dict) and str(one.get("key")).upper() == "WHATSAPP":
            return _REVIEWS.get(str(one.get("value")).upper(), "none")
    said = str(row.get("review_status") or "").upper()
    return _REVIEWS.get(said, "pending" if said == "" else "none")


def _reasons(row: Mapping[str, Any]) -> list[str]:
    reasons = [str(one) for one in row.get("review_rejection_reasons") or ()]
    for error in row.get("errors") or ():
        if isinstance(error, dict):
            words = [str(error.get(part) or "") for part in ("title", "description")]
            reasons.append(_line(words, str(error.get("error_type") or "")))
    return [one for one in reasons if one]


def _line(words: Sequence[str], kind: str) -> str:
    """An error as one line: its kind in front, by which the dashboard finds a remedy."""
    text = ": ".join(word.rstrip(".") for word in words if word)
    return f"[{kind}] {text}".strip() if kind else text


def _next(page: Mapping[str, Any]) -> str | None:
    paging = page.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return following if isinstance(following, str) else None
