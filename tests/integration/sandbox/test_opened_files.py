"""A picture or a voice note opened by itself in a browser: it is shown or heard, nothing else."""

from __future__ import annotations

import io

import httpx
import pytest
from PIL import Image
from playwright.async_api import async_playwright

from dukani.sandbox.voice_note import voice_note
from tests.integration.sandbox.outside import Target
from tests.integration.sandbox.test_phone_page import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
_CAN_PLAY = "[...document.querySelectorAll('video, audio')].some(one => one.readyState > 1)"
_IS_SEEN = "document.querySelector('img')?.naturalWidth > 0"


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(content, "JPEG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "works"),
    [(picture(), "image/jpeg", _IS_SEEN), (voice_note(), "audio/ogg", _CAN_PLAY)],
    ids=["picture", "voice note"],
)
async def test_a_file_opened_by_itself_is_shown_or_heard(
    target: Target, content: bytes, kind: str, works: str
) -> None:
    # given a file of a chat
    files = f"{target.url}/sandbox/phone/api/media"
    async with httpx.AsyncClient() as http:
        sent = await http.post(files, content=content, headers={"content-type": kind})

    # when it is opened in a browser
    blocked: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        page.on("console", lambda said: "Policy" in said.text and blocked.append(said.text))
        await page.goto(f"{files}/{sent.json()['id']}")

        # then it works, and nothing of it was blocked
        await page.wait_for_function(works, timeout=5_000)
        await browser.close()
    assert blocked == []
