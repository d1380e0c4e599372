"""M-Pesa statements: imported once, matched, and what is left settled by the owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import payments
from dukani.sandbox.statement import Moved, as_csv, as_pdf
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.shop import an_order, sold
from tests.integration.api.shop_orders import Bought, a_paid_order
from tests.signing_in import a_member
from tests.wiring import rows

NOW = datetime.now(UTC).astimezone(ZoneInfo("Africa/Nairobi")).replace(microsecond=0)
SCRIPT = "<script>alert(1)</script>"


def paid(receipt: str, cents: int, *, phone: str = "2547******009", name: str = "JANE") -> Moved:
    return Moved(receipt, NOW, f"Merchant Payment from {phone} - {name}", cents)


async def upload(person: Signed, data: bytes, **fields: Any) -> Any:
    answer = await person.call(
        "POST", "/statements", files={"file": ("november.csv", data)}, data=fields
    )
    assert answer.is_success, answer.text
    return answer.json() | {"status": answer.status_code}


async def import_moves(person: Signed, *moves: Moved) -> Any:
    return await upload(person, as_csv("Zuri", moves))


async def states(person: Signed, query: str = "") -> dict[str, tuple[int, int]]:
    found = await person.get(f"/payment-sums{query}")
    return {one["state"]: (one["payments"], one["sum_minor"]) for one in found["items"]}


async def left(person: Signed) -> list[Any]:
    return list((await person.get("/statement-lines?state=left"))["items"])


def money_of(shown: Any) -> dict[str, int]:
    return {one["state"]: one["sum_minor"] for one in shown["counts"] if one["kind"] == "paid_in"}


@pytest.fixture
async def bought(owner: Signed, database: Database) -> Bought:
    return await a_paid_order(database, owner.boutique)


def receipt_of(bought: Bought) -> str:
    return f"R{bought.order.number}"


async def test_a_statement_is_matched_and_what_is_left_is_listed(
    owner: Signed, database: Database, superuser_url: str
) -> None:
    # given an order paid by M-Pesa and a sale in the shop, each with its receipt
    bought = await a_paid_order(database, owner.boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = 'TKA1111111'")
    [variant] = await a_product(database, owner.boutique, stock={"red": {"S": 3}})
    await sold(owner, variant.id, reference="tka2222222")

    # when the statement tells of both, of money nobody knows, and of a charge
    shown = await import_moves(
        owner,
        paid("TKA1111111", bought.order.total_minor),
        Moved("TKA1111111", NOW, "Pay merchant Charge", -2_500),
        paid("TKA2222222", 400_000),
        paid("TKA3333333", 150_000, name=SCRIPT),
    )

    # then each is what it is, to the cent
    assert (shown["status"], shown["lines"], shown["new_lines"], shown["left"]) == (201, 4, 4, 1)
    assert money_of(shown) == {"matched": bought.order.total_minor + 400_000, "left": 150_000}
    assert await states(owner) == {
        "matched": (2, bought.order.total_minor + 400_000),
        "unclaimed": (1, 150_000),
    }
    [unclaimed] = (await owner.get("/payments?state=unclaimed"))["items"]
    assert (unclaimed["receipt"], unclaimed["source"]) == ("TKA3333333", "statement")
    assert unclaimed["name"] == SCRIPT  # as text; whoever shows it escapes it


async def test_the_same_file_and_an_overlapping_one_change_nothing(
    owner: Signed, services: Services
) -> None:
    first = as_csv("Zuri", [paid("TKB1111111", 100_000), paid("TKB2222222", 200_000)])
    both = [paid("TKB2222222", 200_000), paid("TKB3333333", 300_000)]
    await upload(owner, first)

    again = await upload(owner, first)
    overlapping = await upload(owner, as_pdf("Zuri", both))

    assert (again["status"], again["is_new"]) == (200, False)
    assert (overlapping["lines"], overlapping["new_lines"]) == (2, 1)
    assert await states(owner) == {"unclaimed": (3, 600_000)}
    assert len(await rows(services, "mpesa_statements")) == 2


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_the_order_of_statements_does_not_matter(
    owner: Signed, bought: Bought, superuser_url: str, order: Sequence[int]
) -> None:
    # given money that came for an order, whose receipt was never told
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = null")
    total = bought.order.total_minor
    moves = [paid("TKC1111111", total), paid("TKC2222222", total), paid("TKC3333333", 100)]

    for place in order:
        await import_moves(owner, moves[place])

    # then two lines are alike, and neither is taken for it
    assert {one["receipt"] for one in await left(owner)} == {one.receipt for one in moves}


async def test_money_alike_in_all_is_the_payment_without_a_receipt(
    owner: Signed, bought: Bought, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = null")

    shown = await import_moves(owner, paid("TKD1111111", bought.order.total_minor))

    assert money_of(shown) == {"matched": bought.order.total_minor}
    [line] = (await owner.get("/statement-lines?state=matched"))["items"]
    assert (line["how"], line["order_id"]) == ("alike", bought.order.id)


async def test_a_reversal_marks_the_payment_and_changes_no_order(
    owner: Signed, bought: Bought, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update payments set receipt = 'TKE1111111'")
    before = await owner.get(bought.path)

    await import_moves(
        owner,
        paid("TKE1111111", bought.order.total_minor),
        Moved("TKE2222222", NOW + timedelta(hours=1), "Reversal of TKE1111111",
              -bought.order.total_minor),
    )  # fmt: skip

    [payment] = (await owner.get("/payments"))["items"]
    assert (payment["state"], payment["receipt"]) == ("reversed", "TKE1111111")
    assert await owner.get(bought.path) == before


async def test_the_owner_says_which_order_it_pays(
    owner: Signed, database: Database, services: Services
) -> None:
    # given an unpaid order, and money of its sum on a statement
    placed = await an_order(database, owner.boutique)
    await import_moves(owner, paid("TKF1111111", placed.order.total_minor))
    [line] = await left(owner)
    shown = await owner.get(f"/statement-lines/{line['id']}")
    [choice] = shown["choices"]
    assert (choice["order_id"], choice["number"]) == (placed.order.id, placed.order.number)

    # when she says so, twice
    match = {"order_id": choice["order_id"]}
    done = await owner.post(f"/statement-lines/{line['id']}/match", match)
    again = await owner.call("POST", f"/statement-lines/{line['id']}/match", json=match)

    # then the order's payment waits for the chat's turn with that receipt, once
    assert (done["state"], done["how"], done["order_id"]) == ("matched", "person", placed.order.id)
    assert again.status_code == 409
    events = await rows(services, "conversation_events")
    assert len([e for e in events if "TKF1111111" in str(e["payload"])]) == 1
    assert await left(owner) == []


async def test_money_of_another_sum_pays_no_order(owner: Signed, database: Database) -> None:
    placed = await an_order(database, owner.boutique)
    await import_moves(owner, paid("TKG1111111", placed.order.total_minor - 1))
    [line] = await left(owner)

    refused = await owner.call(
        "POST", f"/statement-lines/{line['id']}/match", json={"order_id": placed.order.id}
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert len(await left(owner)) == 1


async def test_a_sale_without_its_reference_is_found_by_the_owner(
    owner: Signed, database: Database
) -> None:
    [variant] = await a_product(database, owner.boutique, stock={"red": {"S": 3}})
    sale = await sold(owner, variant.id)
    await import_moves(owner, paid("TKH1111111", 400_000), paid("TKH2222222", 400_000))
    first, second = await left(owner)

    await owner.post(f"/statement-lines/{first['id']}/match", {"sale_id": sale["id"]})
    taken = await owner.call(
        "POST", f"/statement-lines/{second['id']}/match", json={"sale_id": sale["id"]}
    )

    assert taken.status_code == 409
    assert await states(owner) == {"matched": (1, 400_000), "unclaimed": (1, 400_000)}


async def test_money_set_aside_waits_no_more(owner: Signed) -> None:
    shown = await import_moves(owner, paid("TKJ1111111", 70_000), paid("TKJ2222222", 30_000))
    line = next(one for one in await left(owner) if one["receipt"] == "TKJ1111111")

    aside = await owner.post(
        f"/statement-lines/{line['id']}/set-aside", {"reason": "personal", "note": "From mum"}
    )

    assert (aside["state"], aside["reason"], aside["note"]) == ("set_aside", "personal", "From mum")
    after = await owner.get(f"/statements/{shown['id']}")
    assert money_of(after) == {"left": 30_000, "set_aside": 70_000}


async def test_money_heard_of_after_its_statement_claims_its_line(
    owner: Signed, bought: Bought, database: Database
) -> None:
    await import_moves(owner, paid("TKK1111111", 123_400))
    assert len(await left(owner)) == 1

    async with database.tenant_connection(owner.boutique) as conn:
        payment = await payments.latest_of_order(conn, order_id=bought.order.id)
        assert payment is not None
        attempt = await payments.add(
            conn, boutique_id=owner.boutique, order_id=bought.order.id, provider="daraja",
            phone="+254722000009", amount_minor=123_400, callback_token="t",
        )  # fmt: skip
        assert attempt is not None
        await payments.resolve(
            conn, payment_id=attempt, status="needs_review", receipt="TKK1111111",
            received_minor=123_400, review_reason="second_receipt",
        )  # fmt: skip

    assert await left(owner) == []
    [reviewed] = (await owner.get("/payments?state=under_review"))["items"]
    assert (reviewed["review_reason"], reviewed["line_id"] is None) == ("second_receipt", False)


async def test_payments_are_found_by_receipt_phone_and_day(owner: Signed, bought: Bought) -> None:
    await import_moves(owner, paid("TKL1111111", 5_000, phone="254733123456"))
    today = NOW.date()

    for query in ("q=tkl111", "q=0733 123", f"state=unclaimed&since={today}&until={today}"):
        found = (await owner.get(f"/payments?{query}"))["items"]
        assert [one["receipt"] for one in found] == ["TKL1111111"], query
    assert (await owner.get(f"/payments?since={today + timedelta(days=1)}"))["items"] == []
    page = await owner.get("/payments?limit=1")
    rest = await owner.get(f"/payments?limit=1&cursor={page['next_cursor']}")
    assert len({one["id"] for one in page["items"] + rest["items"]}) == 2
    one = page["items"][0]
    assert await owner.get(f"/payments/{one['id']}") == one


async def test_bad_files_and_staff_are_refused(
    owner: Signed, staff: Signed, superuser_url: str
) -> None:
    answers = [
        await owner.call("POST", "/statements", files={"file": ("a.pdf", data)}, data=fields)
        for data, fields in (
            (b"%PDF-1.7 broken", {}),
            (as_pdf("Zuri", [paid("TKM1111111", 100)], password="4829"), {}),
            (as_pdf("Zuri", [paid("TKM1111111", 100)], password="4829"), {"password": "1"}),
        )
    ]
    assert [answer.json()["code"] for answer in answers] == [
        "unreadable_statement",
        "password_needed",
        "wrong_password",
    ]
    assert a_member(superuser_url, staff.boutique, "staff")
    refused = await staff.call("POST", "/statements", files={"file": ("a.csv", b"a")})
    assert (refused.status_code, refused.json()["code"]) == (403, "owners_only")
