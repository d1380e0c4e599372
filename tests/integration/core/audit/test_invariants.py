"""Each check of `dukani audit` finds what breaks it, and nothing else does.

The rows are written as the tables' owner with triggers off: no code of ours leaves such rows.
"""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from dukani.core.audit.running import EVERY_CHECK, audit
from dukani.core.audit.safeguards import APPEND_ONLY
from dukani.core.database import Database
from tests.factories import a_boutique, a_customer
from tests.integration.core.audit.broken_rows import BROKEN
from tests.integration.core.audit.whole_shop import break_rows, open_whole_shop


async def test_a_shop_in_which_all_was_done_to_its_end_has_no_finding(
    database: Database, superuser_url: str
) -> None:
    open_whole_shop(superuser_url, await a_boutique(database))

    report = await audit(database)

    assert (report.boutiques, report.findings, report.unanswered) == (1, [], [])


@pytest.mark.parametrize(("check", "named", "statement"), BROKEN)
async def test_each_check_finds_what_breaks_it(
    database: Database, superuser_url: str, check: str, named: str | None, statement: str
) -> None:
    # given two shops, one of which is broken in one place
    stranger, boutique = await a_boutique(database), await a_boutique(database, slug="zuri")
    strange = {"strange_customer": await a_customer(database, stranger)}
    ids = open_whole_shop(superuser_url, boutique)
    break_rows(superuser_url, statement, ids | strange)

    # when all are looked at
    report = await audit(database)

    # then that is what is found, there and nowhere else
    assert [(one.check, one.boutique) for one in report.findings] == [
        (check, "" if check in INSTALLATION else "zuri")
    ]
    if named is not None:
        assert [row["id"] for row in report.findings[0].rows] == [ids[named]]


async def test_what_may_be_under_way_is_no_finding(database: Database, superuser_url: str) -> None:
    # given a payment that M-Pesa has not answered for some minutes
    boutique = await a_boutique(database)
    ids = open_whole_shop(superuser_url, boutique)
    break_rows(superuser_url,
               """insert into payments (boutique_id, order_id, attempt, provider, phone,
                    amount_minor, status, callback_token, created_at)
                  values (%(b)s, %(order)s, 2, 'daraja', '+254722000001', 925000, 'pending', 't2',
                    now() - interval '5 minutes')""", ids)  # fmt: skip

    # then it is a finding only for who knows that nothing is under way
    assert (await audit(database)).findings == []
    report = await audit(database, still=timedelta(0))
    assert [one.check for one in report.findings] == ["no_payment_is_forgotten"]


async def test_what_is_said_outside_of_turns_is_no_finding(
    database: Database, superuser_url: str
) -> None:
    # given a picture that failed, its words alone after it, and a receipt that a person sent
    ids = open_whole_shop(superuser_url, await a_boutique(database))
    break_rows(superuser_url,
               """insert into messages (boutique_id, conversation_id, direction, author, provider,
                    status, body, provider_id, reference, created_at)
                  values (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'failed', 'Look', 'wamid.1',
                      null, (select created_at from messages where id = %(reply)s)),
                    (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'read', 'Look', 'wamid.2',
                      null, now() - interval '2 days'),
                    (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'read', 'Here it is', 'wamid.3',
                      null, now() - interval '1 day'),
                    (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'read', '', 'wamid.4',
                      'receipt:DK-0001', now() - interval '1 day');
                  update messages set payload = '{"words_alone": true}'
                  where provider_id = 'wamid.1'
               """, ids)  # fmt: skip

    assert (await audit(database)).findings == []


async def test_a_message_that_only_resembles_a_failed_one_is_no_copy_of_it(
    database: Database, superuser_url: str
) -> None:
    # given a reply that failed and was never copied, and the same words once more
    ids = open_whole_shop(superuser_url, await a_boutique(database))
    break_rows(superuser_url,
               """insert into messages (boutique_id, conversation_id, direction, author, provider,
                    status, body, provider_id, created_at)
                  values (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'failed', 'Look', 'wamid.1',
                      (select created_at from messages where id = %(reply)s)),
                    (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'read', 'Look', 'wamid.2',
                      now() - interval '2 days')""", ids)  # fmt: skip

    # then somebody answered twice
    found = (await audit(database)).findings
    assert [one.check for one in found] == ["replies_have_their_turn"]


async def test_a_check_that_takes_too_long_is_told_and_no_other_is_lost(
    database: Database, superuser_url: str
) -> None:
    # given a table that nobody can read for now
    open_whole_shop(superuser_url, await a_boutique(database))
    with psycopg.connect(superuser_url) as holding:
        holding.execute("lock table daily_closes in access exclusive mode")

        # when the checks have some time each
        report = await audit(database, within_s=0.5)

    # then what asks that table has no answer, and is not told as whole
    assert {one.check for one in report.unanswered} == {
        "closes_are_whole", "rows_keep_to_their_shop"
    }  # fmt: skip
    assert report.findings == []
    assert not report.is_clean


async def test_the_audit_can_write_nothing(database: Database) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        async with database.audit_connection(within_s=5) as conn:
            await conn.execute("update boutiques set name = 'x'")


def test_every_check_has_a_row_that_breaks_it() -> None:
    assert {check for check, _, _ in BROKEN} == {check.name for check in EVERY_CHECK}


def test_every_append_only_trigger_is_watched(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        there = conn.execute(
            """select c.relname, t.tgname from pg_trigger t
               join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
               where p.proname = 'forbid_change' and c.relnamespace = 'public'::regnamespace"""
        ).fetchall()
    assert set(there) == set(APPEND_ONLY)


INSTALLATION = {"append_only_tables_are_guarded", "tables_are_walled", "constraints_hold"}
