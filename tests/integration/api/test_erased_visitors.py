"""What a customer's browser did, and what rules wrote to her, goes with her; a ban outlives it."""

from __future__ import annotations

import psycopg

from dukani.core.database import Database
from dukani.core.store import consents, customers, suppressed_identities
from tests.every_table import fill_every_table
from tests.factories import a_boutique, a_customer
from tests.integration.api.conftest import Signed
from tests.integration.api.test_customer_records import found_anywhere

VISITOR, PHONE = "7a7a7a7a-7a7a-4a7a-8a7a-7a7a7a7a7a7a", "+254722909090"
# Each has a row of hers in `tests/every_table.py`.
GONE = (
    "automation_clicks", "automation_conversions", "automation_decisions", "automation_sends",
    "automation_enrolments", "stock_waits", "visitor_customers",
)  # fmt: skip
_SEEN = """
insert into visitor_customers (boutique_id, anonymous_id, customer_id)
  values (%(b)s, %(visitor)s, %(her)s);
insert into window_carts (boutique_id, anonymous_id, lines) values (%(b)s, %(visitor)s, '[]');
insert into cart_codes (boutique_id, code, lines, language, anonymous_id)
  values (%(b)s, 'K7QF2N', '[]', 'en', %(visitor)s);
insert into consent_codes (boutique_id, anonymous_id, phone_digest, address_digest, code_digest,
    sealed, language, channels, words)
  values (%(b)s, %(visitor)s, 'a', 'b', 'c', 'sealed', 'en', '{sms}', 'Yes');
insert into domain_events (boutique_id, kind, anonymous_id, subject_id, payload)
  values (%(b)s, 'view_product', %(visitor)s, %(b)s, '{"sku": "DRESS"}');
insert into domain_events (boutique_id, kind, anonymous_id, customer_id, subject_id)
  values (%(b)s, 'view_product', %(visitor)s, %(her)s, %(b)s);
update orders set utm_message_id = 'Ab3dEf6hIj9k', status = 'confirmed', payment_status = 'paid',
  fulfilment_status = 'delivered', paid_at = now() where boutique_id = %(b)s;
update automation_sends set code = 'Ab3dEf6hIj9k' where boutique_id = %(b)s;
"""


async def a_visitor(owner: Signed, superuser_url: str) -> str:
    """A customer with a row in every table, and a browser that said she is her."""
    await fill_every_table(superuser_url, owner.boutique)
    with psycopg.connect(superuser_url, cursor_factory=psycopg.ClientCursor) as conn:
        (her,) = conn.execute(
            "select id::text from customers where boutique_id = %s", (owner.boutique,)
        ).fetchone() or ("",)
        conn.execute("set local session_replication_role = 'replica'")
        conn.execute("update counter_sales set owed_minor = 0")
        conn.execute("delete from credit_entries")
        conn.execute("set local session_replication_role = 'origin'")
        conn.execute(_SEEN.encode(), {"b": owner.boutique, "her": her, "visitor": VISITOR})
    return her


def pointing_to(superuser_url: str, customer_id: str) -> set[str]:
    """The tables of which a row says that it is hers."""
    with psycopg.connect(superuser_url) as conn:
        tables = conn.execute(
            """select c.table_name from information_schema.columns c
               join information_schema.tables t using (table_schema, table_name)
               where c.table_schema = 'public' and c.column_name = 'customer_id'
                 and t.table_type = 'BASE TABLE'"""
        ).fetchall()
        return {
            table
            for (table,) in tables
            if conn.execute(
                f"select from {table} where customer_id = %s".encode(), (customer_id,)
            ).fetchone()
            is not None
        }


