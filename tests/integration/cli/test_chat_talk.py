"""A talk in the terminal against the sandbox; the test is the assistant."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from dukani.chat.keyboard import Keyboard
from dukani.chat.line import PhoneLine, PhoneUnreachable
from dukani.chat.place import running_demo
from dukani.chat.talk import Talk
from dukani.core.clients.daraja import DarajaAccount, DarajaClient
from dukani.core.clients.messenger import ListRow, OutboundMessage
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.core.errors import NotFound
from dukani.core.settings import GivenSettings
from dukani.sandbox.accounts import PWANI
from tests.integration.sandbox.outside import PICTURE, SHOPPER, Target

ROWS = (ListRow(id="option:1", title="1. Imani", description="KES 4,600"),)


class _Hands(Keyboard):
    """A person types: nothing waits for an answer."""

    scripted = False


class Terminal:
    """What is typed and what is seen."""

    def __init__(self, target: Target, http: httpx.AsyncClient, folder: Path) -> None:
        self._in, self._out = os.pipe()
        self.seen: list[str] = []
        self.folder = folder
        line = PhoneLine(http, boutique="pwani", phone=SHOPPER)
        self._talk = Talk(
            line, name="Pwani", pictures=folder, show=lambda text: self.seen.append(text.plain)
        )
        self.line = line
        self.target = target

    async def run(self) -> None:
        await self._talk.run(_Hands(self._in))

    def type(self, line: str) -> None:
        os.write(self._out, f"{line}\n".encode())

    def end(self) -> None:
        os.close(self._out)

    async def until(self, words: str) -> None:
        async with asyncio.timeout(5):
            while not any(words in shown for shown in self.seen):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def heard(self) -> dict[str, object]:
        """The shopper's next message as Meta tells it."""
        while True:
            value = (await self.target.next("meta"))["value"]
            if "messages" in value:
                return dict(value["messages"][0])


@pytest.fixture
async def terminal(target: Target, tmp_path: Path) -> AsyncIterator[Terminal]:
    async with httpx.AsyncClient(base_url=target.url) as http:
        terminal = Terminal(target, http, tmp_path)
        running = asyncio.create_task(terminal.run())
        await asyncio.sleep(0.1)
        yield terminal
        terminal.end()
        await asyncio.wait_for(running, 5)


@pytest.fixture
async def messenger(target: Target) -> AsyncIterator[MetaMessenger]:
    account = MetaAccount(PWANI.phone_number_id, PWANI.access_token)
    async with httpx.AsyncClient() as http:
        yield MetaMessenger(http, f"{target.url}/sandbox", account)


async def test_lines_are_sent_and_answers_shown_as_they_come(
    terminal: Terminal, messenger: MetaMessenger
) -> None:
    # when a line is typed and answered
    terminal.type("red dress")
    heard = await terminal.heard()
    await messenger.send(OutboundMessage(to=SHOPPER, text="*Karibu*"))

    # then the shop heard it and the answer is on the screen
    assert heard["text"] == {"body": "red dress"}
    await terminal.until("Pwani:\nKaribu")


async def test_a_number_taps_the_row_of_the_list_last_shown(
    terminal: Terminal, messenger: MetaMessenger
) -> None:
    # given a list on the screen
    terminal.type("dress")
    await terminal.heard()
    await messenger.send(OutboundMessage(to=SHOPPER, text="Choose", options=ROWS))
    await terminal.until("  1. Imani – KES 4,600")

    # when a row's number is typed, and one no row has
    terminal.type("1")
    tapped = await terminal.heard()
    terminal.type("2")
    written = await terminal.heard()

    # then the first is a tap, the other a message
    assert tapped["type"] == "interactive"
    assert "option:1" in str(tapped["interactive"])
    assert written["text"] == {"body": "2"}


async def test_a_picture_is_saved_and_named(terminal: Terminal, messenger: MetaMessenger) -> None:
    terminal.type("dress")
    await terminal.heard()
    link = f"{terminal.target.url}/picture.jpg"
    await messenger.send(OutboundMessage(to=SHOPPER, text="*1. Imani*", media_url=link))

    await terminal.until("[picture: 1 option] saved to")

    (saved,) = terminal.folder.glob("*.jpg")
    assert saved.read_bytes() == PICTURE


async def test_a_photo_is_sent_with_its_caption(terminal: Terminal, tmp_path: Path) -> None:
    photo = tmp_path / "a dress.webp"
    photo.write_bytes(PICTURE)

    terminal.type(f"{photo} hii iko?")

    heard = await terminal.heard()
    assert heard["type"] == "image"
    assert "hii iko?" in str(heard["image"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["1234"], '"ResultCode": 0'),
        (["0000"], '"ResultCode": 2001'),  # the wrong PIN
        ([""], '"ResultCode": 1032'),  # cancelled
        (["12", "1234"], '"ResultCode": 0'),  # too short: asked again
    ],
)
async def test_the_prompt_takes_the_next_line_as_the_pin(
    terminal: Terminal, typed: list[str], code: str
) -> None:
    # given a prompt on the phone
    assert PWANI.mpesa is not None
    async with httpx.AsyncClient() as http:
        daraja = DarajaClient(http, f"{terminal.target.url}/sandbox")
        await daraja.stk_push(
            DarajaAccount(**PWANI.mpesa.model_dump(exclude={"currency"})),
            amount_units=4600,
            currency="KES",
            phone=SHOPPER,
            reference="DK-1",
            description="Order",
            callback_url=f"{terminal.target.url}/paid/token",
        )
    await terminal.until("Pay Ksh 4,600 to PWANI STYLES, account DK-1")

    # when the lines are typed
    for line in typed:
        terminal.type(line)

    # then M-Pesa ends it so, and nothing of it is said in the chat
    assert code in (await terminal.target.next("paid")).decode()
    assert terminal.target.queue("meta").empty()


async def test_another_boutique_than_the_demos_is_named(target: Target) -> None:
    async with httpx.AsyncClient(base_url=target.url) as http:
        with pytest.raises(NotFound, match="choose from zuri, pwani"):
            await PhoneLine(http, boutique="nobody", phone=SHOPPER).boutique()


async def test_a_demo_that_goes_away_ends_the_talk(tmp_path: Path) -> None:
    async with httpx.AsyncClient(base_url="http://127.0.0.1:1") as http:
        with pytest.raises(PhoneUnreachable):
            await PhoneLine(http, boutique="zuri", phone=SHOPPER).look()


async def test_a_running_demo_is_joined(target: Target, tmp_path: Path) -> None:
    port = httpx.URL(target.url).port
    settings = GivenSettings(data_dir=tmp_path / "none", web={"port": port})

    async with running_demo(settings, Console(quiet=True)) as base:
        assert base == target.url

    assert not (tmp_path / "none").exists()
