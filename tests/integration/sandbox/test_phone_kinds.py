"""The phone page sends what a phone sends, and keeps what nobody took yet."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, Route, async_playwright

from dukani.core.clients.messenger import OutboundMessage, ReplyButton
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.sandbox.accounts import PWANI
from tests.integration.sandbox.outside import Target
from tests.integration.sandbox.test_phone_page import AMINA, CHROMIUM, in_a_browser

pytestmark = [pytest.mark.slow, in_a_browser]
MESSAGES = "**/phone/api/messages"


# With a microphone that anybody may use, and in which somebody beeps.
ARGS = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


@pytest.fixture
async def errors() -> list[str]:
    return []


@pytest.fixture
async def page(target: Target, errors: list[str]) -> AsyncIterator[Page]:
    """Amina's phone in a browser far from Nairobi, open at the boutique on Meta."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = await browser.new_page(
            viewport={"width": 390, "height": 844}, timezone_id="America/New_York"
        )
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{target.url}/sandbox/phone?boutique=pwani")
        await page.get_by_label("Message", exact=True).wait_for()
        yield page
        await browser.close()
    assert errors == []


async def write(page: Page, words: str) -> None:
    await page.get_by_label("Message", exact=True).fill(words)
    await page.keyboard.press("Enter")


async def attach(page: Page, kind: str) -> None:
    await page.get_by_role("button", name=re.compile("^Attach")).click()
    await page.get_by_role("button", name=kind, exact=True).click()


async def heard(target: Target) -> dict[str, Any]:
    """The shopper's next message as Meta tells it."""
    while True:
        value = (await target.next("meta"))["value"]
        if "messages" in value:
            return dict(value["messages"][0])


async def test_what_is_said_while_nobody_is_there_is_kept_and_sent_once_later(
    page: Page, target: Target
) -> None:
    # given a server that is down
    async def gone(route: Route) -> None:
        await route.abort()

    await page.route(MESSAGES, gone)

    # when she writes two messages: they are in the chat, with a clock
    await write(page, "Habari, mko wazi?")
    await write(page, "Nataka gauni")
    await page.get_by_role("img", name="Sending").nth(1).wait_for()

    # then they survive a reload, and arrive in their order when the server is back
    await page.reload()
    await page.get_by_text("Nataka gauni", exact=True).wait_for()
    await page.unroute(MESSAGES)
    arrived = [(await heard(target))["text"]["body"] for _ in range(2)]
    assert arrived == ["Habari, mko wazi?", "Nataka gauni"]
    assert await page.locator(".text", has_text="Nataka gauni").count() == 1


async def test_what_arrived_though_nobody_said_so_is_not_said_twice(
    page: Page, target: Target
) -> None:
    # given an answer that is lost on its way, once
    lost = 0

    async def lose_the_answer(route: Route) -> None:
        nonlocal lost
        if lost:
            await route.continue_()
            return
        lost += 1
        await route.fetch()
        await route.abort()

    await page.route(MESSAGES, lose_the_answer)

    # when
    await write(page, "Nataka gauni")
    assert (await heard(target))["text"]["body"] == "Nataka gauni"
    await page.get_by_role("img", name=re.compile("Sent|Delivered|Read")).wait_for()
    await write(page, "jekundu")

    # then the next thing the shop hears is the next thing she said
    assert (await heard(target))["text"]["body"] == "jekundu"
    assert await page.locator(".text", has_text="Nataka gauni").count() == 1


async def test_a_sticker_a_contact_a_document_and_a_voice_note_go_as_meta_has_them(
    page: Page, target: Target
) -> None:
    await attach(page, "Contact")
    await page.get_by_role("button", name=re.compile("Mama Halima")).click()
    card = await heard(target)
    assert card["type"] == "contacts"
    [contact] = card["contacts"]
    assert contact["name"]["formatted_name"] == "Mama Halima"
    assert contact["phones"][0]["wa_id"] == "254711223344"

    await attach(page, "Voice note")
    await page.get_by_label("What you say").fill("nataka gauni jekundu")
    await page.get_by_role("button", name="Send voice note").click()
    voice = await heard(target)
    assert voice["audio"]["voice"] is True
    assert voice["audio"]["mime_type"].startswith("audio/ogg")

    await attach(page, "Sticker")
    await page.get_by_role("button", name="Sticker 👗").click()
    sticker = await heard(target)
    assert sticker["sticker"]["mime_type"] == "image/webp"

    file = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 list"}
    await page.locator("#document").set_input_files(file)  # type: ignore[arg-type]
    document = await heard(target)
    assert document["document"]["filename"] == "list.pdf"
    assert document["document"]["mime_type"] == "application/pdf"

    # and each has its place in the chat
    await page.get_by_text("list.pdf").wait_for()
    assert await page.locator("audio.voice").count() == 1
    assert await page.locator("img.sticker").count() == 1


