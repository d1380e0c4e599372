"""Channels of the automations: an owner stops and resumes what her rules send on one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, get_args

from fastapi import APIRouter, Path
from pydantic import StringConstraints

from dukani.core.errors import NotFound
from dukani.core.store import automation_channels
from dukani.core.store.automation_channels import AutomationChannel
from dukani.dashboard_api.access import AMember, AnOwner, Member
from dukani.dashboard_api.bodies import Answer, Body

router = APIRouter(prefix="/boutiques/{boutique_id}/automations/channels", tags=["automations"])

CHANNELS: tuple[AutomationChannel, ...] = get_args(AutomationChannel)
AChannel = Annotated[str, Path(max_length=36, description="whatsapp or sms")]


class ChannelPause(Body):
    """`reason`: for whoever wonders later."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None


class ChannelState(Answer):
    channel: AutomationChannel
    paused: bool
    reason: str | None
    paused_at: datetime | None


class ChannelStates(Answer):
    items: list[ChannelState]


@router.get("")
async def list_automation_channels(member: AMember) -> ChannelStates:
    return ChannelStates(items=[await _state(member, channel) for channel in CHANNELS])


@router.get("/{channel}")
async def get_automation_channel(member: AMember, channel: AChannel) -> ChannelState:
    return await _state(member, _known(channel))


@router.put("/{channel}")
async def pause_automation_channel(
    owner: AnOwner, channel: AChannel, pause: ChannelPause
) -> ChannelState:
    """From now on what rules decide goes by the other channel where it may, else it waits."""
    known = _known(channel)
    await automation_channels.pause(
        owner.conn, channel=known, reason=pause.reason or None, by=owner.signed_in.user_id
    )
    return await _state(owner, known)


@router.delete("/{channel}", status_code=204)
async def resume_automation_channel(owner: AnOwner, channel: AChannel) -> None:
    """Also where it was not paused."""
    await automation_channels.resume(owner.conn, channel=_known(channel))


async def _state(member: Member, channel: AutomationChannel) -> ChannelState:
    for one in await automation_channels.paused(member.conn):
        if one.channel == channel:
            return ChannelState(
                channel=channel, paused=True, reason=one.reason, paused_at=one.paused_at
            )
    return ChannelState(channel=channel, paused=False, reason=None, paused_at=None)


def _known(channel: str) -> AutomationChannel:
    if channel not in CHANNELS:
        raise NotFound("There is no such channel: it is whatsapp or sms.")
    return channel
