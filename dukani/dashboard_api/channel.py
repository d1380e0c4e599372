"""The shop's WhatsApp number: at which provider, whether it works, and its credentials anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from dukani.core.channels import WhatsAppProvider
from dukani.core.errors import NotFound
from dukani.core.store import boutique_edits, provider_accounts
from dukani.core.store.credentials import Credentials
from dukani.dashboard_api.access import AnActingOwner, AnOwner, AProvenOwner, Person
from dukani.dashboard_api.bodies import Answer, Body, Secret
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.tools import channel_setup

router = APIRouter(prefix="/boutiques/{boutique_id}/channel", tags=["channel"])


class TwilioLine(Body):
    provider: Literal["twilio"]
    number: Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+254712345678"])]
    account_sid: Annotated[str, Field(pattern=r"^AC[0-9a-fA-F]{32}$")]
    auth_token: Secret

    def as_credentials(self) -> Credentials:
        secrets = {
            "account_sid": self.account_sid,
            "auth_token": self.auth_token.get_secret_value(),
        }
        return Credentials("twilio", self.number, secrets)


class MetaLine(Body):
    provider: Literal["meta"]
    phone_number_id: Annotated[str, Field(pattern=r"^[0-9]{5,30}$")]
    access_token: Secret
    waba_id: Annotated[str, Field(pattern=r"^[0-9]{5,30}$")] | None = None

    def as_credentials(self) -> Credentials:
        secrets = {"access_token": self.access_token.get_secret_value()}
        return Credentials(
            "meta",
            self.phone_number_id,
            secrets | ({"waba_id": self.waba_id} if self.waba_id else {}),
        )


Line = Annotated[TwilioLine | MetaLine, Field(discriminator="provider")]


class PastedAtProvider(Answer):
    url: str
    verify_token: str | None


class Channel(Answer):
    """`problem` is what the provider said last: none where all is well, or nobody asked yet."""

    provider: WhatsAppProvider
    account: str | None  # none: the shop has no number of its own yet
    shared: bool  # campaigns and chats go by the platform's number, for want of one
    held_for: Literal["stops", "spam"] | None  # its campaigns are held off that number
    hints: dict[str, str]  # of each secret, how it ends
    checked_at: datetime | None
    problem: str | None
    last_message_at: datetime | None  # none since the number is this: its webhook was not seen
    webhooks: dict[str, PastedAtProvider]


class TestMessage(Answer):
    id: UUID
    status: str
    error_code: str | None = None


@router.get("")
async def get_channel(owner: AnOwner, _: PeopleOnly) -> Channel:
    provider = (await boutique_edits.get(owner.conn)).whatsapp_provider
    mine = {one.provider: one for one in await provider_accounts.of_boutique(owner.conn)}
    account = mine.get(provider)  # type: ignore[call-overload]
    at = await provider_accounts.last_message_at(owner.conn, provider=provider)
    hints: Mapping[str, str] = account.hints if account else {}
    return Channel.model_validate(
        {
            "provider": provider,
            "account": account.account if account and not account.shared else None,
            "shared": account is not None and account.shared,
            "held_for": account.held_for if account else None,
            "hints": dict(hints),
            "checked_at": account.checked_at if account else None,
            "problem": account.problem if account else None,
            "last_message_at": at if account and at and at >= account.account_since else None,
            "webhooks": {
                name: channel_setup.webhook_of(owner.services, name) for name in channel_setup.PATHS
            },
        }
    )


@router.put("", status_code=204)
async def change_channel(owner: AProvenOwner, line: Line, _: PeopleOnly) -> None:
    """Asked at the provider before it is kept; the one there was works until then."""
    await channel_setup.change(owner.services, connecting(owner), line.as_credentials())


@router.post("/checks", status_code=204)
async def check_channel(owner: AProvenOwner, _: PeopleOnly) -> None:
    """Ask the provider about the credentials in use; `get_channel` has what it said."""
    await channel_setup.check(owner.services, connecting(owner), boutique_id=owner.boutique_id)


@router.post("/test-messages", status_code=201)
async def send_test_message(owner: AnActingOwner, _: PeopleOnly) -> TestMessage:
    """A message to the owner's own phone, by the way that all messages go."""
    sent = await channel_setup.send_test_message(owner.conn, boutique_id=owner.boutique_id)
    return TestMessage(id=UUID(sent.id), status=sent.status)


@router.get("/test-messages/{message_id}")
async def get_test_message(owner: AnOwner, message_id: UUID, _: PeopleOnly) -> TestMessage:
    found = await provider_accounts.note_status(owner.conn, message_id=str(message_id))
    if found is None:
        raise NotFound("There is no such message here.")
    return TestMessage.model_validate(found)


def connecting(owner: Person) -> channel_setup.Connecting:
    claims = {"sub": owner.signed_in.user_id}
    return lambda: owner.services.database.member_connection(
        claims, owner.boutique_id, owners_only=True
    )
