"""The opt-out link of an SMS: looking changes nothing, the button stops, and says so."""

from __future__ import annotations

import asyncio

import pytest

from dukani.core.database import Database
from dukani.core.store import consents
from tests.factories import a_customer
from tests.integration.storefront.a_send import a_send
from tests.integration.storefront.conftest import PERSON, Window, all_of
from tests.wiring import a_line

CODE = "Ab3dEf6hIj9k"
PHONE = "+254722000721"


async def who_agreed(window: Window, database: Database, language: str = "en") -> str:
    her = await a_customer(database, window.boutique, phone=PHONE, language=language)
    async with database.tenant_connection(window.boutique) as conn:
        for purpose in ("marketing", "sms"):
            await consents.record(
                conn, customer_id=her, purpose=purpose, granted=True, source="window"
            )
    await a_send(database, window.boutique, her, channel="sms")
    return her


async def may(window: Window, her: str) -> tuple[bool, bool]:
    async with window.services.database.tenant_connection(window.boutique) as conn:
        return (
            await consents.may_market(conn, customer_id=her),
            await consents.may_sms(conn, customer_id=her),
        )


async def test_looking_changes_nothing(window: Window, database: Database) -> None:
    her = await who_agreed(window, database)

    for method in ("GET", "HEAD"):
        shown = await window.client.request(method, f"/o/{CODE}", headers=PERSON)
        assert shown.status_code == 200

    shown = await window.client.get(f"/o/{CODE}", headers=PERSON)
    assert "Stop the offers of Zuri &amp; Co?" in shown.text
    assert "+254 7•• ••• 721" in shown.text and "722000721" not in shown.text
    assert await may(window, her) == (True, True)


async def test_the_button_stops_offers_and_sms_once(window: Window, database: Database) -> None:
    her = await who_agreed(window, database, "sw")

    first = await window.client.post(f"/o/{CODE}", headers=PERSON)
    second = await window.client.post(f"/o/{CODE}", headers=PERSON)

    assert "Hutapata tena ofa" in first.text and "Hakuna kingine" in second.text
    assert await may(window, her) == (False, False)
    said = [one for one in await all_of(window, "consents") if not one["granted"]]
    assert [(one["purpose"], one["source"]) for one in said] == [
        ("marketing", "opt_out_link"),
        ("sms", "opt_out_link"),
    ]


async def test_a_button_that_is_pressed_twice_at_once_stops_once(
    window: Window, database: Database
) -> None:
    await who_agreed(window, database)

    presses = (window.client.post(f"/o/{CODE}", headers=PERSON) for _ in range(4))
    said = [answer.text for answer in await asyncio.gather(*presses)]

    assert sum("You get no more offers" in text for text in said) == 1
    stops = [one["purpose"] for one in await all_of(window, "consents") if not one["granted"]]
    assert sorted(stops) == ["marketing", "sms"]


async def test_she_stops_one_shop_and_no_other(window: Window, database: Database) -> None:
    await who_agreed(window, database)
    other = await a_line(window.services, "twilio", "+254700000777", slug="pwani")
    theirs = await a_customer(database, other, phone=PHONE)
    async with database.tenant_connection(other) as conn:
        await consents.record(
            conn, customer_id=theirs, purpose="marketing", granted=True, source="window"
        )

    await window.client.post(f"/o/{CODE}", headers=PERSON)

    async with database.tenant_connection(other) as conn:
        assert await consents.may_market(conn, customer_id=theirs)


@pytest.mark.parametrize("code", ["nothing", "0" * 12, "%00", "é"])
async def test_an_unknown_code_stops_nothing(window: Window, code: str) -> None:
    for method in ("GET", "POST"):
        answer = await window.client.request(method, f"/o/{code}", headers=PERSON)
        assert answer.status_code == 404
    assert await all_of(window, "consents") == []
