"""Runs `dukani chat` from its start to its end."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

import httpx
from rich.console import Console
from rich.text import Text

from dukani.chat.keyboard import Keyboard
from dukani.chat.line import PhoneLine
from dukani.chat.place import running_demo
from dukani.chat.talk import Show, Talk
from dukani.core.phone import to_e164
from dukani.core.settings import Settings
from dukani.serving import until_stopped

REGION = "KE"  # the demo's boutiques are Kenyan
TIMEOUT_S = 20.0


async def chat(
    settings: Settings,
    console: Console,
    *,
    boutique: str,
    phone: str,
    keyboard: Keyboard | None = None,
) -> None:
    """Chat until the input ends, Ctrl-C or SIGTERM. Raises DukaniError."""
    phone = to_e164(phone, region=REGION)
    keyboard = keyboard or Keyboard(sys.stdin.fileno())
    talking = asyncio.create_task(_chat(settings, console, boutique, phone, keyboard))

    async def finished() -> None:
        with suppress(asyncio.CancelledError):
            await talking

    def stop() -> None:
        talking.cancel()

    await until_stopped(finished(), stop=stop)
    console.print(Text("Bye." if keyboard.scripted else "\nBye.", "dim"))


async def _chat(
    settings: Settings, console: Console, boutique: str, phone: str, keyboard: Keyboard
) -> None:
    async with (
        running_demo(settings, console) as base,
        httpx.AsyncClient(base_url=base, timeout=TIMEOUT_S) as http,
    ):
        line = PhoneLine(http, boutique=boutique, phone=phone)
        found = await line.boutique()
        console.print(Text(_welcome(found.name, phone), "dim"))
        pictures = settings.data_dir / "chat"
        talk = Talk(line, name=found.name, pictures=pictures, show=_show_on(console))
        await talk.run(keyboard)


def _welcome(name: str, phone: str) -> str:
    return (
        f"You are {phone} and write to {name}. A line is a message; the path of a picture sends "
        f"it, with words after it as its caption. Ctrl-D ends.\n"
    )


def _show_on(console: Console) -> Show:
    def show(text: Text) -> None:
        console.print(text, end="\n\n", soft_wrap=True)

    return show
