"""The phone page and the small API behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from dukani.core.clients.transport import MAX_MEDIA_BYTES
from dukani.sandbox import gallery
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.files import file_response
from dukani.sandbox.shopper import (
    CONTACT,
    Chosen,
    Echoed,
    Preferred,
    PromptAnswer,
    Shopper,
    Written,
)
from dukani.sandbox.world import World, public_message, public_messages, public_push

PAGE = Path(__file__).parent / "static" / "phone.html"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
Contact = Annotated[str, Query(pattern=CONTACT)]


def phone_page(api_base: str) -> HTMLResponse:
    """The page, told where the sandbox is (`/sandbox`, or empty when it runs alone)."""
    page = _page().replace("__API_BASE__", api_base.rstrip("/"))
    return HTMLResponse(page, headers={"content-security-policy": POLICY})


@lru_cache(maxsize=1)
def _page() -> str:
    return PAGE.read_text(encoding="utf-8")


def page_router(api_base: str) -> APIRouter:
    """`GET /phone` for the app that mounts the sandbox somewhere else."""
    router = APIRouter(include_in_schema=False)

    @router.get("/phone")
    async def page() -> HTMLResponse:
        return phone_page(api_base)

    return router


def phone_router(world: World, shopper: Shopper) -> APIRouter:
    """Everything the page asks for and does."""
    router = APIRouter(prefix="/phone/api", tags=["phone"])

    @router.get("/boutiques")
    async def boutiques() -> list[dict[str, str | None]]:
        return [_public_account(account) for account in world.accounts]

    @router.get("/chat")
    async def chat(account: str, contact: Contact) -> dict[str, object]:
        shopper.account(account)
        thread = world.chat(account, contact)
        return {
            "messages": public_messages(list(thread.messages.values())),
            "profile_name": thread.profile_name,
            "prompts": [public_push(push) for push in world.pushes_on(contact)],
            "sms": [sms.model_dump() for sms in world.sms_on(contact)],
        }

    @router.get("/inbox")
    async def inbox(account: str) -> list[dict[str, object]]:
        owner = shopper.account(account).owner_phone
        return [
            {
                "contact": contact,
                "profile_name": thread.profile_name,
                "last": public_message(next(reversed(thread.messages.values()))),
            }
            for contact, thread in world.chats_of(account)
            if contact != owner
        ]

    @router.get("/events")
    async def events(account: str, contact: Contact, everything: bool = False) -> StreamingResponse:
        topics = {f"chat:{account}:{contact}", f"phone:{contact}"}
        topics |= {f"account:{account}"} if everything else set()
        return StreamingResponse(
            _encoded(world.hub.stream(frozenset(topics))),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    @router.post("/messages", status_code=201)
    async def write(written: Written) -> dict[str, object]:
        return public_message(await shopper.write(written))

    @router.post("/media", status_code=201)
    async def upload(request: Request) -> dict[str, str]:
        content = await _body_within(request, MAX_MEDIA_BYTES + 1024)
        content_type = request.headers.get("content-type", "application/octet-stream")
        return {"id": world.store_file(content, content_type.partition(";")[0].strip()).id}

    @router.get("/media/{file_id}")
    async def media(file_id: str) -> Response:
        stored = world.file(file_id)
        if stored is None:
            raise HTTPException(404)
        return file_response(stored)

    @router.post("/read", status_code=204)
    async def read(chosen: Chosen) -> None:
        await shopper.read(chosen)

    @router.post("/prompts/{push_id}", status_code=204)
    async def answer(push_id: str, answer: PromptAnswer) -> None:
        await shopper.answer(push_id, answer)

    @router.post("/echoes", status_code=201)
    async def echo(echoed: Echoed) -> dict[str, object]:
        return public_message(await shopper.echo(echoed))

    @router.post("/preferences", status_code=204)
    async def prefer(preferred: Preferred) -> None:
        await shopper.prefer(preferred)

    @router.get("/samples")
    async def samples() -> list[dict[str, str]]:
        photos = gallery.sample_photos()
        return [{"name": photo.name, "caption": photo.caption} for photo in photos]

    @router.get("/samples/{name}")
    async def sample(name: str) -> Response:
        photo = next((photo for photo in gallery.sample_photos() if photo.name == name), None)
        if photo is None:
            raise HTTPException(404)
        # Drawing takes a few hundred milliseconds the first time.
        return Response(
            await asyncio.to_thread(photo.jpeg),
            media_type="image/jpeg",
            headers={"cache-control": "max-age=86400"},
        )

    return router


def _public_account(account: SandboxAccount) -> dict[str, str | None]:
    return {
        "key": account.key,
        "name": account.name,
        "number": account.number,
        "channel": account.channel,
        "owner_name": account.owner_name,
        "owner_phone": account.owner_phone,
    }


async def _encoded(events: AsyncIterator[str]) -> AsyncIterator[bytes]:
    async for event in events:
        yield event.encode()


async def _body_within(request: Request, limit: int) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise HTTPException(413, "at most 10 MB")
    return bytes(content)
