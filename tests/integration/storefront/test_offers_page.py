"""Offers asked for in the window: a code proves the phone; until then nothing of her is kept."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest

from dukani.core.database import Database
from dukani.core.store import consents, customers, stock_waits
from dukani.tools.consent_codes import send_consent_code
from tests.factories import a_customer, a_product
from tests.integration.api.test_customer_records import found_anywhere
from tests.integration.storefront.conftest import Window, all_of
from tests.wiring import a_line, jobs

PHONE = "0722 000 721"
E164 = "+254722000721"
YES = {"phone": PHONE, "where": "both", "agreed": "yes"}


@pytest.fixture
async def by_sms(window: Window) -> Window:
    """The shop has a sender of SMS."""
    keys = {"account_sid": "AC1", "auth_token": "t"}
    async with window.services.database.system_connection() as conn:
        await conn.execute(
            """insert into provider_credentials (boutique_id, provider, account, secrets)
               values (%s, 'twilio_sms', 'ZURI', %s)""",
            (window.boutique, window.services.secrets.seal(keys)),
        )
    return window


async def the_code(window: Window) -> str:
    """As the SMS says it."""
    sealed = (await all_of(window, "consent_codes"))[-1]["sealed"]
    return window.services.secrets.open(sealed)["code"]


async def prove(window: Window, page: httpx.Response, code: str) -> httpx.Response:
    found = re.search(r'name="asked" value="([^"]+)"', page.text)
    assert found is not None
    return await window.post("/offers/code", asked=found[1], phone=PHONE, code=code)


async def kept_of_her(window: Window) -> tuple[int, int, int]:
    tables = ("customers", "consents", "visitor_customers")
    return tuple([len(await all_of(window, one)) for one in tables])  # type: ignore[return-value]


async def test_the_right_code_records_what_she_agreed_to(by_sms: Window) -> None:
    await by_sms.get("/p/DRESS")
    asked = await by_sms.post("/offers", **YES)
    assert "+254 7•• ••• 721" in asked.text
    assert await kept_of_her(by_sms) == (0, 0, 0)

    done = await prove(by_sms, asked, await the_code(by_sms))

    assert "Done. You hear of our offers" in done.text
    (customer,) = await all_of(by_sms, "customers")
    assert (customer["phone"], customer["preferred_channel"]) == (E164, "whatsapp")
    said = await all_of(by_sms, "consents")
    assert [(one["purpose"], one["granted"], one["source"]) for one in said] == [
        ("marketing", True, "window"),
        ("sms", True, "window"),
    ]
    assert said[0]["words"] == (
        "Send me the offers of Zuri & Co where I chose. I can stop them at any time."
        " [On WhatsApp, and by SMS where it does not reach me]"
    )
    # and what she does from now on is hers
    await by_sms.put_in()
    assert [str(one["customer_id"]) for one in await by_sms.events()] == [
        "None",
        str(customer["id"]),
    ]
    shown = await by_sms.get("/offers")
    assert "You get our offers at +254 7•• ••• 721" in shown.text


@pytest.mark.parametrize(
    ("where", "purposes", "prefers"),
    [
        ("whatsapp", ["marketing"], "whatsapp"),
        ("sms", ["marketing", "sms"], "sms"),
    ],
)
async def test_she_is_written_where_she_chose(
    by_sms: Window, where: str, purposes: list[str], prefers: str
) -> None:
    asked = await by_sms.post("/offers", **(YES | {"where": where}))
    await prove(by_sms, asked, await the_code(by_sms))

    (customer,) = await all_of(by_sms, "customers")
    assert [one["purpose"] for one in await all_of(by_sms, "consents")] == purposes
    assert customer["preferred_channel"] == prefers


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"phone": "12"}, "not a phone number"),
        ({"agreed": ""}, "Tick the box"),
    ],
)
async def test_what_is_missing_is_said_and_no_code_leaves(
    by_sms: Window, fields: dict[str, str], told: str
) -> None:
    answer = await by_sms.post("/offers", **(YES | fields))

    assert answer.status_code == 422 and told in answer.text
    assert await all_of(by_sms, "consent_codes") == []
    assert await jobs(by_sms.services, "send_consent_code") == []


async def test_a_wrong_code_may_be_corrected_five_times(by_sms: Window) -> None:
    asked = await by_sms.post("/offers", **YES)
    right = await the_code(by_sms)
    wrong = "000000" if right != "000000" else "111111"

    tries = [await prove(by_sms, asked, wrong) for _ in range(6)]
    late = await prove(by_sms, asked, right)

    assert "That is not the code" in tries[0].text
    assert all(one.status_code == 422 for one in (*tries, late))
    assert "wrong too often" in tries[5].text and "wrong too often" in late.text
    assert await kept_of_her(by_sms) == (0, 0, 0)


async def test_a_late_code_says_that_a_new_one_is_needed(by_sms: Window) -> None:
    asked = await by_sms.post("/offers", **YES)
    code = await the_code(by_sms)
    async with by_sms.services.database.system_connection() as conn:
        await conn.execute("update consent_codes set expires_at = now() - interval '1 second'")

    answer = await prove(by_sms, asked, code)

    assert answer.status_code == 422 and "counts no more" in answer.text
    assert await kept_of_her(by_sms) == (0, 0, 0)


async def test_a_code_is_for_the_phone_and_the_browser_it_was_asked_with(by_sms: Window) -> None:
    asked = await by_sms.post("/offers", **YES)
    code = await the_code(by_sms)
    found = re.search(r'name="asked" value="([^"]+)"', asked.text)
    assert found is not None

    another = await by_sms.post("/offers/code", asked=found[1], phone="0722000722", code=code)
    by_sms.client.cookies.clear()
    elsewhere = await prove(by_sms, asked, code)

    assert another.status_code == elsewhere.status_code == 422
    assert await kept_of_her(by_sms) == (0, 0, 0)


async def test_a_second_tap_records_nothing_twice(by_sms: Window) -> None:
    asked = await by_sms.post("/offers", **YES)
    code = await the_code(by_sms)
    answers = [await prove(by_sms, asked, code) for _ in range(2)]

    assert all("Done." in one.text for one in answers)
    assert await kept_of_her(by_sms) == (1, 2, 1)


async def test_codes_are_few_to_a_phone_and_from_an_address(by_sms: Window) -> None:
    to_one = [await by_sms.post("/offers", **YES) for _ in range(5)]
    others = [
        await by_sms.post("/offers", **(YES | {"phone": f"07220009{n:02d}"})) for n in range(20)
    ]

    assert [one.status_code for one in to_one] == [200] * 3 + [422] * 2
    assert "codes often enough" in to_one[-1].text
    assert [one.status_code for one in others] == [200] * 17 + [422] * 3
    assert len(await jobs(by_sms.services, "send_consent_code")) == 20


async def test_no_table_shows_the_number_or_the_code_once_it_has_left(
    by_sms: Window, superuser_url: str
) -> None:
    await by_sms.post("/offers", **YES)
    code = await the_code(by_sms)
    assert found_anywhere(superuser_url, "722000721") == []
    (job,) = await jobs(by_sms.services, "send_consent_code")
    assert "722000721" not in str(job) and code not in str(job)


async def test_who_said_stop_is_told_how_to_take_it_back(
    by_sms: Window, database: Database
) -> None:
    her = await a_customer(database, by_sms.boutique, phone=E164)
    async with database.tenant_connection(by_sms.boutique) as conn:
        await consents.record(
            conn, customer_id=her, purpose="assistant", granted=False, source="whatsapp"
        )

    asked = await by_sms.post("/offers", **YES)
    answer = await prove(by_sms, asked, await the_code(by_sms))

    assert "You told this shop to stop writing" in answer.text
    async with database.tenant_connection(by_sms.boutique) as conn:
        assert not await consents.may_market(conn, customer_id=her)


async def test_a_consent_to_one_shop_is_none_to_another(by_sms: Window, database: Database) -> None:
    other = await a_line(by_sms.services, "twilio", "+254700000777", slug="pwani")
    asked = await by_sms.post("/offers", **YES)
    await prove(by_sms, asked, await the_code(by_sms))

    async with database.tenant_connection(other) as conn:
        theirs = await customers.find_or_create(conn, phone=E164)
        assert not await consents.may_market(conn, customer_id=theirs.id)
        assert not await consents.may_sms(conn, customer_id=theirs.id)
    shown = await by_sms.client.get("/s/pwani/offers", headers={"user-agent": "x"})
    assert "You get our offers" not in shown.text


async def test_without_sms_she_says_yes_from_her_own_whatsapp(window: Window) -> None:
    form = await window.get("/offers")
    refused = await window.post("/offers")
    led = await window.post("/offers", agreed="yes")

    assert 'name="phone"' not in form.text and refused.status_code == 422
    assert re.fullmatch(
        r"https://wa\.me/254700000901\?text=Offers%20[2-9A-HJ-NP-Z]{6}", led.headers["location"]
    )
    (code,) = await all_of(window, "cart_codes")
    assert code["lines"] == [] and "this shop's offers on WhatsApp" in code["offers_words"]
    assert await kept_of_her(window) == (0, 0, 0)


async def test_she_hears_of_a_sold_out_size_once_she_agreed(
    by_sms: Window, database: Database
) -> None:
    # given a size that is gone
    medium, large = await a_product(
        database, by_sms.boutique, sku="GOWN", name="Gown", stock={"blue": {"M": 0, "L": 2}}
    )
    shown = await by_sms.get("/p/GOWN")
    assert medium.id in shown.text.split('action="/s/zuri/p/GOWN/wait"')[1]
    assert large.id not in shown.text.split('action="/s/zuri/p/GOWN/wait"')[1]

    # when she asks for it and proves her phone
    led = await by_sms.post("/p/GOWN/wait", variant=medium.id)
    assert led.headers["location"] == f"/s/zuri/offers?waits={medium.id}"
    assert "Gown is there again" in (await by_sms.get(f"/offers?waits={medium.id}")).text
    asked = await by_sms.post("/offers", **YES, waits=medium.id)
    await prove(by_sms, asked, await the_code(by_sms))

    # then she waits; and the next size takes one tap
    (customer,) = await all_of(by_sms, "customers")
    again = await by_sms.post("/p/GOWN/wait", variant=large.id)
    assert again.headers["location"] == "/s/zuri/p/GOWN?waiting=1"
    async with database.tenant_connection(by_sms.boutique) as conn:
        waiting = await stock_waits.open_of_piece(conn, product_id=medium.product_id)
    assert [(one.customer_id, one.variant_id, one.source) for one in waiting] == [
        (str(customer["id"]), medium.id, "window"),
        (str(customer["id"]), large.id, "window"),
    ]


async def test_the_job_sends_the_code_once(by_sms: Window) -> None:
    sent: list[dict[str, str]] = []

    def answered(request: httpx.Request) -> httpx.Response:
        sent.append(dict(httpx.QueryParams(request.content.decode())))
        return httpx.Response(201, json={"sid": "SM1", "status": "queued"})

    await by_sms.post("/offers", **YES)
    code = await the_code(by_sms)
    (job,) = await jobs(by_sms.services, "send_consent_code")
    services = by_sms.services
    async with httpx.AsyncClient(transport=httpx.MockTransport(answered)) as http:
        for _ in range(2):
            await send_consent_code(replace(services, http=http), **job["args"])

    assert [one["To"] for one in sent] == [E164]
    assert sent[0]["Body"].startswith(f"{code} is your code for Zuri & Co.")
    assert (await all_of(by_sms, "consent_codes"))[0]["sealed"] is None


@pytest.mark.parametrize("path", ["/offers", "/privacy"])
async def test_the_pages_need_no_script_and_are_not_indexed(window: Window, path: str) -> None:
    answer = await window.get(path)
    assert answer.status_code == 200 and "<script" not in answer.text
    assert 'content="noindex"' in answer.text


async def test_a_browser_that_names_itself_a_machine_may_agree_all_the_same(
    by_sms: Window,
) -> None:
    machine = {"user-agent": "Mozilla/5.0 HeadlessChrome/120.0"}
    asked = await by_sms.client.post("/s/zuri/offers", data=YES, headers=machine)

    done = await prove(by_sms, asked, await the_code(by_sms))

    assert "Done." in done.text
