"""The last word of each purpose counts."""

from __future__ import annotations

import pytest

from dukani.core.database import Database
from dukani.core.store import consents
from tests.factories import a_boutique, a_customer


@pytest.mark.parametrize(
    ("words", "may_answer", "may_market"),
    [
        # Nothing said: may be answered, never written to first.
        ([], True, False),
        ([("marketing", True)], True, True),
        ([("marketing", True), ("marketing", False)], True, False),
        ([("assistant", False)], False, False),
        ([("assistant", False), ("assistant", True)], True, False),
        # A stop is a stop of everything, whatever was agreed to before; a start gives that back.
        ([("marketing", True), ("assistant", False)], False, False),
        ([("marketing", True), ("assistant", False), ("assistant", True)], True, True),
        # Buying or being answered again is no consent to marketing.
        ([("marketing", False), ("assistant", True)], True, False),
    ],
)
async def test_the_last_word_of_each_purpose_counts(
    database: Database,
    words: list[tuple[consents.Purpose, bool]],
    may_answer: bool,
    may_market: bool,
) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        for purpose, granted in words:
            await consents.record(
                conn, customer_id=customer, purpose=purpose, granted=granted, source="whatsapp"
            )

        assert await consents.may_answer(conn, customer_id=customer) is may_answer
        assert await consents.may_market(conn, customer_id=customer) is may_market


async def test_another_boutique_does_not_see_a_consent(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, mine)
    async with database.tenant_connection(mine) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="marketing", granted=True, source="whatsapp"
        )

    async with database.tenant_connection(theirs) as conn:
        assert await consents.latest(conn, customer_id=customer, purpose="marketing") is None
        assert not await consents.may_market(conn, customer_id=customer)
