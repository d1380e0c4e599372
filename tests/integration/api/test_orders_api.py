"""A person of the shop sees its orders and says what happened to them."""

from __future__ import annotations

from dukani.core.database import Database
from dukani.core.services import Services
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, pay, set_order
from tests.wiring import rows


async def numbers(person: Signed, which: str) -> list[str]:
    return [row["number"] for row in (await person.get(f"/orders?filter={which}"))["items"]]


async def test_a_paid_order_is_sent_and_its_customer_told_once(
    staff: Signed, database: Database, superuser_url: str, services: Services
) -> None:
    # given a paid order
    placed = await an_order(database, staff.boutique)
    pay(superuser_url, placed.order)
    assert await numbers(staff, "to_send") == [placed.order.number]

    # when staff mark it sent, twice, for the answer of the first call was lost
    await staff.post(f"/orders/{placed.order.id}/sent")
    shown = await staff.post(f"/orders/{placed.order.id}/sent")

    # then it is on its way, one turn tells the customer, and the timeline says who did it
    assert shown["fulfilment_status"] == "dispatched"
    assert [await numbers(staff, f) for f in ("to_send", "on_the_way")] == [[], [shown["number"]]]
    events = [e for e in await rows(services, "conversation_events") if e["kind"] == "order_news"]
    [told_of] = [e["payload"] for e in events]
    assert (told_of["order_id"], told_of["news"]) == (placed.order.id, "dispatched")
    told = [(line["what"], line["actor"]) for line in shown["timeline"]]
    assert ("order_dispatched", None) in told
    assert ("order_dispatched", f"staff:{staff.user_id}") in told


async def test_an_order_that_is_not_paid_is_not_sent(staff: Signed, database: Database) -> None:
    placed = await an_order(database, staff.boutique)

    refused = await staff.call("POST", f"/orders/{placed.order.id}/sent")

    assert (refused.status_code, refused.json()["detail"]) == (409, "It is not paid.")


async def test_an_order_is_shown_whole(owner: Signed, database: Database) -> None:
    placed = await an_order(database, owner.boutique)

    shown = await owner.get(f"/orders/{placed.order.id}")

    assert shown["total_minor"] == 450000
    assert [(i["name"], i["colour"], i["quantity"]) for i in shown["items"]] == [
        ("Amani", "blue", 1)
    ]
    assert shown["customer_phone"].startswith("+254")
    assert [line["what"] for line in shown["timeline"]] == ["order_placed"]


async def test_a_cancelled_order_lets_go_of_its_piece(owner: Signed, database: Database) -> None:
    placed = await an_order(database, owner.boutique, units=1)
    product = f"/products/{placed.variant.product_id}"
    assert (await owner.get(product))["variants"][0]["available"] == 0

    shown = await owner.post(f"/orders/{placed.order.id}/cancelled")

    assert shown["status"] == "cancelled"
    assert (await owner.get(product))["variants"][0]["available"] == 1


async def test_money_by_hand_goes_the_way_of_mpesas_once(
    owner: Signed, database: Database, services: Services
) -> None:
    # given an order that was paid to the till
    placed = await an_order(database, owner.boutique)
    path = f"/orders/{placed.order.id}/paid-outside"

    # when the owner says so, twice
    for _ in range(2):
        await owner.post(path, {"reference": "tjk4a1b2c3"})

    # then one attempt has the sum, and each result that the chat's turn settles is the same
    [payment] = await rows(services, "payments")
    assert (payment["provider"], payment["amount_minor"]) == ("manual", 450000)
    results = await rows(services, "conversation_events")
    assert {e["payload"]["payment_id"] for e in results} == {str(payment["id"])}
    assert {e["payload"]["receipt"] for e in results} == {"TJK4A1B2C3"}


async def test_a_reference_pays_one_order(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given an order whose payment has a reference, and another order
    first = await an_order(database, owner.boutique)
    second = await an_order(database, owner.boutique)
    await owner.post(f"/orders/{first.order.id}/paid-outside", {"reference": "TJK4A1B2C3"})
    async with database.system_connection() as conn:
        await conn.execute("update payments set receipt = 'TJK4A1B2C3', status = 'succeeded'")

    # when the same reference is given for the other
    path = f"/orders/{second.order.id}/paid-outside"
    refused = await owner.call("POST", path, json={"reference": "TJK4A1B2C3"})

    # then it is refused
    assert (refused.status_code, refused.json()["code"]) == (409, "reference_taken")


async def test_a_review_is_ended_with_a_line_of_who_and_why(
    staff: Signed, database: Database, superuser_url: str
) -> None:
    # given an order whose customer says it is paid
    placed = await an_order(database, staff.boutique)
    set_order(superuser_url, placed.order, payment_status="needs_review",
              review_reason="manual_claim")  # fmt: skip
    assert await numbers(staff, "review") == [placed.order.number]

    # when staff found no money
    ended = {"outcome": "not_paid", "note": "Not on the statement"}
    shown = await staff.post(f"/orders/{placed.order.id}/reviewed", ended)

    # then it waits for no review, its piece can be sold, and the log says who looked
    assert (shown["payment_status"], shown["review_reason"]) == ("failed", None)
    assert await numbers(staff, "review") == []
    line = next(one for one in shown["timeline"] if one["what"] == "review_not_paid")
    assert line["actor"] == f"staff:{staff.user_id}"
    assert line["details"] == {"reason": "manual_claim", "note": "Not on the statement"}
    again = await staff.call("POST", f"/orders/{placed.order.id}/reviewed", json=ended)
    assert again.status_code == 409


async def test_pages_follow_one_another_without_a_gap(owner: Signed, database: Database) -> None:
    # given three orders
    placed = [await an_order(database, owner.boutique) for _ in range(3)]

    # when they are read two at a time
    first = await owner.get("/orders?limit=2")
    second = await owner.get(f"/orders?limit=2&cursor={first['next_cursor']}")

    # then each comes once, newest first
    seen = [row["number"] for row in first["items"] + second["items"]]
    assert seen == [one.order.number for one in reversed(placed)]
    assert second["next_cursor"] is None


async def test_a_cursor_of_another_list_is_refused(owner: Signed, database: Database) -> None:
    for _ in range(2):
        await an_order(database, owner.boutique)
    dear_ones = await owner.get("/products?sort=cheapest&limit=1")

    refused = await owner.call("GET", f"/orders?cursor={dear_ones['next_cursor']}")

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "cursor")