async def test_a_voice_note_is_recorded_with_the_microphone(page: Page, target: Target) -> None:
    await attach(page, "Voice note")
    await page.get_by_role("button", name="Record").click()
    await page.get_by_text("Listening").wait_for()
    await page.wait_for_timeout(300)  # as long as something is said
    await page.get_by_role("button", name="Stop").click()
    await page.get_by_text("Recorded.").wait_for()
    await page.get_by_label("What you say").fill("nataka gauni jekundu")
    await page.get_by_role("button", name="Send voice note").click()

    voice = (await heard(target))["audio"]

    assert voice["mime_type"].startswith("audio/")
    sandbox = f"{target.url}/sandbox"
    async with httpx.AsyncClient() as http:
        recorded = await http.get(f"{sandbox}/phone/api/media/{voice['id']}")
    assert len(recorded.content) > 100


async def test_a_button_of_the_shop_is_pressed(
    page: Page, target: Target, http: httpx.AsyncClient
) -> None:
    await write(page, "nataka mtu")
    await heard(target)
    shop = MetaMessenger(
        http, f"{target.url}/sandbox", MetaAccount(PWANI.phone_number_id, PWANI.access_token)
    )
    button = ReplyButton("assistant", "Back to assistant")
    sent = await shop.send(OutboundMessage(AMINA, "Someone will write to you.", buttons=(button,)))

    await page.get_by_role("button", name="Back to assistant").click()

    pressed = await heard(target)
    assert pressed["interactive"]["button_reply"] == {
        "id": "assistant",
        "title": "Back to assistant",
    }
    assert pressed["context"]["id"] == sent.provider_id


async def test_offers_that_were_stopped_can_be_started_again(page: Page, target: Target) -> None:
    async def told() -> str:
        value = (await target.next("meta"))["value"]
        return str(value["user_preferences"][0]["value"])

    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name=re.compile("Stop offers")).click()
    assert await told() == "stop"
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name=re.compile("Start offers")).click()
    assert await told() == "resume"


async def test_the_clock_is_the_shops_wherever_the_browser_is(page: Page) -> None:
    shown = await page.evaluate("clock(1790000000)")
    assert shown == "17:13"  # 14:13:20 UTC, in Nairobi


async def test_a_phone_on_its_side_has_no_drawn_frame_and_all_that_is_needed(page: Page) -> None:
    await page.set_viewport_size({"width": 844, "height": 390})
    phone = await page.locator("#phone").bounding_box()
    assert phone is not None
    assert (phone["x"], phone["y"], phone["width"], phone["height"]) == (0, 0, 844, 390)
    assert await page.get_by_label("Message", exact=True).is_visible()
    await page.get_by_role("button", name=re.compile("^Attach")).click()
    button = page.get_by_role("button", name="Sticker", exact=True)
    await button.click(trial=True)  # the sheet has come to rest
    sticker = await button.bounding_box()
    assert sticker is not None and sticker["y"] + sticker["height"] <= 390


async def test_after_many_new_numbers_every_shopper_is_still_there(page: Page) -> None:
    await page.set_viewport_size({"width": 1280, "height": 800})
    for _ in range(4):
        await page.get_by_role("button", name="+ New number").click()
    for name in ("Amina", "Otieno", "Halima"):
        assert await page.locator("#side .card", has_text=name).count() == 1
    await page.locator("#side .card", has_text="Amina").click()
    await page.reload()
    pressed = page.locator("#side .card[aria-pressed=true]", has_text="Amina")
    await pressed.wait_for()
