"""The owner of a boutique at her own phone: her words as the webhook stores them, and her notes."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from PIL import Image

from dukani.agent.eye import PhotoAnalysis
from dukani.core.services import Services
from dukani.core.store import boutiques, owner_inbox
from dukani.core.store.inbox import Arrival
from dukani.owner.desk import OwnerDesk
from tests.journeys.talk import ScriptedEye, Talk


@dataclass
class Owner:
    """Writes to her shop, and reads what the shop's number answers her."""

    services: Services
    boutique_id: str
    desk: OwnerDesk
    eye: ScriptedEye

    async def say(self, text: str, **message: Any) -> str:
        """Write, and have it handled; the notes she gets, as one text."""
        before = await self.notes()
        await self.write(text, **message)
        await self.handle()
        return "\n".join((await self.notes())[len(before) :])

    async def write(self, text: str, *, kind: str = "text", **message: Any) -> None:
        arrival = Arrival(
            provider_id=message.get("provider_id", uuid4().hex),
            provider="twilio",
            author="customer",
            kind=kind,
            body=text,
            reply_to=message.get("reply_to"),
            payload=message.get("payload", {}),
            raw={},
            sent_at=message.get("sent_at"),
        )
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            boutique = await boutiques.get(conn, boutique_id=self.boutique_id)
            assert boutique is not None and boutique.owner_phone is not None
            await owner_inbox.record(conn, owner_phone=boutique.owner_phone, arrival=arrival)

    async def send_photo(self, seen: PhotoAnalysis, caption: str = "", **message: Any) -> str:
        """A photo that the eye sees as `seen`; the notes she gets."""
        path = f"{self.boutique_id}/inbound/{uuid4().hex}.jpg"
        drawn = BytesIO()
        Image.new("RGB", (60, 90), "red").save(drawn, "JPEG")
        await self.services.media.put(path, drawn.getvalue(), "image/jpeg")
        self.eye.analyses.append(seen)
        before = await self.notes()
        await self.write(caption, kind="image", **message)
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            await conn.execute(
                "update messages set media_path = %s"
                " where kind = 'image' and author = 'owner' and media_path is null",
                (path,),
            )
        await self.handle()
        return "\n".join((await self.notes())[len(before) :])

    async def handle(self) -> None:
        await self.desk.handle(boutique_id=self.boutique_id)

    async def notes(self) -> list[str]:
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute(
                "select body from messages where recipient is not null and direction = 'out'"
                " order by seq"
            )
            return [row["body"] for row in await cursor.fetchall()]

    async def last_note_sent(self, about: str = "") -> str:
        """The provider's id of the last note, as if it had been sent; of the last about `about`."""
        provider_id = uuid4().hex
        async with self.services.database.tenant_connection(self.boutique_id) as conn:
            await conn.execute(
                "update messages set status = 'sent', provider_id = %s where seq = ("
                " select max(seq) from messages where recipient is not null"
                " and direction = 'out' and body like %s)",
                (provider_id, f"%{about}%"),
            )
        return provider_id

    async def later(self, interval: str) -> None:
        """Time passes since she was asked."""
        async with self.services.database.system_connection() as conn:
            await conn.execute(
                "update owner_sessions set expires_at = expires_at - %s::interval,"
                " shopping_until = shopping_until - %s::interval",
                (interval, interval),
            )


def owner_of(talk: Talk) -> Owner:
    """The owner of the boutique that the customer talks to."""
    return Owner(talk.services, talk.boutique_id, OwnerDesk(talk.services, talk.eye), talk.eye)
