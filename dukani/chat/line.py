"""Client of the phone page's API: one phone's chat with one boutique."""

from __future__ import annotations

import asyncio
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel

from dukani.chat.photo import CONTENT_TYPES
from dukani.core.errors import CallerError, DukaniError, NotFound
from dukani.sandbox.models import ChatMessage, Row, Sms


class PhoneUnreachable(DukaniError):
    """The demo does not answer any more."""


class Prompt(BaseModel):
    """An M-Pesa prompt open on the phone; `amount` in whole shillings."""

    checkout_request_id: str
    business: str
    amount: int
    reference: str


class Screen(BaseModel):
    """A chat as the phone shows it."""

    messages: list[ChatMessage]
    prompts: list[Prompt]
    sms: list[Sms]


@dataclass(frozen=True, slots=True)
class Boutique:
    """A boutique that the phone can write to."""

    key: str
    name: str


class PhoneLine:
    """A chat of one phone (E.164) with one boutique. Raises PhoneUnreachable."""

    def __init__(self, http: httpx.AsyncClient, *, boutique: str, phone: str) -> None:
        self._http = http
        self._chat = {"account": boutique, "contact": phone}

    async def boutique(self) -> Boutique:
        """The boutique of this chat. Raises NotFound, naming the boutiques there are."""
        known = {b["key"]: b["name"] for b in (await self._get("/boutiques")).json()}
        key = self._chat["account"]
        if key not in known:
            raise NotFound(f"There is no boutique {key!r}: choose from {', '.join(known)}.")
        return Boutique(key, known[key])

    async def look(self) -> Screen:
        return Screen.model_validate((await self._get("/chat", params=self._chat)).json())

    async def write(self, text: str) -> None:
        await self._send(kind="text", text=text)

    async def tap(self, row: Row, *, reply_to: str) -> None:
        """Choose a row of a list message."""
        await self._send(kind="tap", row_id=row.id, text=row.title, reply_to=reply_to)

    async def send_photo(self, photo: Path, caption: str) -> None:
        content = await asyncio.to_thread(photo.read_bytes)
        headers = {"content-type": CONTENT_TYPES[photo.suffix.lower()]}
        stored = await self._post("/media", content=content, headers=headers)
        await self._send(kind="image", media=stored.json()["id"], text=caption)

    async def picture(self, media: str) -> tuple[bytes, str]:
        """A picture of the chat, and the file suffix of its content type."""
        response = await self._get(f"/media/{media}")
        kind = response.headers.get("content-type", "").partition(";")[0]
        return response.content, mimetypes.guess_extension(kind) or ".jpg"

    async def answer(self, prompt: Prompt, pin: str) -> None:
        """Pay with a PIN; cancel without one."""
        answer = {"outcome": "pin" if pin else "cancel", "pin": pin}
        await self._post(f"/prompts/{prompt.checkout_request_id}", json=answer)

    async def _send(self, **fields: Any) -> None:
        await self._post("/messages", json={**self._chat, "profile_name": "Amina", **fields})

    async def _get(self, path: str, **request: Any) -> httpx.Response:
        return await self._ask("GET", path, **request)

    async def _post(self, path: str, **request: Any) -> httpx.Response:
        return await self._ask("POST", path, **request)

    async def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        try:
            response = await self._http.request(method, f"/sandbox/phone/api{path}", **request)
        except httpx.TransportError as error:
            raise PhoneUnreachable from error
        if response.is_error:
            raise CallerError(f"The phone did not take that: {response.text[:200]}")
        return response
