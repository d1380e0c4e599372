"""The phone page's API: chats, live events, messages, prompts and files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from dukani.core.clients.transport import MAX_MEDIA_BYTES
from dukani.sandbox import gallery
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.files import file_response
from dukani.sandbox.outside import TheOutside
from dukani.sandbox.shopper import (
    CONTACT,
    Chosen,
    Echoed,
    Preferred,
    PromptAnswer,
    Renamed,
    Written,
)
from dukani.sandbox.voice_note import OGG_OPUS, voice_note
from dukani.sandbox.world import public_message, public_messages, public_push, public_sms

Contact = Annotated[str, Query(pattern=CONTACT)]

router = APIRouter(prefix="/phone/api", tags=["phone"])


@router.get("/boutiques")
async def boutiques(outside: TheOutside) -> list[dict[str, str | None]]:
    await outside.register_neighbours()
    return [_public_account(account) for account in outside.world.accounts]


@router.get("/chat")
async def chat(outside: TheOutside, account: str, contact: Contact) -> dict[str, object]:
    outside.shopper.account(account)
    world = outside.world
    thread = world.chat(account, contact)
    return {
        "messages": public_messages(list(thread.messages.values())),
        "profile_name": thread.profile_name,
        "prompts": [public_push(push) for push in world.pushes_on(contact)],
        "sms": [public_sms(sms) for sms in world.sms_on(contact)],
    }


@router.get("/inbox")
async def inbox(outside: TheOutside, account: str) -> list[dict[str, object]]:
    owner = outside.shopper.account(account).owner_phone
    return [
        {
            "contact": contact,
            "profile_name": thread.profile_name,
            "last": public_message(next(reversed(thread.messages.values()))),
        }
        for contact, thread in outside.world.chats_of(account)
        if contact != owner
    ]


@router.get("/events")
async def events(
    outside: TheOutside, account: str, contact: Contact, everything: bool = False
) -> StreamingResponse:
    topics = {f"chat:{account}:{contact}", f"phone:{contact}"}
    topics |= {f"account:{account}"} if everything else set()
    return StreamingResponse(
        _encoded(outside.world.hub.stream(frozenset(topics))),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


@router.post("/messages", status_code=201)
async def write(outside: TheOutside, written: Written) -> dict[str, object]:
    return public_message(await outside.shopper.write(written))


@router.post("/media", status_code=201)
async def upload(outside: TheOutside, request: Request) -> dict[str, str]:
    content = await _body_within(request, MAX_MEDIA_BYTES + 1024)
    content_type = request.headers.get("content-type", "application/octet-stream")
    stored = outside.world.store_file(content, content_type.partition(";")[0].strip())
    return {"id": stored.id}


@router.get("/media/{file_id}")
async def media(outside: TheOutside, file_id: str) -> Response:
    stored = outside.world.file(file_id)
    if stored is None:
        raise HTTPException(404)
    return file_response(stored)


@router.post("/read", status_code=204)
async def read(outside: TheOutside, chosen: Chosen) -> None:
    await outside.shopper.read(chosen)


@router.post("/prompts/{push_id}", status_code=204)
async def answer(outside: TheOutside, push_id: str, answer: PromptAnswer) -> None:
    await outside.shopper.answer(push_id, answer)


@router.post("/echoes", status_code=201)
async def echo(outside: TheOutside, echoed: Echoed) -> dict[str, object]:
    return public_message(await outside.shopper.echo(echoed))


@router.post("/renames", status_code=204)
async def rename(outside: TheOutside, renamed: Renamed) -> None:
    await outside.shopper.rename(renamed)


@router.post("/preferences", status_code=204)
async def prefer(outside: TheOutside, preferred: Preferred) -> None:
    await outside.shopper.prefer(preferred)


@router.get("/voice-note")
async def voice() -> Response:
    """A voice message to send without a microphone."""
    return Response(voice_note(), media_type=OGG_OPUS)


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


def _public_account(account: SandboxAccount) -> dict[str, str | None]:
    return {
        "key": account.key,
        "name": account.name,
        "number": account.number,
        "provider": account.provider,
        "owner_name": account.owner_name,
        "owner_phone": account.owner_phone,
        "sms_sender": account.sms.sender if account.sms else None,
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
