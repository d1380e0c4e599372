"""The timeline tells what happened, what was decided and what came of it; results tell the sums."""

from __future__ import annotations

import json
from datetime import timedelta

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import automation_decisions, automation_timeline, domain_events
from dukani.domain.domain_events import CheckoutStarted, ViewProduct
from tests.factories import a_boutique, a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.campaigns.an_automation import Automated, an_automation
from tests.integration.campaigns.automation_past import NOW
from tests.integration.campaigns.sent import a_paid_order

TIMELINE = "/automations/timeline"


@pytest.fixture
async def made(database: Database, superuser_url: str, boutique: str) -> Automated:
    """Something happened, a rule decided, a message was delivered."""
    customer = await a_customer(database, boutique, name="Amina", phone="+254722123456")
    (piece,) = await a_product(database, boutique, name="Amani")
    made = await an_automation(database, superuser_url, boutique_id=boutique, customer_id=customer)
    async with database.tenant_connection(boutique) as conn:
        await domain_events.append(
            conn, ViewProduct(sku=piece.sku), subject_id=piece.product_id, customer_id=customer
        )
    async with database.tenant_connection(boutique) as conn:
        await automation_decisions.add(
            conn, rule_id=made.rule_id, verdict="sent", enrolment_id=made.enrolment_id,
            customer_id=customer, step=0, send_id=made.send_id,
        )  # fmt: skip
    await made.told(await made.says(), "sent", "delivered")
    return made


