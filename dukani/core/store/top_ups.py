"""Bought message tokens: a prompt to the platform's till, and each step of it, added once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.payment_providers import PromptProvider

TopUpProvider = PromptProvider
Step = Literal["sending", "accepted", "failed", "unanswered", "paid", "receipt", "review"]
State = Literal["waiting", "paid", "failed", "unanswered", "review"]


@dataclass(frozen=True, slots=True)
class TopUp:
    id: str
    boutique_id: str
    tokens: int
    amount_minor: int
    currency: str
    provider: TopUpProvider
    phone: str = field(repr=False)
    created_at: datetime
    sending_at: datetime | None  # the prompt was claimed: there may be one from then on
    checkout_request_id: str | None
    failed_at: datetime | None
    unanswered_at: datetime | None
    paid_at: datetime | None
    review_at: datetime | None  # money was reported that is not this top-up's
    result_code: str | None  # of a prompt that failed
    result_text: str | None
    receipt: str | None

    @property
    def state(self) -> State:
        """Paid is paid, whatever was reported before it."""
        if self.paid_at is not None:
            return "paid"
        if self.review_at is not None:
            return "review"
        if self.failed_at is not None:
            return "failed"
        return "waiting" if self.unanswered_at is None else "unanswered"

    @property
    def is_open(self) -> bool:
        """Whether M-Pesa has not told its end yet."""
        return self.state in ("waiting", "unanswered")


_STEPS: LiteralString = """
select boutique_id, top_up_id,
  min(at) filter (where step = 'sending') as sending_at,
  min(checkout_request_id) filter (where step = 'accepted') as checkout_request_id,
  min(at) filter (where step = 'failed') as failed_at,
  min(at) filter (where step = 'unanswered') as unanswered_at,
  min(at) filter (where step = 'paid') as paid_at,
  min(at) filter (where step = 'review') as review_at,
  min(result_code) filter (where step = 'failed') as result_code,
  min(result_text) filter (where step = 'failed') as result_text,
  min(receipt) filter (where step in ('paid', 'receipt')) as receipt
from wallet_top_up_steps s where s.boutique_id = u.boutique_id and s.top_up_id = u.id
group by boutique_id, top_up_id
"""
_TOP_UP: LiteralString = f"""
select u.id::text, u.boutique_id::text, u.tokens, u.amount_minor, u.currency, u.provider, u.phone,
  u.created_at, s.sending_at, s.checkout_request_id, s.failed_at, s.unanswered_at, s.paid_at,
  s.review_at, s.result_code, s.result_text, s.receipt
from wallet_top_ups u left join lateral ({_STEPS}) s on true
"""


async def add(
    conn: Connection,
    *,
    tokens: int,
    amount_minor: int,
    currency: str,
    provider: TopUpProvider,
    account: str,
    phone: str,
    callback_token: str,
    started_by: str | None,
) -> str:
    """The new top-up's id."""
    cursor = await conn.execute(
        """insert into wallet_top_ups (boutique_id, tokens, amount_minor, currency, provider,
             account, phone, callback_token, started_by)
           values (private.current_boutique(), %(tokens)s, %(amount_minor)s, %(currency)s,
             %(provider)s, %(account)s, %(phone)s, %(callback_token)s, %(started_by)s)
           returning id::text""",
        {
            "tokens": tokens,
            "amount_minor": amount_minor,
            "currency": currency,
            "provider": provider,
            "account": account,
            "phone": phone,
            "callback_token": callback_token,
            "started_by": started_by,
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


async def get(conn: Connection, *, top_up_id: str) -> TopUp | None:
    statement = _TOP_UP + "where u.boutique_id = private.current_boutique() and u.id = %(id)s"
    return await _one(conn, statement, top_up_id)


async def newest(conn: Connection, *, lock: bool = False) -> TopUp | None:
    """The boutique's last; with `lock` nobody begins another until the transaction ends."""
    if lock:
        await conn.execute(
            "select pg_advisory_xact_lock(hashtextextended("
            "'top_up:' || private.current_boutique(), 0))"
        )
    return await _one(
        conn,
        _TOP_UP
        + """where u.boutique_id = private.current_boutique()
             order by u.created_at desc limit 1""",
        None,
    )


async def latest(conn: Connection, *, limit: int) -> list[TopUp]:
    """The boutique's last ones, newest first."""
    async with conn.cursor(row_factory=class_row(TopUp)) as cursor:
        await cursor.execute(
            _TOP_UP
            + """where u.boutique_id = private.current_boutique()
                 order by u.created_at desc limit %(limit)s""",
            {"limit": limit},
        )
        return await cursor.fetchall()


async def of_token(conn: Connection, *, callback_token: str) -> TopUp | None:
    """The top-up of a callback's address, of any boutique. Needs a system connection."""
    return await _one(conn, _TOP_UP + "where u.callback_token = %(id)s", callback_token)


async def token_of(conn: Connection, *, top_up_id: str) -> str:
    cursor = await conn.execute(
        """select callback_token from wallet_top_ups
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": top_up_id},
    )
    row = await cursor.fetchone()
    assert row is not None  # the job was deferred with the top-up
    return str(row["callback_token"])


async def add_step(
    conn: Connection,
    *,
    top_up_id: str,
    step: Step,
    checkout_request_id: str | None = None,
    result_code: str | None = None,
    result_text: str | None = None,
    receipt: str | None = None,
    received_minor: int | None = None,
) -> bool:
    """False when this step was there already, or when its receipt paid for another top-up."""
    cursor = await conn.execute(
        """insert into wallet_top_up_steps (boutique_id, top_up_id, step, checkout_request_id,
             result_code, result_text, receipt, received_minor)
           values (private.current_boutique(), %(top_up_id)s, %(step)s, %(checkout)s,
             %(result_code)s, %(result_text)s, %(receipt)s, %(received_minor)s)
           on conflict do nothing""",
        {
            "top_up_id": top_up_id,
            "step": step,
            "checkout": checkout_request_id,
            "result_code": result_code,
            "result_text": result_text,
            "receipt": receipt,
            "received_minor": received_minor,
        },
    )
    return cursor.rowcount == 1


async def _one(conn: Connection, statement: LiteralString, value: str | None) -> TopUp | None:
    async with conn.cursor(row_factory=class_row(TopUp)) as cursor:
        await cursor.execute(statement, {"id": value})
        return await cursor.fetchone()
