"""Sends typed lines to the boutique, and shows its messages as they come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from rich.text import Text

from dukani.chat.keyboard import Keyboard
from dukani.chat.line import PhoneLine, Prompt, Screen
from dukani.chat.photo import photo_in
from dukani.chat.show import message_text, prompt_text, sms_text
from dukani.core.errors import CallerError
from dukani.sandbox.models import ChatMessage

POLL_S = 0.25
# Scripted input waits for the answer, and then until nothing has followed for QUIET_S.
QUIET_S = 1.5
PATIENCE_S = 15.0
PIN_DIGITS = 4

Show = Callable[[Text], None]


class Talk:
    """One person's chat in the terminal; pictures go to the folder `pictures`."""

    def __init__(self, line: PhoneLine, *, name: str, pictures: Path, show: Show) -> None:
        self._line = line
        self._name = name
        self._pictures = pictures
        self._show_text = show
        self._seen: set[str] = set()
        self._list: ChatMessage | None = None
        self._prompt: Prompt | None = None
        self._said_at = self._news_at = 0.0

    async def run(self, keyboard: Keyboard) -> None:
        """Chat until the input ends. Raises PhoneUnreachable when the demo goes away."""
        self._skip_old_messages(await self._line.look())
        watching = asyncio.create_task(self._watch())
        typing = asyncio.create_task(self._type(keyboard))
        try:
            done, _ = await asyncio.wait({watching, typing}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            watching.cancel()
            typing.cancel()
            await asyncio.gather(watching, typing, return_exceptions=True)

    async def _type(self, keyboard: Keyboard) -> None:
        async for line in keyboard.lines():
            try:
                await self._say(line.strip())
            except (CallerError, OSError) as error:
                self._show(Text(str(error), "red"))
            if keyboard.scripted:
                await self._settled()

    async def _say(self, line: str) -> None:
        self._said_at = time.monotonic()
        if self._prompt is not None:
            await self._answer(self._prompt, line)
        else:
            await self._send(line)

    async def _send(self, line: str) -> None:
        if photo := photo_in(line):
            await self._line.send_photo(*photo)
        elif (row := self._row(line)) and self._list is not None:
            await self._line.tap(self._list.rows[row - 1], reply_to=self._list.id)
        elif line:
            await self._line.write(line)

    async def _answer(self, prompt: Prompt, pin: str) -> None:
        if pin and not (len(pin) == PIN_DIGITS and pin.isascii() and pin.isdigit()):
            self._show(Text("A PIN has four digits; an empty line cancels.", "yellow"))
            return
        self._prompt = None
        await self._line.answer(prompt, pin)

    def _row(self, line: str) -> int:
        """The number of a listed row; 0 when the line is not one."""
        number = int(line) if line.isascii() and line.isdigit() and len(line) < 3 else 0
        return number if self._list is not None and number <= len(self._list.rows) else 0

    async def _watch(self) -> None:
        while True:
            await self._catch_up(await self._line.look())
            await asyncio.sleep(POLL_S)

    def _skip_old_messages(self, screen: Screen) -> None:
        self._seen = {message.id for message in screen.messages} | {sms.id for sms in screen.sms}

    async def _catch_up(self, screen: Screen) -> None:
        for message in screen.messages:
            if message.author != "shopper" and self._is_new(message.id):
                await self._show_message(message)
            if message.status == "failed" and self._is_new(f"failed {message.id}"):
                self._show(Text(f"Not delivered: {message.error}", "red"))
        for sms in screen.sms:
            if self._is_new(sms.id):
                self._show(sms_text(sms))
        self._see_prompts(screen.prompts)

    async def _show_message(self, message: ChatMessage) -> None:
        self._list = message if message.rows else None
        picture = await self._saved(message.media) if message.media else None
        self._show(message_text(message, self._name, picture))

    def _see_prompts(self, prompts: list[Prompt]) -> None:
        opened = [p for p in prompts if self._is_new(p.checkout_request_id)]
        for prompt in opened:
            self._prompt = prompt
            self._show(prompt_text(prompt))
        open_ids = {prompt.checkout_request_id for prompt in prompts}
        if self._prompt is not None and self._prompt.checkout_request_id not in open_ids:
            self._prompt = None
            self._show(Text("The M-PESA prompt has gone.", "yellow"))

    async def _saved(self, media: str) -> Path:
        content, suffix = await self._line.picture(media)
        path = self._pictures / f"{media}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def _is_new(self, id_: str) -> bool:
        if id_ in self._seen:
            return False
        self._seen.add(id_)
        return True

    def _show(self, text: Text) -> None:
        self._news_at = time.monotonic()
        self._show_text(text)

    async def _settled(self) -> None:
        """Wait for an answer to the last line, and for a quiet time after it."""
        while time.monotonic() - self._said_at < PATIENCE_S:
            answered = self._news_at > self._said_at
            if answered and time.monotonic() - self._news_at > QUIET_S:
                return
            await asyncio.sleep(POLL_S)
