"""A customer's number, file and erasure: owners only, each noted, and nothing of hers left over."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import psycopg
import pytest
from psycopg import sql

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import consents, customers
from dukani.core.store.customer_export import OF_A_CUSTOMER
from dukani.tools.customer_erasing import remove_erased_files
from tests.every_table import fill_every_table
from tests.factories import a_customer
from tests.integration.api.conftest import Signed
from tests.integration.api.test_debts_api import on_credit, pay

PHONE, SECRET = "+254722909090", "marjani"
# They point to something of hers, and hold nothing that says who she is.
WITHOUT_HER = {
    "owner_inbox",  # the owner's own messages
    "campaign_runs",
}

# Tables of which tests/every_table.py has no row that is hers.
NOT_HERS_THERE = {
    "marketing_contacts", "audit_log", "token_usage", "stock_movements", "cart_codes",
    "statement_lines", "statement_matches", "agent_carts",
}  # fmt: skip


@pytest.fixture
async def her(owner: Signed, database: Database, superuser_url: str) -> str:
    """A customer with a row in every table, whose words and name are in all that may hold them."""
    await fill_every_table(superuser_url, owner.boutique)
    path = f"{owner.boutique}/messages/voice.ogg"
    with psycopg.connect(superuser_url, cursor_factory=psycopg.ClientCursor) as conn:
        (customer,) = conn.execute(
            "update customers set name = 'Zainabu Marjani', phone = %s, notes = 'marjani'"
            " where boutique_id = %s returning id::text",
            (PHONE, owner.boutique),
        ).fetchone() or ("",)
        conn.execute(_SPREAD.encode(), {"phone": PHONE, "b": owner.boutique, "path": path})
    return customer


_SPREAD = """
with owed as (select boutique_id, sale_id, sum(amount_minor) as minor from credit_entries
  where boutique_id = %(b)s group by boutique_id, sale_id),
paid as (insert into debt_payments (boutique_id, amount_minor, method, phone)
  select boutique_id, minor, 'cash', %(phone)s from owed returning boutique_id, id)
insert into credit_entries (boutique_id, sale_id, kind, amount_minor, payment_id)
  select owed.boutique_id, owed.sale_id, 'payment', -owed.minor, paid.id from owed, paid;
set local session_replication_role = 'replica';
update messages set body = 'nipunguzie, marjani', payload = '{"a": "marjani"}',
  media_path = %(path)s, understanding = '{"a": "marjani"}', perceived = '{"a": "marjani"}'
  where boutique_id = %(b)s;
insert into messages (boutique_id, recipient, direction, author, provider, status, body)
  values (%(b)s, '+254700000009', 'out', 'assistant', 'twilio', 'sent', 'Zainabu Marjani waits');
update conversation_memories set state = '{"a": "marjani"}' where boutique_id = %(b)s;
update conversation_events set payload = '{"a": "marjani"}' where boutique_id = %(b)s;
update conversations set handoff_reason = 'marjani' where boutique_id = %(b)s;
update consents set words = 'marjani' where boutique_id = %(b)s;
update internal_notes set body = 'marjani' where boutique_id = %(b)s;
update customer_tags set tag = 'marjani' where boutique_id = %(b)s;
update former_names set name = '+254722909091' where boutique_id = %(b)s;
update wearers set name = 'marjani' where boutique_id = %(b)s;
update size_facts set words = 'marjani' where boutique_id = %(b)s;
update requests set words = 'marjani', details = '{"a": "marjani"}' where boutique_id = %(b)s;
update orders set address = 'Mtaa wa marjani', note = 'marjani', status = 'confirmed',
  payment_status = 'paid', fulfilment_status = 'delivered', paid_at = now()
  where boutique_id = %(b)s;
update payments set phone = %(phone)s where boutique_id = %(b)s;
update refunds set words = 'marjani' where boutique_id = %(b)s;
update counter_sales set buyer_name = 'marjani', buyer_phone = %(phone)s where boutique_id = %(b)s;
update campaign_recipients set identity = %(phone)s, variables = '{"name": "marjani"}'
  where boutique_id = %(b)s;
