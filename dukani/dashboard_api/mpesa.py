"""The shop's M-Pesa: its credentials anew, and a prompt of one shilling to the owner's phone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field, model_validator

from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.errors import NotFound
from dukani.core.payment_providers import PaymentProvider
from dukani.core.store import boutique_edits, mpesa_tests, provider_accounts
from dukani.core.store.mpesa_tests import MpesaTest
from dukani.dashboard_api.access import AnActingOwner, AnOwner, AProvenOwner
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Secret
from dukani.dashboard_api.channel import connecting
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.tools.payments import set_up, trial

router = APIRouter(prefix="/boutiques/{boutique_id}/mpesa", tags=["M-Pesa"])

ShortCode = Annotated[str, Field(pattern=r"^[0-9]{5,7}$")]


class Prompts(Body):
    """Prompts on the customer's phone: a paybill, or a till; with `paylink_key` by PayLink."""

    kind: Literal["prompts"]
    shortcode: ShortCode
    till: ShortCode | None = None
    consumer_key: Secret
    consumer_secret: Secret
    passkey: Secret
    paylink_key: Secret | None = None
    paylink_project: Annotated[str, Field(min_length=1, max_length=80)] | None = None

    @model_validator(mode="after")
    def _paylink_whole(self) -> Prompts:
        if (self.paylink_key is None) != (self.paylink_project is None):
            raise ValueError("PayLink needs paylink_key and paylink_project, both")
        return self

    def as_line(self) -> set_up.MpesaLine:
        key = self.paylink_key
        return set_up.MpesaLine(
            shortcode=self.shortcode,
            consumer_key=self.consumer_key.get_secret_value(),
            consumer_secret=self.consumer_secret.get_secret_value(),
            passkey=self.passkey.get_secret_value(),
            till=self.till,
            paylink_key=key.get_secret_value() if key else None,
            paylink_project=self.paylink_project,
        )


class ByHand(Body):
    """Customers pay a till or a paybill themselves, and tell the receipt."""

    kind: Literal["by_hand"]
    till: ShortCode | None = None
    paybill: ShortCode | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> ByHand:
        if (self.till is None) == (self.paybill is None):
            raise ValueError("give a till or a paybill, one of them")
        return self


WaysToPay = Annotated[Prompts | ByHand, Field(discriminator="kind")]


class MpesaTrial(Answer):
    """`reason` says why it ended, as `paid`, `cancelled`, `wrong_pin`; none while it is open."""

    id: UUID
    phone: MaskedPhone
    amount_minor: int
    created_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    reason: str | None
    receipt: str | None

    @classmethod
    def of(cls, test: MpesaTest) -> MpesaTrial:
        ended = test.result_code is not None
        reason = outcome_of(test.result_code, test.result_text or "").reason if ended else None
        return cls(
            id=UUID(test.id),
            phone=test.phone,
            amount_minor=test.amount_minor,
            created_at=test.created_at,
            sent_at=test.sending_at,
            ended_at=test.ended_at,
            reason=str(reason) if reason else None,
            receipt=test.receipt,
        )


class Mpesa(Answer):
    provider: PaymentProvider
    shortcode: str | None
    till: str | None  # of prompts, or the one customers pay by hand
    paybill: str | None
    hints: dict[str, str]  # of each secret, how it ends
    checked_at: datetime | None
    last_test: MpesaTrial | None


@router.get("")
async def get_mpesa(owner: AnOwner, _: PeopleOnly) -> Mpesa:
    shop = await boutique_edits.get(owner.conn)
    mine = {one.provider: one for one in await provider_accounts.of_boutique(owner.conn)}
    account = mine.get(shop.payment_provider)  # type: ignore[call-overload]
    test = await mpesa_tests.newest(owner.conn, account=account.account) if account else None
    return Mpesa.model_validate(
        {
            "provider": shop.payment_provider,
            "shortcode": account.account if account else None,
            "till": shop.shop_info.get("till"),
            "paybill": shop.shop_info.get("paybill"),
            "hints": dict(account.hints) if account else {},
            "checked_at": account.checked_at if account else None,
            "last_test": MpesaTrial.of(test) if test else None,
        }
    )


@router.put("", status_code=204)
async def change_mpesa(owner: AProvenOwner, ways: WaysToPay, _: PeopleOnly) -> None:
    """Prompts are asked about at Daraja before they are kept; what there was works until then."""
    if isinstance(ways, ByHand):
        await set_up.pay_by_hand(connecting(owner), till=ways.till, paybill=ways.paybill)
    else:
        await set_up.change(owner.services, connecting(owner), ways.as_line())


@router.post("/tests", status_code=201)
async def test_mpesa(
    owner: AnActingOwner, request: Request, _: PeopleOnly, idempotency_key: IdempotencyKey = None
) -> MpesaTrial:
    """One shilling is asked for on the owner's own phone; it is of no order."""

    async def begin() -> MpesaTrial:
        test = await trial.begin(
            owner.conn, boutique_id=owner.boutique_id, user_id=owner.signed_in.user_id
        )
        return MpesaTrial.of(test)

    return await once(owner, request, idempotency_key, begin, MpesaTrial)


@router.get("/tests/{test_id}")
async def get_mpesa_test(owner: AnOwner, test_id: UUID, _: PeopleOnly) -> MpesaTrial:
    found = await mpesa_tests.get(owner.conn, test_id=str(test_id))
    if found is None:
        raise NotFound("There is no such test here.")
    return MpesaTrial.of(found)
