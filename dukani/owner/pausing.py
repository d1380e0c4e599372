"""Pauses the assistant for every customer of the shop, and lets it go on."""

from __future__ import annotations

from dukani.agent.wording import owner_desk as words
from dukani.core.store import audit, boutiques
from dukani.domain.owner_pending import PauseShop, ResumeShop
from dukani.owner.context import Desk


async def ask_to_pause(desk: Desk) -> None:
    if desk.boutique.paused_at is not None:
        await desk.tell("is_paused")
    else:
        await desk.confirm(PauseShop(), words.told("pause_shop", desk.language))


async def ask_to_resume(desk: Desk) -> None:
    if desk.boutique.paused_at is None:
        stopped = desk.boutique.stopped_since(desk.boutique.whatsapp_provider) is not None
        await desk.tell("is_stopped" if stopped else "is_not_paused")
    else:
        await desk.confirm(ResumeShop(), words.told("resume_shop", desk.language))


async def pause(desk: Desk) -> None:
    await _set(desk, paused=True)
    await desk.tell("paused")


async def resume(desk: Desk) -> None:
    await _set(desk, paused=False)
    await desk.tell("resumed")


async def _set(desk: Desk, *, paused: bool) -> None:
    if await boutiques.pause(desk.conn, paused=paused):
        action = "assistant_paused" if paused else "assistant_resumed"
        await audit.write(desk.conn, actor="staff", action=action, subject="boutique")