update marketing_contacts set identity = %(phone)s where boutique_id = %(b)s;
update suppressed_identities set identity = %(phone)s where boutique_id = %(b)s;
update domain_events set payload = payload || '{"words": "marjani"}'
  where boutique_id = %(b)s and customer_id is not null;
update webhook_events set payload = '{"from": "254722909090", "name": "Marjani"}'
  where boutique_id = %(b)s;
update idempotency_keys set answer = '{"customer": "Zainabu Marjani"}' where boutique_id = %(b)s;
update owner_sessions set pending = '{"to": "zainabu marjani"}' where boutique_id = %(b)s;
update statement_lines set other_party = 'marjani', details = 'from marjani', phone = '254722909090'
  where boutique_id = %(b)s;
insert into private.portfolio_users values ('p', %(phone)s, now());
"""


def found_anywhere(superuser_url: str, *secrets: str) -> list[str]:
    """Each table and row of the whole database that holds one of them."""
    found = []
    with psycopg.connect(superuser_url) as conn:
        tables = conn.execute(
            "select schemaname, tablename from pg_tables"
            " where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            query = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
            for (row,) in conn.execute(query):
                if any(one.lower() in row.lower() for one in secrets):
                    found.append(f"{schema}.{table}: {row}")
    return found


async def test_after_an_erasure_nothing_of_hers_is_anywhere(
    owner: Signed, her: str, superuser_url: str
) -> None:
    secrets = (PHONE.lstrip("+"), "722909091", SECRET)
    assert len({line.split(":")[0] for line in found_anywhere(superuser_url, *secrets)}) > 20

    report = await owner.post(f"/customers/{her}/erase")

    assert found_anywhere(superuser_url, *secrets) == []
    assert report["kept"]["orders"] == report["kept"]["payments"] == 1
    assert report["removed"]["messages"] == 2
    assert report["files"] == 1
    # and again it is the same report, and nothing more happens
    assert await owner.post(f"/customers/{her}/erase") == report
    assert [one["id"] for one in (await owner.get("/customers"))["items"]] == []


async def test_orders_and_money_stay_to_the_cent(
    owner: Signed, her: str, superuser_url: str
) -> None:
    def figures() -> list[tuple[Any, ...]]:
        with psycopg.connect(superuser_url) as conn:
            return conn.execute(
                "select number, total_minor, refunded_minor, payment_status, paid_at from orders"
                " union all select number, total_minor, 0, paid_by, created_at from counter_sales"
                " union all select status, amount_minor, 0, receipt, created_at from payments"
                " union all select method, amount_minor, 0, reference, created_at from refunds"
                " order by 1, 2"
            ).fetchall()

    before = figures()
    await owner.post(f"/customers/{her}/erase")
    assert figures() == before


async def test_a_stop_outlives_the_erasure_and_she_may_come_as_somebody_new(
    owner: Signed, database: Database
) -> None:
    amina = await a_customer(database, owner.boutique, name="Amina", phone=PHONE)
    async with database.tenant_connection(owner.boutique) as conn:
        await consents.record(
            conn, customer_id=amina, purpose="marketing", granted=True, source="whatsapp"
        )
        await consents.record(
            conn, customer_id=amina, purpose="assistant", granted=False, source="whatsapp"
        )
    await owner.post(f"/customers/{amina}/erase")

    async with database.tenant_connection(owner.boutique) as conn:
        new = await customers.find_or_create(conn, phone=PHONE)
        assert new.id != amina
        assert not await consents.may_answer(conn, customer_id=new.id)
        assert not await consents.may_market(conn, customer_id=new.id)
    other = await a_customer(database, owner.boutique, name="Njeri", phone="+254722000002")
    async with database.tenant_connection(owner.boutique) as conn:
        assert await consents.may_answer(conn, customer_id=other)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("status = 'open'", "Not over yet: DK-0001"),
        ("payment_status = 'needs_review'", "under review"),
        ("fulfilment_status = 'unfulfilled'", "Not over yet"),
    ],
)
async def test_an_erasure_waits_until_her_orders_are_over(
    owner: Signed, her: str, superuser_url: str, columns: str, told: str
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(f"update orders set {columns}".encode())

    answer = await owner.call("POST", f"/customers/{her}/erase")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_erasable")
    assert told in answer.json()["detail"]
    assert found_anywhere(superuser_url, PHONE) != []


async def test_an_erasure_waits_until_nothing_is_owed(
    owner: Signed, her: str, database: Database, superuser_url: str
) -> None:
    # given a sale on credit to her
    sale = await on_credit(owner, database, buyer_phone=PHONE)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update counter_sales set customer_id = %s where id = %s", (her, sale["id"]))

    # when she is to be erased, then it is said what she owes
    answer = await owner.call("POST", f"/customers/{her}/erase")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_erasable")
    assert f"Still owed for: {sale['number']}" in answer.json()["detail"]

    # and once it is paid, she may be
    await pay(owner, sale, amount_minor=sale["total_minor"])
    await owner.post(f"/customers/{her}/erase")


async def test_her_files_are_removed_by_the_job(
    owner: Signed, her: str, services: Services, superuser_url: str
) -> None:
    path = f"{owner.boutique}/messages/voice.ogg"
    await services.media.put(path, b"hujambo", "audio/ogg")
    await owner.post(f"/customers/{her}/erase")
    with psycopg.connect(superuser_url) as conn:
        (args,) = conn.execute(
            "select args from jobs.procrastinate_jobs where task_name = 'remove_erased_files'"
        ).fetchone() or ({},)

    for _ in range(2):
        await remove_erased_files(services, **args)

    assert not await services.media.exists(path)
    with pytest.raises(ValueError, match="not of boutique"):
        await remove_erased_files(services, boutique_id=owner.user_id, paths=[path])


async def test_the_file_of_a_customer_holds_her_rows_and_media(
    owner: Signed, her: str, services: Services
) -> None:
    await services.media.put(f"{owner.boutique}/messages/voice.ogg", b"hujambo", "audio/ogg")

    answer = await owner.call("POST", f"/customers/{her}/export")

    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.read("media/voice.ogg") == b"hujambo"
        data = json.loads(file.read("data.json"))
    assert data["customers"][0]["phone"] == PHONE
    empty = {table for table, rows in data.items() if not rows}
    assert empty <= NOT_HERS_THERE
    assert "callback_token" not in data["payments"][0]


async def test_each_reveal_and_export_is_noted_with_who_did_it(owner: Signed, her: str) -> None:
    assert (await owner.post(f"/customers/{her}/reveal-phone")) == {"phone": PHONE}
    await owner.call("POST", f"/customers/{her}/export")
    await owner.post(f"/customers/{her}/erase")

    lines = (await owner.get(f"/customers/{her}/log"))["items"]

    told = [one["action"] for one in lines if one["action"].startswith("customer_")]
    assert told == ["customer_erased", "customer_exported", "customer_phone_revealed"]
    assert {one["actor"] for one in lines} == {f"owner:{owner.user_id}"}


async def test_staff_and_strangers_get_no_number(staff: Signed, stranger: Signed, her: str) -> None:
    for path in ("reveal-phone", "export", "erase"):
        assert (await staff.call("POST", f"/customers/{her}/{path}")).status_code == 403
        assert (await stranger.call("POST", f"/customers/{her}/{path}")).status_code == 404
    assert PHONE not in json.dumps(await staff.get(f"/customers/{her}"))


def test_every_table_that_leads_to_a_customer_is_exported(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        references = conn.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
            " where contype = 'f' and connamespace = 'public'::regnamespace"
        ).fetchall()
    leads = {"customers"}
    beyond = {"campaign_occurrences", "boutiques"}
    while True:
        more = {one for one, to in references if to in leads} - leads - beyond
        if not more:
            break
        leads |= more
    assert leads - set(OF_A_CUSTOMER) - WITHOUT_HER == set()


async def test_taste_is_what_was_bought_and_nothing_where_nothing_was(
    staff: Signed, her: str, database: Database
) -> None:
    unknown = await a_customer(database, staff.boutique, name="Amina", phone="+254722000777")

    known = await staff.get(f"/customers/{her}/taste")
    nothing = await staff.get(f"/customers/{unknown}/taste")

    # her one piece went back, so no colour is hers
    assert (known["bought"], known["colours"], known["price_band"]) == (1, [], "mid")
    assert (nothing["bought"], nothing["colours"], nothing["pieces"]) == (0, [], [])
