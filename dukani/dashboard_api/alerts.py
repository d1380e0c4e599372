"""What a member is alerted to while the app is closed, on which devices, and the owner's phone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from dukani.core.clients.web_push import build_web_push
from dukani.core.errors import NotFound
from dukani.core.languages import Language
from dukani.core.store import push_subscriptions as store
from dukani.core.store.push_subscriptions import NewSubscription
from dukani.dashboard_api.access import (
    AMember,
    AnActingMember,
    AnOwner,
    AProvenMember,
    Member,
    at_work,
)
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.domain.alerts import ALERT_KINDS, AlertKind
from dukani.tools import alerts as tool

router = APIRouter(prefix="/boutiques/{boutique_id}/alerts", tags=["alerts"])

Kinds = Annotated[list[AlertKind], Field(max_length=len(ALERT_KINDS))]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class AlertDevice(Answer):
    id: UUID
    device: str
    language: Language
    created_at: datetime
    last_sent_at: datetime | None


class Alerts(Answer):
    """`push_key`: what a browser subscribes with; none where alerts are not set up."""

    push_key: str | None
    muted: list[AlertKind]
    devices: list[AlertDevice]
    owner_phone: MaskedPhone
    owner_phone_muted: list[AlertKind]


class MutedKinds(Body):
    """The kinds that are switched off."""

    muted: Kinds


class DeviceKeys(Body):
    """As a browser's PushSubscription names them."""

    p256dh: Key
    auth: Key


class NewDevice(Body):
    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    keys: DeviceKeys
    device: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    language: Language = "en"


@router.get("")
async def get_alerts(member: AMember, _: PeopleOnly) -> Alerts:
    """The member's own choices and devices."""
    return await _alerts(member)


@router.put("/choices")
async def choose_alerts(member: AMember, choice: MutedKinds, _: PeopleOnly) -> Alerts:
    """What the member is alerted to, on all devices."""
    user_id = member.signed_in.user_id
    await store.mute(member.conn, user_id=user_id, kinds=sorted(set(choice.muted)))
    return await _alerts(member)


@router.put("/owner-phone")
async def choose_owner_notes(owner: AnOwner, choice: MutedKinds, _: PeopleOnly) -> Alerts:
    """What the owner's phone gets a note of on WhatsApp."""
    await store.mute_owner_phone(owner.conn, kinds=sorted(set(choice.muted)))
    return await _alerts(owner)


@router.put("/devices")
async def put_alert_device(member: AnActingMember, new: NewDevice, _: PeopleOnly) -> AlertDevice:
    """Alert the member on this browser too; the same browser again is brought up to date."""
    subscription = NewSubscription(
        endpoint=new.endpoint,
        p256dh=new.keys.p256dh,
        auth=new.keys.auth,
        device=new.device,
        language=new.language,
    )
    added = await tool.add_device(
        member.services, member.conn, subscription, user_id=member.signed_in.user_id
    )
    return AlertDevice.model_validate(added)


@router.delete("/devices/{device_id}", status_code=204)
async def remove_alert_device(member: AMember, device_id: UUID, _: PeopleOnly) -> None:
    """Alert the member on this browser no more."""
    user_id = member.signed_in.user_id
    if not await store.remove_own(member.conn, subscription_id=str(device_id), user_id=user_id):
        raise _no_such_device()


@router.post("/devices/{device_id}/trial", status_code=204)
async def try_alert_device(person: AProvenMember, device_id: UUID, _: PeopleOnly) -> None:
    """Push a trial message to the member's device."""
    async with at_work(person, acting=True) as member:
        found = await store.get(
            member.conn, subscription_id=str(device_id), user_id=person.signed_in.user_id
        )
    if found is None:
        raise _no_such_device()
    await tool.try_device(person.services, found, boutique_id=person.boutique_id)


def _no_such_device() -> NotFound:
    return NotFound("You have no such device here.")


async def _alerts(member: Member) -> Alerts:
    services, user_id = member.services, member.signed_in.user_id
    push = build_web_push(services.http, services.settings.push)
    phone, phone_muted = await store.owner_phone(member.conn)
    devices = await store.of_member(member.conn, user_id=user_id)
    return Alerts.model_validate(
        {
            "push_key": push.public_key if push else None,
            "muted": await store.muted_by(member.conn, user_id=user_id),
            "devices": [AlertDevice.model_validate(one) for one in devices],
            "owner_phone": phone,
            "owner_phone_muted": phone_muted,
        }
    )
