"""Segments and lists over the API: counted, said in words, kept; files with proof of consent."""

from __future__ import annotations

from typing import Any

import httpx

from dukani.core.database import Database
from dukani.core.store import consents, customers
from tests.factories import a_customer
from tests.integration.api.conftest import Signed
from tests.integration.campaigns.crowd import a_fan

BIG = {"of": [{"field": "spent_minor", "comparison": "gte", "value": 500000}]}
NAMED = {"of": [{"field": "name", "comparison": "contains", "value": "jeri"}]}


async def test_a_rule_is_counted_and_said_before_it_is_kept(
    owner: Signed, staff: Signed, database: Database
) -> None:
    await a_fan(database, owner.boutique, name="Njeri")
    await a_fan(database, owner.boutique, name="Njeri K", agreed=None)
    await a_fan(database, owner.boutique, name="Achieng")

    found = await staff.post("/segment-counts", {"rule": NAMED})

    assert found == {
        "customers": 2,
        "may_market": 1,
        "said": {
            "en": "Customers who have “jeri” in their name",
            "sw": "Wateja ambao wana “jeri” katika jina lao",
        },
    }


async def test_a_segment_is_kept_changed_and_removed_unless_it_is_used(owner: Signed) -> None:
    made = await owner.post("/segments", {"name": "Big", "rule": BIG})
    assert made["said"]["en"] == "Customers who spent at least KES 5,000"
    taken = await owner.call("POST", "/segments", json={"name": "Big", "rule": NAMED})
    assert taken.status_code == 422 and taken.json()["errors"][0]["field"] == "name"

    path = f"/segments/{made['id']}"
    etag = (await owner.call("GET", path)).headers["etag"]
    body = {"name": "Named", "rule": NAMED}
    changed = await owner.call("PUT", path, json=body, headers={"if-match": etag})
    assert changed.json()["name"] == "Named"
    late = await owner.call("PUT", path, json=body, headers={"if-match": etag})
    assert late.status_code == 412

    # when a draft is for it, it stays
    audience = {"kind": "segment", "segment_id": made["id"]}
    draft = {"name": "D", "message": {"template": "t"}, "audience": audience}
    campaign = await owner.post("/campaigns", draft)
    used = await owner.call("DELETE", path)
    assert (used.status_code, used.json()["code"]) == (409, "still_used")
    await owner.call("DELETE", f"/campaigns/{campaign['id']}")
    assert (await owner.call("DELETE", path)).status_code == 204
    assert (await owner.get("/segments"))["items"] == []


async def test_a_wrong_rule_is_told(owner: Signed) -> None:
    wrong = {"of": [{"field": "spent_minor", "comparison": "contains", "value": "5"}]}
    answer = await owner.call("POST", "/segment-counts", json={"rule": wrong})
    assert answer.status_code == 422
    assert "spent_minor is not compared by contains" in answer.json()["detail"]


async def test_a_list_of_customers_picked_by_hand(owner: Signed, database: Database) -> None:
    first = await a_customer(database, owner.boutique)
    made = await owner.post("/audience-lists", {"name": "VIP", "customer_ids": [first, first]})
    assert (made["members"], made["source"]) == (1, "manual")

    strangers = {"name": "Other", "customer_ids": [first, made["id"]]}
    unknown = await owner.call("POST", "/audience-lists", json=strangers)
    assert unknown.status_code == 422
    taken = await owner.call(
        "POST", "/audience-lists", json={"name": "VIP", "customer_ids": [first]}
    )
    assert taken.json()["errors"][0]["field"] == "name"

    listed = await owner.get("/audience-lists")
    assert [one["name"] for one in listed["items"]] == ["VIP"]
    assert (await owner.call("DELETE", f"/audience-lists/{made['id']}")).status_code == 204
    assert (await owner.get("/audience-lists"))["items"] == []


