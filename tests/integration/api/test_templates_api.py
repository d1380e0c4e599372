"""An owner writes a template of her own, sees it as a customer would, and sends it to review."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import customers
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.app import create_sandbox
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, pay
from tests.wiring import PUBLIC_URL, some_services

OUTSIDE = "http://outside"
META = {
    "provider": "meta",
    "phone_number_id": PWANI.phone_number_id,
    "access_token": PWANI.access_token,
    "waba_id": PWANI.waba_id,
}
DRAFT: dict[str, Any] = {
    "name": "new_arrivals",
    "language": "en",
    "category": "marketing",
    "form": {
        "body": "Hello {{customer_name}}, you paid {{price}} last time, and new dresses are here.",
        "footer": "Reply STOP to get no more offers",
        "examples": {"customer_name": "Asha", "price": "KES 4,500"},
    },
}


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    """The sandbox is beyond the network."""
    sandbox = create_sandbox(base_url=OUTSIDE, target_url=PUBLIC_URL)
    line = httpx.AsyncClient(transport=httpx.ASGITransport(sandbox))
    async with some_services(database, tmp_path, http=line, meta={"base_url": OUTSIDE}) as services:
        yield services


async def rewrite(by: Signed, seen: dict[str, Any], **changes: Any) -> httpx.Response:
    path = f"/templates/{seen['id']}"
    return await by.call("PUT", path, json=DRAFT | changes, headers={"if-match": seen["etag"]})


async def draft(owner: Signed, **changes: Any) -> httpx.Response:
    return await owner.call("POST", "/templates", json=DRAFT | changes)


async def test_a_new_template_begins_as_that_of_a_campaign(owner: Signed) -> None:
    start = await owner.get("/templates/start?language=sw")

    assert start["name"] == "customer_purchase_notification"
    assert start["category"] == "marketing"
    assert start["form"]["buttons"][0]["url"] == f"{PUBLIC_URL}/s/{{{{1}}}}"


async def test_it_is_drafted_previewed_with_a_real_customer_and_submitted(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given a shop with a number, and a customer who bought
    assert (await owner.call("PUT", "/channel", json=META)).status_code == 204
    placed = await an_order(database, owner.boutique)
    pay(superuser_url, placed.order)
    async with database.tenant_connection(owner.boutique) as conn:
        buyer = await customers.get(conn, customer_id=placed.order.customer_id)
    assert buyer is not None

    # when she writes a template, looks at it and sends it to review
    answer = await draft(owner)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    shown = (await owner.call("POST", "/templates/previews", json=DRAFT)).json()
    submitted = await owner.call("POST", f"/templates/{made['id']}/submissions")

    # then it was filled with what that customer paid, and is in review
    assert made["status"] == "draft"
    first_name = (buyer.name or "friend").split(" ")[0]
    assert shown["body"].startswith(f"Hello {first_name}, you paid KES 4,500 last time")
    assert (shown["problems"], shown["customer_id"]) == ([], placed.order.customer_id)
    assert submitted.status_code == 201, submitted.text
    assert submitted.json()["status"] == "pending"
    assert (await rewrite(owner, made)).status_code == 409
    [own] = [one for one in (await owner.get("/templates"))["items"] if not one["standard"]]
    assert (own["name"], own["status"]) == ("new_arrivals", "pending")


async def test_what_would_be_rejected_is_told_and_not_sent(owner: Signed) -> None:
    body = DRAFT["form"] | {"body": "{{customer_name}}", "footer": ""}
    shown = await owner.call("POST", "/templates/previews", json=DRAFT | {"form": body})
    made = (await draft(owner, form=body)).json()
    refused = await owner.call("POST", f"/templates/{made['id']}/submissions")

    codes = {one["code"] for one in shown.json()["problems"]}
    assert {"variable_at_end", "no_way_out"} <= codes
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "body"


async def test_a_draft_is_rewritten_and_removed(owner: Signed) -> None:
    made = (await draft(owner)).json()

    renamed = await rewrite(owner, made, name="new_ones")
    removed = await owner.call("DELETE", f"/templates/{made['id']}")

    assert renamed.json()["name"] == "new_ones"
    assert removed.status_code == 204
    assert (await owner.call("GET", f"/templates/{made['id']}")).status_code == 404


async def test_of_two_who_write_a_draft_the_second_is_told(owner: Signed) -> None:
    # given two tabs with the same draft
    made = (await draft(owner)).json()
    seen = (await owner.call("GET", f"/templates/{made['id']}")).headers["etag"]
    assert seen == made["etag"]

    # when both write
    first = await rewrite(owner, made, category="utility")
    second = await rewrite(owner, made, name="new_ones")
    untold = await owner.call("PUT", f"/templates/{made['id']}", json=DRAFT)

    # then the first is kept, and the second can go on from there
    assert first.status_code == 200
    assert (second.status_code, second.json()["code"]) == (412, "changed_since")
    assert untold.status_code == 428
    kept = await owner.get(f"/templates/{made['id']}")
    assert (kept["name"], kept["category"]) == ("new_arrivals", "utility")
    assert (await rewrite(owner, kept, name="new_ones")).json()["name"] == "new_ones"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "order_sent"}, "name"),  # one that every shop has
        ({"form": {"body": "x", "header": "image", "header_picture": "another/shop.jpg"}},
         "header_picture"),
    ],
)  # fmt: skip
async def test_what_cannot_be_taken_is_named(
    owner: Signed, changes: dict[str, Any], field: str
) -> None:
    answer = await draft(owner, **changes)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_a_name_is_taken_once_in_a_language(owner: Signed) -> None:
    await draft(owner)

    assert (await draft(owner)).status_code == 422
    assert (await draft(owner, language="sw")).status_code == 201


async def test_staff_read_templates_and_write_none(owner: Signed, staff: Signed) -> None:
    made = (await draft(owner)).json()

    assert (await staff.get(f"/templates/{made['id']}"))["name"] == "new_arrivals"
    assert (await staff.call("POST", "/templates", json=DRAFT)).status_code == 403
    assert (await rewrite(staff, made)).status_code == 403


async def test_an_example_picture_is_encoded_anew_and_of_the_shop(owner: Signed) -> None:
    drawn = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(drawn, "PNG")

    kept = await owner.call("POST", "/templates/pictures", files={"picture": drawn.getvalue()})
    bad = await owner.call("POST", "/templates/pictures", files={"picture": b"no picture"})
    used = await draft(
        owner, form=DRAFT["form"] | {"header": "image", "header_picture": kept.json()["path"]}
    )

    assert kept.json()["path"].startswith(f"{owner.boutique}/templates/")
    assert bad.status_code == 422
    assert used.status_code == 201 and used.json()["picture_url"]


async def test_the_templates_that_every_shop_has_are_submitted_together(owner: Signed) -> None:
    before = (await owner.get("/templates"))["items"]
    assert (await owner.call("PUT", "/channel", json=META)).status_code == 204

    await owner.call("POST", "/templates/syncs")
    after = (await owner.get("/templates"))["items"]

    assert {one["status"] for one in before} == {"missing"}
    assert {one["status"] for one in after} == {"approved"}  # the sandbox's accounts have them
    again = await owner.call("POST", "/templates/standard-submissions")
    assert again.json() == {"names": []}
