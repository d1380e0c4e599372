"""Prompts of one shilling to the owner's own phone; each step is added once and never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.payment_providers import PromptProvider

TestProvider = PromptProvider


@dataclass(frozen=True, slots=True)
class MpesaTest:
    id: str
    boutique_id: str
    provider: TestProvider
    account: str
    phone: str = field(repr=False)
    amount_minor: int
    created_at: datetime
    sending_at: datetime | None  # the prompt was claimed: there may be one from then on
    checkout_request_id: str | None
    ended_at: datetime | None
    result_code: str | None
    result_text: str | None
    receipt: str | None


_TEST: LiteralString = """
select t.id::text, t.boutique_id::text, t.provider, t.account, t.phone, t.amount_minor,
  t.created_at, s.at as sending_at, a.checkout_request_id, e.at as ended_at, e.result_code,
  e.result_text, e.receipt
from mpesa_tests t
left join mpesa_test_steps s
  on (s.boutique_id, s.test_id, s.step) = (t.boutique_id, t.id, 'sending')
left join mpesa_test_steps a
  on (a.boutique_id, a.test_id, a.step) = (t.boutique_id, t.id, 'accepted')
left join mpesa_test_steps e on (e.boutique_id, e.test_id, e.step) = (t.boutique_id, t.id, 'ended')
"""


async def add(
    conn: Connection,
    *,
    provider: TestProvider,
    account: str,
    phone: str,
    amount_minor: int,
    callback_token: str,
    started_by: str,
) -> str:
    """The new test's id."""
    cursor = await conn.execute(
        """insert into mpesa_tests
             (boutique_id, provider, account, phone, amount_minor, callback_token, started_by)
           values (private.current_boutique(), %(provider)s, %(account)s, %(phone)s,
             %(amount_minor)s, %(callback_token)s, %(started_by)s)
           returning id::text""",
        {
            "provider": provider,
            "account": account,
            "phone": phone,
            "amount_minor": amount_minor,
            "callback_token": callback_token,
            "started_by": started_by,
        },
    )
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


async def get(conn: Connection, *, test_id: str) -> MpesaTest | None:
    statement = _TEST + "where t.boutique_id = private.current_boutique() and t.id = %(id)s"
    return await _one(conn, statement, test_id)


async def newest(conn: Connection, *, account: str) -> MpesaTest | None:
    """The last test of this short code."""
    return await _one(
        conn,
        _TEST
        + """where t.boutique_id = private.current_boutique() and t.account = %(id)s
             order by t.created_at desc limit 1""",
        account,
    )


async def of_token(conn: Connection, *, callback_token: str) -> MpesaTest | None:
    """The test of a callback's address, of any boutique. Needs a system connection."""
    return await _one(conn, _TEST + "where t.callback_token = %(id)s", callback_token)


async def token_of(conn: Connection, *, test_id: str) -> str:
    cursor = await conn.execute(
        """select callback_token from mpesa_tests
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": test_id},
    )
    row = await cursor.fetchone()
    assert row is not None  # the job was deferred with the test
    return str(row["callback_token"])


async def add_step(
    conn: Connection,
    *,
    boutique_id: str,
    test_id: str,
    step: Literal["sending", "accepted", "ended"],
    checkout_request_id: str | None = None,
    result_code: str | None = None,
    result_text: str | None = None,
    receipt: str | None = None,
) -> bool:
    """False when this step was there already: the first answer counts."""
    cursor = await conn.execute(
        """insert into mpesa_test_steps (boutique_id, test_id, step, checkout_request_id,
             result_code, result_text, receipt)
           values (%(boutique_id)s, %(test_id)s, %(step)s, %(checkout_request_id)s,
             %(result_code)s, %(result_text)s, %(receipt)s)
           on conflict do nothing""",
        {
            "boutique_id": boutique_id,
            "test_id": test_id,
            "step": step,
            "checkout_request_id": checkout_request_id,
            "result_code": result_code,
            "result_text": result_text,
            "receipt": receipt,
        },
    )
    return cursor.rowcount == 1


async def _one(conn: Connection, statement: LiteralString, value: str) -> MpesaTest | None:
    async with conn.cursor(row_factory=class_row(MpesaTest)) as cursor:
        await cursor.execute(statement, {"id": value})
        return await cursor.fetchone()