async def test_customers_are_found_by_name_or_number(
    owner: Signed, staff: Signed, stranger: Signed, database: Database
) -> None:
    njeri = await a_fan(database, owner.boutique, phone="+254722000111", name="Njeri Wangui")
    zawadi = await a_fan(
        database, owner.boutique, phone="+254733000222", name="Zawadi", agreed=None
    )

    async def found(search: str, by: Signed = staff) -> list[str]:
        items = (await by.get(f"/customers?search={search}"))["items"]
        return [one["id"] for one in items]

    assert await found("wangu") == [njeri]
    assert await found("0733 000") == [zawadi]
    assert await found("nobody") == await found("%25") == []
    assert await found("", by=stranger) == []
    first = await owner.get("/customers?limit=1")
    rest = await owner.get(f"/customers?limit=1&cursor={first['next_cursor']}")
    shown = [*first["items"], *rest["items"]]
    assert [(one["id"], one["may_market"]) for one in shown] == [(zawadi, False), (njeri, True)]
    assert rest["next_cursor"] is None
    assert shown[1]["phone"] == "+254 7•• ••• 111"


async def test_pasted_numbers_are_those_of_customers(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    njeri = await a_fan(database, owner.boutique, phone="+254722000111", name="Njeri")
    zawadi = await a_fan(database, owner.boutique, phone="+254733000222", name="Zawadi")
    pasted = {"phones": ["0733 000 222", "+254722000111", "0722000111", "0711000333", "soon"]}

    picked = await owner.post("/customer-picks", pasted)

    assert [one["id"] for one in picked["items"]] == [zawadi, njeri]
    assert picked["unknown"] == ["0711000333"]
    assert picked["unreadable"] == ["soon"]
    assert (await stranger.post("/customer-picks", pasted))["items"] == []


FILE = """phone;name;consent_date;consent_how;consent_words
0722 000 111;Njeri;2026-11-03;in the shop;Yes, send me offers
+254 733 000 222;Achieng;03/11/2026;on paper;I agree
0722000111;Again;2026-11-03;in the shop;Yes
0711000333;No proof;;;
0700;Short;2026-11-03;in the shop;Yes
0755000444;Said stop;2026-11-03;in the shop;Yes
"""


async def upload(owner: Signed, text: str = FILE, name: str = "Fair") -> httpx.Response:
    return await owner.call(
        "POST",
        "/audience-lists/files",
        files={"file": ("fair.csv", text.encode(), "text/csv")},
        data={"name": name},
    )


async def test_a_file_makes_customers_with_proof_and_again_changes_nothing(
    owner: Signed, database: Database
) -> None:
    # given a customer who said stop, and one whose name is known
    stopped = await a_customer(database, owner.boutique, phone="+254755000444")
    await a_customer(database, owner.boutique, phone="+254733000222", name="Achieng Odhiambo")
    async with database.tenant_connection(owner.boutique) as conn:
        await consents.record(
            conn, customer_id=stopped, purpose="marketing", granted=False, source="whatsapp"
        )

    # when the file comes
    first = (await upload(owner)).json()

    # then rows with proof are members, the others are told by their line
    assert (first["added"], first["consents"], first["refused"]) == (2, 2, 4)
    assert {row["line"]: row["why"].split(":")[0] for row in first["bad"]} == {
        4: "this phone stands on line 2 already",
        5: "no proof of consent (consent_date, consent_how, consent_words empty)",
        6: "phone",
        7: "this customer said stop",
    }
    async with database.tenant_connection(owner.boutique) as conn:
        njeri = await customers.by_phone(conn, phone="+254722000111")
        achieng = await customers.by_phone(conn, phone="+254733000222")
        assert njeri is not None and njeri.name == "Njeri"
        assert achieng is not None and achieng.name == "Achieng Odhiambo"
        proof = await consents.latest(conn, customer_id=njeri.id, purpose="marketing")
        assert proof is not None and proof.source == "csv"
        assert proof.words == "2026-11-03 · in the shop · Yes, send me offers"
        assert not await consents.may_market(conn, customer_id=stopped)

    # and the same again changes nothing
    again = (await upload(owner)).json()
    assert (again["added"], again["consents"]) == (0, 0)
    assert again["uploaded_to"] == first["uploaded_to"]


async def test_a_file_that_is_no_list_is_told_as_such(owner: Signed) -> None:
    for text, why in (("phone,name\n", "lacks consent_date"), ("\0", "lacks phone")):
        answer = await upload(owner, text)
        assert answer.status_code == 422, answer.text
        error: dict[str, Any] = answer.json()["errors"][0]
        assert error["field"] == "file" and why in error["remedy"]
