"""Posts Meta's webhooks to Dukani: messages, echoes, preferences, changed names, statuses."""

from __future__ import annotations

import asyncio
import base64
import json
import time
import uuid
from typing import Any

from dukani.core.clients.meta import meta_signature
from dukani.sandbox import meta_events
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.courier import Courier
from dukani.sandbox.delivery import deliver, read_all
from dukani.sandbox.models import ChatMessage, Status
from dukani.sandbox.world import World

LOOK_AT_HELD_S = 0.05


def new_wamid() -> str:
    """A message id in Meta's format."""
    return "wamid.HBgM" + base64.b64encode(uuid.uuid4().bytes + uuid.uuid4().bytes).decode()


class MetaSide:
    """Meta's side of the conversations with boutiques on the Cloud API."""

    def __init__(self, world: World, courier: Courier, *, base_url: str, target_url: str) -> None:
        self._world = world
        self._courier = courier
        self._base_url = base_url
        self._target_url = target_url

    async def receive(self, account: SandboxAccount, message: ChatMessage) -> bool:
        """Post a contact's message to the webhook; whether it was accepted."""
        chat = self._world.chat(account.key, message.contact)
        file = self._world.file(message.media) if message.media else None
        body = meta_events.inbound(
            account,
            message,
            profile_name=chat.profile_name,
            file=file,
            base_url=self._base_url,
        )
        return await self._post(account, body)

    async def echo(self, account: SandboxAccount, message: ChatMessage) -> bool:
        """Post a message that the owner wrote from the phone app."""
        return await self._post(account, meta_events.echo(account, message))

    async def rename(self, account: SandboxAccount, before: str, after: str) -> bool:
        """Post that a contact has another phone or user id from now on."""
        body = meta_events.renamed(account, before, after, new_wamid(), time.time())
        return await self._post(account, body)

    async def prefer(self, account: SandboxAccount, contact: str, value: str) -> bool:
        """Post that a contact stopped or resumed marketing."""
        return await self._post(
            account, meta_events.preference(account, contact, value, time.time())
        )

    async def read(self, account: SandboxAccount, contact: str) -> None:
        """Report the delivered messages as read: the contact opened the chat."""

        async def report(message: ChatMessage, status: Status) -> None:
            await self._post(account, meta_events.status(account, message, status))

        await read_all(self._world, account.key, contact, report)

    async def carry(
        self,
        account: SandboxAccount,
        message: ChatMessage,
        media_url: str | None,
        *,
        held: bool = False,
    ) -> None:
        """Show an accepted message on the phone, and post its statuses."""
        if held:
            await self._assess(message)

        async def report(message: ChatMessage, status: Status) -> None:
            await self._post(account, meta_events.status(account, message, status))

        await deliver(
            self._world,
            self._courier,
            self._world.faults.meta,
            message,
            media_url=media_url,
            unfetchable_code="131053",
            report=report,
        )

    async def _assess(self, message: ChatMessage) -> None:
        """Hold it until its template's quality is known: what people dislike is dropped."""
        while (faults := self._world.faults.meta).held == "back":  # noqa: ASYNC110 - set by HTTP
            await asyncio.sleep(LOOK_AT_HELD_S)
        if faults.held == "dropped":
            message.error = faults.fail_code

    async def tell_of_template(
        self, account: SandboxAccount, named: dict[str, Any], field: str, value: dict[str, Any]
    ) -> None:
        """Post how a message template stands: a change of the WhatsApp account, of no number."""
        change = {"value": named | value, "field": field}
        entry = {"id": account.waba_id, "time": int(time.time()), "changes": [change]}
        await self._post(account, {"object": "whatsapp_business_account", "entry": [entry]})

    async def _post(self, account: SandboxAccount, body: dict[str, Any]) -> bool:
        raw = json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()
        headers = {
            "content-type": "application/json",
            "x-hub-signature-256": meta_signature(account.app_secret, raw),
            "user-agent": "facebookexternalua",
        }
        target = account.target_url or self._target_url
        return await self._courier.post("meta", f"{target}/webhook/meta", raw, headers)