async def test_no_table_knows_her_browser_or_her_messages_after_it(
    owner: Signed, superuser_url: str
) -> None:
    her = await a_visitor(owner, superuser_url)
    assert len(found_anywhere(superuser_url, VISITOR)) >= 6

    removed = (await owner.post(f"/customers/{her}/erase"))["removed"]

    assert found_anywhere(superuser_url, VISITOR, "Ab3dEf6hIj9k") == []
    assert pointing_to(superuser_url, her) == {"customer_totals", "orders", "counter_sales",
        "campaign_recipients", "daily_buyers"}  # fmt: skip
    assert {table: removed[table] for table in GONE} == dict.fromkeys(GONE, 1) | {
        "visitor_customers": 2
    }
    assert (removed["window_carts"], removed["consent_codes"]) == (2, 2)


async def test_what_she_agreed_to_is_told_of_nobody_after_it(
    owner: Signed, superuser_url: str, database: Database
) -> None:
    # given that what she said of offers was told with her as its subject
    her = await a_customer(database, owner.boutique, name="Amina", phone=PHONE)
    async with database.tenant_connection(owner.boutique) as conn:
        for granted in (True, False):
            await consents.record(
                conn, customer_id=her, purpose="marketing", granted=granted, source="window"
            )
    assert any("domain_events" in one for one in found_anywhere(superuser_url, her))

    # when
    await owner.post(f"/customers/{her}/erase")

    # then what is left of her number is the record of the erasure
    still = {one.split(":")[0] for one in found_anywhere(superuser_url, her)}
    assert still == {"public.customers", "public.customer_totals", "public.audit_log"}


async def test_what_others_did_stays(owner: Signed, superuser_url: str, database: Database) -> None:
    her = await a_visitor(owner, superuser_url)
    other = await a_boutique(database)
    async with database.tenant_connection(other) as conn:
        await conn.execute(
            "insert into window_carts (boutique_id, anonymous_id, lines) values (%s, %s, '[]')",
            (other, VISITOR),
        )

    await owner.post(f"/customers/{her}/erase")

    # the same browser was in another shop, whose it is to forget
    assert len(found_anywhere(superuser_url, VISITOR)) == 1


async def test_who_was_not_to_be_written_is_not_written_when_she_comes_again(
    owner: Signed, superuser_url: str, database: Database
) -> None:
    amina = await a_customer(database, owner.boutique, name="Amina", phone=PHONE)
    async with database.tenant_connection(owner.boutique) as conn:
        await suppressed_identities.add(conn, identity=PHONE, reason="complained")

    await owner.post(f"/customers/{amina}/erase")
    between = found_anywhere(superuser_url, PHONE.lstrip("+"))
    async with database.tenant_connection(owner.boutique) as conn:
        await customers.find_or_create(conn, phone=PHONE)
        again = await suppressed_identities.why(conn, identity=PHONE)

    assert (between, again) == ([], "complained")


async def test_another_shop_is_not_told_of_a_ban(owner: Signed, database: Database) -> None:
    amina = await a_customer(database, owner.boutique, name="Amina", phone=PHONE)
    async with database.tenant_connection(owner.boutique) as conn:
        await suppressed_identities.add(conn, identity=PHONE, reason="complained")
    await owner.post(f"/customers/{amina}/erase")

    other = await a_boutique(database)
    async with database.tenant_connection(other) as conn:
        await customers.find_or_create(conn, phone=PHONE)
        assert await suppressed_identities.why(conn, identity=PHONE) is None


async def test_that_she_wants_no_sms_outlives_it(owner: Signed, database: Database) -> None:
    amina = await a_customer(database, owner.boutique, name="Amina", phone=PHONE)
    async with database.tenant_connection(owner.boutique) as conn:
        for granted in (True, False):
            await consents.record(
                conn, customer_id=amina, purpose="sms", granted=granted, source="sms"
            )
    await owner.post(f"/customers/{amina}/erase")

    async with database.tenant_connection(owner.boutique) as conn:
        new = await customers.find_or_create(conn, phone=PHONE)
        said = await consents.latest(conn, customer_id=new.id, purpose="sms")
    assert said is not None and (said.granted, said.source) == (False, "before_erasure")