def told(page: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    return [(one["of"], one["what"]) for one in page["items"]]


async def test_it_tells_everything_the_newest_first(owner: Signed, made: Automated) -> None:
    page = await owner.get(TIMELINE)

    assert told(page) == [
        ("message", "delivered"), ("message", "sent"), ("decision", "sent"),
        ("event", "view_product"),
    ]  # fmt: skip
    delivered, *_, looked = page["items"]
    assert looked["about"]["product"] == "Amani"
    assert (delivered["rule_id"], delivered["channel"], delivered["step"]) == (
        made.rule_id, "whatsapp", 0,
    )  # fmt: skip
    # whom it is about is masked, wherever it stands
    assert delivered["customer"] == {
        "id": made.customer_id, "name": "Amina", "phone": delivered["customer"]["phone"],
    }  # fmt: skip
    assert "722123456" not in json.dumps(page)
    assert delivered["customer"]["phone"].endswith("456")


async def test_it_is_read_page_by_page(owner: Signed, made: Automated) -> None:
    read: list[tuple[str, str]] = []
    cursor: str | None = None
    while True:
        params = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = await owner.get(TIMELINE, params=params)
        read += told(page)
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert read == told(await owner.get(TIMELINE))


async def test_it_is_asked_for_one_customer_one_rule_or_one_sort(
    owner: Signed, made: Automated, database: Database, superuser_url: str
) -> None:
    other = await an_automation(database, superuser_url, boutique_id=made.boutique_id)
    other.run("update automation_sends set state = 'cancelled' where id = %(send)s")

    async def asked(**params: str) -> list[tuple[str, str]]:
        return told(await owner.get(TIMELINE, params=params))

    assert await asked(customer_id=other.customer_id) == [("message", "cancelled")]
    assert await asked(rule_id=other.rule_id) == [("message", "cancelled")]
    assert await asked(rule_id=made.rule_id, of="decision") == [("decision", "sent")]
    assert await asked(of="event") == [("event", "view_product")]
    assert ("event", "view_product") in await asked(customer_id=made.customer_id)
    assert await asked(rule_id=made.rule_id, of="event") == []


async def test_it_tells_why_a_message_did_not_arrive(owner: Signed, made: Automated) -> None:
    other = await an_automation(
        made.database, made.superuser_url, boutique_id=made.boutique_id, rule_id=made.rule_id
    )
    await other.told(await other.says(), "failed", code="131026", provider_id="wamid.10")
    failed, *_ = (await owner.get(TIMELINE, params={"customer_id": other.customer_id}))["items"]
    assert (failed["what"], failed["reason"]) == ("failed", "131026")


async def test_a_visitor_is_nobody_in_particular(
    owner: Signed, database: Database, boutique: str
) -> None:
    started = CheckoutStarted(by="whatsapp", pieces=2, total_minor=900000, currency="KES")
    async with database.tenant_connection(boutique) as conn:
        await domain_events.append(
            conn, started, subject_id=boutique, anonymous_id="00000000-0000-4000-8000-000000000001"
        )
    (one,) = (await owner.get(TIMELINE))["items"]
    assert (one["customer"], one["is_visitor"]) == (None, True)
    assert (one["about"]["pieces"], one["about"]["total_minor"]) == (2, 900000)


async def test_its_indexes_are_used(database: Database, superuser_url: str) -> None:
    """However much else happened in the shop, and to others."""
    made = await an_automation(database, superuser_url)
    made.run(
        """insert into domain_events (boutique_id, kind, customer_id, subject_id, payload)
           select boutique_id, case when n %% 10 = 0 then 'automation_told' else 'cart_changed' end,
             gen_random_uuid(), id, jsonb_build_object('rule_id', gen_random_uuid())
           from automation_sends, generate_series(1, 20000) n"""
    )
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute("analyze domain_events")
        conn.execute("select set_config('app.boutique_id', %s, false)", (made.boutique_id,))
        for asked, index in (
            (automation_timeline.KINDS, "domain_events_of_automations"),
            (
                f"{automation_timeline.KINDS} and e.customer_id = '{made.customer_id}'",
                "domain_events_of_a_customer",
            ),
            (
                f"{automation_timeline._OF_RULES} and e.payload ->> 'rule_id' = '{made.rule_id}'",
                "domain_events_of_a_rule",
            ),
        ):
            plan = conn.execute(
                f"""explain select e.* from domain_events e
                    where e.boutique_id = '{made.boutique_id}' and {asked}
                    order by e.id desc limit 31""".encode()
            ).fetchall()
            assert index in str(plan), plan


async def test_results_tell_the_funnel_and_the_money_of_a_rule(
    owner: Signed, made: Automated, database: Database
) -> None:
    # given an order that came of the message, a part of which was given back
    made.opened(NOW - timedelta(minutes=1))
    (piece,) = await a_product(database, made.boutique_id)
    order = await a_paid_order(database, made.boutique_id, made.customer_id, piece)
    made.run(
        "update orders set refunded_minor = 50000, refund_status = 'part' where id = %(id)s",
        id=order,
    )

    # when
    (line,) = (await owner.get("/automations/results"))["items"]
    full = await owner.get(f"/automations/rules/{made.rule_id}/results")

    # then
    assert full["summary"] == line
    assert line["rule"]["id"] == made.rule_id
    assert {
        name: line["total"][name]
        for name in ("enrolled", "decided", "sent", "delivered", "read", "converted")
    } == {"enrolled": 1, "decided": 1, "sent": 1, "delivered": 1, "read": 0, "converted": 1}
    assert line["money"] == [{"currency": "KES", "orders": 1, "amount_minor": 400000}]
    assert line["lift"] is None
    assert [(one["step"], one["channel"], one["delivered"]) for one in full["steps"]] == [
        (0, "whatsapp", 1)
    ]


async def test_results_of_another_time_are_empty(owner: Signed, made: Automated) -> None:
    then = {"since": "2026-01-01", "until": "2026-01-31"}
    (line,) = (await owner.get("/automations/results", params=then))["items"]
    assert (line["total"]["enrolled"], line["money"]) == (0, [])
    refused = await owner.call(
        "GET", "/automations/results", params={"since": "2026-02-01", "until": "2026-01-31"}
    )
    assert refused.status_code == 422


async def test_a_customer_and_a_rule_of_another_boutique_have_no_timeline(
    stranger: Signed, made: Automated, database: Database
) -> None:
    for params in ({"customer_id": made.customer_id}, {"rule_id": made.rule_id}, {}):
        assert (await stranger.get(TIMELINE, params=params))["items"] == []
    async with database.tenant_connection(await a_boutique(database)) as conn:
        assert await automation_timeline.page(conn, rule_id=made.rule_id, limit=9) == []
