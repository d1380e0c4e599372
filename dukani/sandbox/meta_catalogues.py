"""Stand-in for Meta's catalogue API: which one is shown, batches of items, and reading back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from fastapi.responses import JSONResponse

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.catalogue_book import SandboxItem
from dukani.sandbox.meta import Bearer, graph_error
from dukani.sandbox.outside import Outside, TheOutside
from dukani.sandbox.template_book import sandbox_id

# Include this router before Meta's other paths, which begin with any version as well.
router = APIRouter(tags=["meta"])
MOST_REQUESTS = 5000


@router.get("/{version}/{waba_id}/product_catalogs")
async def shown_catalogues(
    outside: TheOutside, version: str, waba_id: str, authorization: Bearer = ""
) -> Response:
    account = await _account(outside, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    if account.waba_id != waba_id:
        return graph_error("100", "Object with this ID does not exist.")
    shown = outside.catalogues.shown_by(account)
    return JSONResponse({"data": [outside.catalogues.node(account, shown)]})


@router.post("/{version}/{waba_id}/product_catalogs")
async def show_catalogue(
    outside: TheOutside,
    version: str,
    waba_id: str,
    body: Annotated[dict[str, Any], Body()],
    authorization: Bearer = "",
) -> Response:
    account = await _account(outside, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    catalogue = str(body.get("catalog_id"))
    if account.waba_id != waba_id or catalogue not in outside.catalogues.of(account):
        return graph_error("100", "Invalid parameter: catalog_id")
    outside.catalogues.show(account, catalogue)
    return JSONResponse({"success": True})


@router.post("/{version}/{catalogue_id}/items_batch")
async def items_batch(
    outside: TheOutside,
    version: str,
    catalogue_id: str,
    body: Annotated[dict[str, Any], Body()],
    authorization: Bearer = "",
) -> Response:
    account = await _account(outside, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    if catalogue_id not in outside.catalogues.of(account):
        return graph_error("100", "Object with this ID does not exist.")
    faults = outside.world.faults.catalogue
    if faults.busy_next:
        faults.busy_next -= 1
        return graph_error("80014", "There have been too many calls for the batch uploads.")
    requests = body.get("requests")
    if body.get("item_type") != "PRODUCT_ITEM" or not isinstance(requests, list):
        return graph_error("100", "Invalid parameter: item_type and requests are required.")
    if len(requests) > MOST_REQUESTS:
        return graph_error("100", f"Too many requests: at most {MOST_REQUESTS}.")
    unfit = [_invalid(one) for one in requests if not _is_named(one)]
    batch = outside.catalogues.accept(catalogue_id, [one for one in requests if _is_named(one)])
    outside.courier.start(outside.catalogues.take_in(batch))
    if faults.break_next:
        faults.break_next -= 1
        return Response(status_code=500)
    return JSONResponse({"handles": [batch.handle], "validation_status": unfit})


@router.get("/{version}/{catalogue_id}/check_batch_request_status")
async def check_batch(
    outside: TheOutside,
    version: str,
    catalogue_id: str,
    handle: str,
    authorization: Bearer = "",
) -> Response:
    account = await _account(outside, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    if outside.world.faults.catalogue.forget_batches:
        return graph_error("100", "Unsupported get request. Object with this ID does not exist.")
    batch = outside.catalogues.batches.get(handle)
    if batch is None or batch.catalogue != catalogue_id:
        # After a restart nobody knows the batches of before, whose items are in.
        return JSONResponse({"data": [{"handle": handle, "status": "finished", "errors": []}]})
    row = {
        "handle": handle,
        "status": batch.status,
        "errors_total_count": len(batch.errors),
        "errors": batch.errors,
        "warnings": [],
        "ids_of_invalid_requests": [],
    }
    return JSONResponse({"data": [row]})


@router.get("/{version}/{catalogue_id}/products")
async def products(
    outside: TheOutside,
    version: str,
    catalogue_id: str,
    authorization: Bearer = "",
    limit: Annotated[int, Query(ge=1, le=5000)] = 25,
    after: str = "",
) -> Response:
    account = await _account(outside, authorization)
    if account is None:
        return graph_error("190", "Invalid OAuth access token.")
    if catalogue_id not in outside.catalogues.of(account):
        return graph_error("100", "Object with this ID does not exist.")
    rest = [one for one in outside.catalogues.items(catalogue_id) if one.id > after]
    body: dict[str, Any] = {"data": [_shown(one) for one in rest[:limit]]}
    if len(rest) > limit:
        here = f"{outside.base_url}/{version}/{catalogue_id}/products"
        body["paging"] = {"next": f"{here}?limit={limit}&after={rest[limit - 1].id}"}
    return JSONResponse(body)


async def _account(outside: Outside, authorization: str) -> SandboxAccount | None:
    token = authorization.removeprefix("Bearer ")
    account = outside.world.accounts.by_access_token(token)
    if account is None:
        await outside.register_neighbours()
        account = outside.world.accounts.by_access_token(token)
    return account


def _is_named(request: object) -> bool:
    data = request.get("data") if isinstance(request, dict) else None
    return isinstance(data, dict) and bool(data.get("id"))


def _invalid(request: object) -> dict[str, Any]:
    return {"retailer_id": "", "errors": [{"message": "A request without an id."}]}


def _shown(item: SandboxItem) -> dict[str, Any]:
    amount, _, currency = str(item.data.get("price")).partition(" ")
    return {
        "id": sandbox_id(item.catalogue, item.id),
        "retailer_id": item.id,
        "name": item.data.get("title"),
        "price": f"{currency}{float(amount):,.2f}",
        "currency": currency,
        "availability": item.data.get("availability"),
        "image_url": item.data.get("image_link"),
        "review_status": item.review.lower(),
        "capability_to_review_status": [{"key": "WHATSAPP", "value": item.review}],
        "review_rejection_reasons": item.reasons,
        "errors": item.errors,
    }
