"""The shop's sender of SMS: at which provider, whether it works, and its credentials anew."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, get_args

from fastapi import APIRouter
from pydantic import Field

from dukani.core.channels import SmsProvider
from dukani.core.store import provider_accounts
from dukani.core.store.credentials import Credentials
from dukani.core.store.provider_accounts import ProviderAccount
from dukani.core.store.sms_senders import SmsSender as KeptSender
from dukani.dashboard_api.access import AnOwner, AProvenOwner
from dukani.dashboard_api.bodies import Answer, Body, Secret
from dukani.dashboard_api.channel import connecting
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.tools import sms_setup

router = APIRouter(prefix="/boutiques/{boutique_id}/sms-sender", tags=["SMS"])

# A sender name has at most eleven letters and digits; digits alone are a short code.
_NAME = "[A-Za-z0-9 ]{2,11}"


class TwilioSms(Body):
    """`sender`: a number, a short code, a name, or the SID of a Messaging Service."""

    provider: Literal["twilio_sms"]
    sender: Annotated[
        str,
        Field(
            max_length=34,
            pattern=rf"^(\+[1-9][0-9]{{6,14}}|MG[0-9a-fA-F]{{32}}|{_NAME})$",
            examples=["+254712345678"],
        ),
    ]
    account_sid: Annotated[str, Field(pattern=r"^AC[0-9a-fA-F]{32}$")]
    auth_token: Secret

    def as_credentials(self) -> Credentials:
        secrets = {
            "account_sid": self.account_sid,
            "auth_token": self.auth_token.get_secret_value(),
        }
        return Credentials("twilio_sms", self.sender, secrets)


class AfricasTalkingSms(Body):
    """`sender`: a short code, or a name that is registered there."""

    provider: Literal["africastalking"]
    sender: Annotated[str, Field(max_length=11, pattern=f"^{_NAME}$", examples=["ZURI"])]
    username: Annotated[str, Field(min_length=1, max_length=80)]
    api_key: Secret

    def as_credentials(self) -> Credentials:
        secrets = {"username": self.username, "api_key": self.api_key.get_secret_value()}
        return Credentials("africastalking", self.sender, secrets)


SenderKeys = Annotated[TwilioSms | AfricasTalkingSms, Field(discriminator="provider")]


class SmsSender(Answer):
    """`problem` is what the provider said last. `provider` none: the shop sends no SMS."""

    provider: SmsProvider | None
    sender: str | None
    can_be_answered: bool  # a customer can reply STOP; else an SMS carries a link for it
    hints: dict[str, str]  # of each secret, how it ends
    checked_at: datetime | None
    problem: str | None
    webhook_url: str | None  # to be pasted at the provider


_NONE = SmsSender(
    provider=None,
    sender=None,
    can_be_answered=False,
    hints={},
    checked_at=None,
    problem=None,
    webhook_url=None,
)


@router.get("")
async def get_sms_sender(owner: AnOwner, _: PeopleOnly) -> SmsSender:
    mine = _of_sms(await provider_accounts.of_boutique(owner.conn))
    if mine is None:
        return _NONE
    keys = await sms_setup.in_use(owner.services, boutique_id=owner.boutique_id)
    return SmsSender.model_validate(
        {
            "provider": mine.provider,
            "sender": mine.account,
            "can_be_answered": KeptSender(mine.provider, mine.account).can_be_answered,  # type: ignore[arg-type]
            "hints": {name: end for name, end in mine.hints.items() if name != "callback_token"},
            "checked_at": mine.checked_at,
            "problem": mine.problem,
            "webhook_url": sms_setup.webhook_of(owner.services, keys) if keys else None,
        }
    )


@router.put("", status_code=204)
async def change_sms_sender(owner: AProvenOwner, sender: SenderKeys, _: PeopleOnly) -> None:
    """Asked at the provider before it is kept; the one there was works until then."""
    await sms_setup.change(
        owner.services, connecting(owner), sender.as_credentials(), boutique_id=owner.boutique_id
    )


@router.post("/checks", status_code=204)
async def check_sms_sender(owner: AProvenOwner, _: PeopleOnly) -> None:
    """Ask the provider about the sender in use; `get_sms_sender` has what it said."""
    await sms_setup.check(owner.services, connecting(owner), boutique_id=owner.boutique_id)


@router.delete("", status_code=204)
async def switch_sms_sender_off(owner: AProvenOwner, _: PeopleOnly) -> None:
    """No SMS is sent any more; a new sender takes its place."""
    await sms_setup.switch_off(owner.services, connecting(owner), boutique_id=owner.boutique_id)


def _of_sms(accounts: list[ProviderAccount]) -> ProviderAccount | None:
    return next((one for one in accounts if one.provider in get_args(SmsProvider)), None)
