"""The command palette reads by indexes, however many customers, orders and messages there are."""

from __future__ import annotations

import psycopg

from dukani.core.database import Database
from dukani.core.store import palette_search
from dukani.core.store.palette_search import Wanted
from tests.bench.boutiques import add_shop
from tests.signing_in import a_member

# A history of 20,000 customers who each wrote once, a third of whom ordered.
_HISTORY = """
insert into customers (boutique_id, id, name, phone)
select %(b)s, gen_random_uuid(),
  (array['Amina', 'Njeri', 'Zawadi', 'Akinyi', 'Wanjiru', 'Fatuma', 'Chebet'])[1 + n %% 7] || ' '
    || (array['Otieno', 'Kamau', 'Mwangi', 'Hassan', 'Kiprop', 'Mutua'])[1 + (n / 7) %% 6] || n,
  '+2547' || lpad(n::text, 8, '0')
from generate_series(1, 20000) n;
insert into conversations (boutique_id, customer_id, provider)
select boutique_id, id, 'twilio' from customers where boutique_id = %(b)s;
insert into messages (boutique_id, conversation_id, provider, direction, author, kind, body, status)
select v.boutique_id, v.id, 'twilio', 'in', 'customer', 'text',
  'do you have size ' || substr(v.id::text, 1, 4) || ' in blue', 'received'
from conversations v where v.boutique_id = %(b)s;
insert into orders (boutique_id, number, customer_id, currency, items_minor, address)
select boutique_id, 'DK-' || upper(substr(md5(id::text), 1, 6)), id, 'KES', 1, 'Kilimani'
from customers where boutique_id = %(b)s and right(phone, 1) in ('1', '5', '8')
on conflict do nothing;
"""
EVERYTHING = Wanted(words=["zawadi", "kip"], digits="70000123", number="AB", in_chats=True)


async def test_it_reads_by_its_indexes(database: Database, superuser_url: str) -> None:
    # given a large shop with a long history
    boutique = add_shop(superuser_url, 3_000)
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        for statement in _HISTORY.split(";\n"):
            if statement.strip():
                conn.execute(statement.encode(), {"b": boutique})
        conn.execute("vacuum analyze")
    staff = a_member(superuser_url, boutique, "staff")

    # when a person of the shop types words, digits and the beginning of a number
    async with database.member_connection({"sub": staff}, boutique) as conn:
        await conn.execute("set local enable_seqscan = on")
        asked = await conn.execute(
            b"explain (costs off) " + palette_search._STATEMENT.encode(),
            palette_search.values_of(EVERYTHING),
        )
        plan = "\n".join(row["QUERY PLAN"] for row in await asked.fetchall())

    # then each list is read by its index, and none whole
    for index in (
        "products_found_by", "customer_totals_found_by", "orders_number_begins", "orders_customer",
        "messages_own_words",
    ):  # fmt: skip
        assert index in plan, plan
    for table in ("products", "customer_totals", "customers", "orders", "messages"):
        assert f"Seq Scan on {table} " not in plan, plan
