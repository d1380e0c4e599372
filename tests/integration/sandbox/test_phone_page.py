"""The phone page in a real browser: what a newcomer taps is what the shop hears."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, async_playwright

from dukani.core.clients.daraja import DarajaAccount, DarajaClient
from dukani.core.clients.messenger import ListRow, OutboundMessage
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.core.clients.stk_callback import parse_stk_callback
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.phone import PAGE
from tests.integration.sandbox.outside import Target

CHROMIUM = next(
    (
        path
        for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser"))
        if path.exists()
    ),
    None,
)
pytestmark = pytest.mark.slow
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
AMINA = "+254712345601"


@pytest.fixture
async def page(target: Target) -> AsyncIterator[Page]:
    """Amina's phone, open at the boutique on Meta; any script error fails the test."""
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 360, "height": 720})
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{target.url}/sandbox/phone?boutique=pwani")
        yield page
        await browser.close()
    assert errors == []


async def test_the_page_knows_where_its_sandbox_is(http: httpx.AsyncClient):
    page = await http.get("/phone")

    assert 'content="/sandbox"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_page_loads_nothing_from_elsewhere():
    outside = re.findall(r"(?:src|href)=[\"']?(https?://[^\"' >]+)", PAGE.read_text())

    assert outside == []


@in_a_browser
async def test_a_tapped_suggestion_and_a_tapped_row_reach_the_shop(
    page: Page, target: Target, http: httpx.AsyncClient
):
    # given: a first message from a suggestion
    await page.get_by_text("Habari! Nataka gauni jekundu la harusi").click()
    asked = (await target.next("meta"))["value"]["messages"][0]
    shop = MetaMessenger(
        http, f"{target.url}/sandbox", MetaAccount(PWANI.phone_number_id, PWANI.access_token)
    )

    # when: the shop answers with a list, and she taps a row
    rows = (ListRow("p1", "Malaika Gown", "KES 4,500"), ListRow("p2", "Imani Wrap"))
    listed = await shop.send(
        OutboundMessage(AMINA, "*Chagua* <b>moja</b>", options=rows, list_button="Ona magauni")
    )
    assert await target.statuses(3) == ["sent", "delivered", "read"]
    await page.get_by_role("button", name="Ona magauni").click()
    await page.get_by_role("radio", name="Imani Wrap").click()
    await page.get_by_role("button", name="Send", exact=True).last.click()

    # then
    tapped = (await target.next("meta"))["value"]["messages"][0]
    assert asked["text"]["body"] == "Habari! Nataka gauni jekundu la harusi"
    assert tapped["interactive"]["list_reply"] == {"id": "p2", "title": "Imani Wrap"}
    assert tapped["context"]["id"] == listed.provider_id
    assert await page.locator(".text strong").first.inner_text() == "Chagua"
    assert "<b>moja</b>" in await page.locator("#log").inner_text()


@in_a_browser
async def test_a_photo_from_disk_arrives_as_a_jpeg_with_its_caption(
    page: Page, target: Target, tmp_path: Path
):
    # given: a screenshot stands in for a photo
    photo = tmp_path / "photo.png"
    photo.write_bytes(await page.screenshot())

    # when
    await page.locator("#file").set_input_files(photo)
    await page.get_by_label("Caption").fill("Mko na hii?")
    await page.keyboard.press("Enter")

    # then
    image = (await target.next("meta"))["value"]["messages"][0]["image"]
    assert (image["caption"], image["mime_type"]) == ("Mko na hii?", "image/jpeg")


@in_a_browser
@pytest.mark.parametrize(("pin", "code"), [("4321", "0"), ("0000", "2001")])
async def test_the_prompt_pops_up_and_takes_a_pin_by_keyboard_alone(
    page: Page, target: Target, http: httpx.AsyncClient, pin: str, code: str
):
    # given
    assert PWANI.mpesa
    daraja = DarajaClient(http, f"{target.url}/sandbox")
    await page.get_by_label("Message", exact=True).focus()
    await daraja.stk_push(
        DarajaAccount(**PWANI.mpesa.model_dump(exclude={"currency"})),
        amount_units=4500,
        currency="KES",
        phone=AMINA,
        reference="PW-7",
        description="Order",
        callback_url=f"{target.url}/paid/t",
    )
    await page.get_by_text("Do you want to pay KES 4,500 to PWANI STYLES account PW-7?").wait_for()

    # when
    await page.get_by_label("M-PESA PIN, four digits").press_sequentially(pin)
    await page.keyboard.press("Enter")

    # then
    assert parse_stk_callback(await target.next("paid")).result_code == code
    if code == "0":
        await page.get_by_text("Confirmed. Ksh4,500.00 sent to PWANI STYLES").wait_for()
    assert await page.get_by_role("dialog").count() == 0
