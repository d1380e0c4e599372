"""What is said of a wallet: its tokens, what became of each, what a message costs, top-ups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.store.message_rates import Category
from dukani.core.store.top_ups import State, TopUp
from dukani.core.store.wallet import TransferKind
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor


class Wallet(Answer):
    """Tokens; `worth_minor` is what those available cost today, at `token_price_minor` each."""

    available: int
    held: int  # set aside for campaigns
    spent: int
    is_low: bool
    currency: str
    token_price_minor: Minor
    worth_minor: Minor


class MessageRate(Answer):
    """`region` is the country of the recipient's number (ISO 3166), `*` the rest."""

    category: Category
    region: str
    tokens: int
    cost_minor: Minor  # what the provider asks of the platform
    currency: str
    valid_from: date


class Rates(Answer):
    token_price_minor: Minor
    currency: str
    rates: list[MessageRate]


class WalletMove(Answer):
    """`change` is what became of the tokens available; `tokens` is how many moved."""

    id: int
    at: datetime
    kind: TransferKind
    tokens: int
    change: int
    available_after: int
    campaign_id: UUID | None
    campaign_name: str | None
    recipient: str | None
    message_id: UUID | None
    top_up_id: UUID | None
    amount_minor: int | None
    currency: str | None
    receipt: str | None
    note: str
    actor: str


class NewTopUp(Body):
    """Without a phone the prompt goes to the owner's."""

    tokens: Annotated[int, Field(ge=1, le=10**6)]
    phone: Annotated[str, Field(min_length=1, max_length=40)] | None = None


class WalletTopUp(Answer):
    """`reason` says why it failed, as `cancelled`, `wrong_pin`, `low_balance`."""

    id: UUID
    state: State
    tokens: int
    amount_minor: Minor
    currency: str
    phone: MaskedPhone
    created_at: datetime
    paid_at: datetime | None
    receipt: str | None
    reason: str | None

    @classmethod
    def of(cls, it: TopUp) -> WalletTopUp:
        failed = it.state == "failed"
        reason = outcome_of(it.result_code, it.result_text or "").reason if failed else None
        return cls(
            id=UUID(it.id),
            state=it.state,
            tokens=it.tokens,
            amount_minor=it.amount_minor,
            currency=it.currency,
            phone=it.phone,
            created_at=it.created_at,
            paid_at=it.paid_at,
            receipt=it.receipt,
            reason=str(reason) if reason else None,
        )


class TopUpList(Answer):
    items: list[WalletTopUp]
