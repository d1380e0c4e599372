"""Domain events: each once, with its transaction or not at all, and read by whoever may."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from dukani.core.database import Connection, Database
from dukani.core.store import carts, domain_events, orders, payments, stock
from dukani.core.store.domain_events import FROM_THE_START, Cursor, StoredEvent
from dukani.domain import domain_events as kinds
from dukani.domain.domain_events import DomainEvent, read_event
from tests.every_table import fill_every_table
from tests.factories import (
    Variant,
    a_boutique,
    a_conversation,
    a_customer,
    a_product,
    an_arrival,
    put_in_cart,
)

TOLD_BY_MESSAGES = {"message_in", "message_out"}


async def happened(
    database: Database, boutique: str, cursor: Cursor = FROM_THE_START
) -> list[StoredEvent]:
    async with database.tenant_connection(boutique) as conn:
        return await domain_events.read_since(conn, cursor=cursor)


async def told(
    database: Database, boutique: str, cursor: Cursor = FROM_THE_START
) -> list[DomainEvent]:
    """What happened, each payload held to the fields of its kind."""
    return [read_event(e.kind, e.payload) for e in await happened(database, boutique, cursor)]


async def now(database: Database, boutique: str) -> Cursor:
    async with database.tenant_connection(boutique) as conn:
        return await domain_events.from_now(conn)


async def more_to_come(database: Database, boutique: str) -> bool:
    async with database.tenant_connection(boutique) as conn:
        return await domain_events.more_to_come(conn)


async def an_order(conn: Connection, boutique: str, customer: str, number: str = "DK-1000") -> str:
    order = await orders.add(
        conn, boutique_id=boutique, number=number, customer_id=customer, conversation_id=None,
        cart_id=None, currency="KES", items_minor=450000, delivery_minor=20000, address="Kilimani",
    )  # fmt: skip
    assert order is not None
    return order


async def append_one(conn: Connection, subject: str) -> None:
    await domain_events.append(conn, kinds.CartAbandoned(pieces=2), subject_id=subject)


async def sell(database: Database, boutique: str, variant: Variant, delta: int) -> None:
    async with database.tenant_connection(boutique) as conn:
        await stock.move(
            conn, boutique_id=boutique, variant_id=variant.id, delta=delta, reason="adjustment"
        )


async def test_an_order_is_told_from_its_placing_to_its_delivery(database: Database) -> None:
    # given a customer who talks with the boutique
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)

    # when her order is placed, an attempt to pay it fails, it is paid, and it is delivered
    async with database.tenant_connection(boutique) as conn:
        order = await an_order(conn, boutique, customer)
        attempt = await payments.add(
            conn, boutique_id=boutique, order_id=order, provider="daraja",
            phone="+254722000001", amount_minor=470000, callback_token="t",
        )  # fmt: skip
        assert attempt is not None
        for _ in range(2):  # an answer may come twice
            await payments.resolve(conn, payment_id=attempt, status="failed", result_code="1032")
        await orders.set_payment_status(
            conn, order_id=order, payment_status="needs_review", review_reason="manual_claim"
        )
        for _ in range(2):
            await orders.confirm_paid(conn, order_id=order)
        for state in ("dispatched", "delivered", "delivered"):
            await conn.execute("update orders set fulfilment_status = %s", (state,))

    # then each is told once, in order
    money = {"number": "DK-1000", "total_minor": 470000, "currency": "KES"}
    assert await told(database, boutique) == [
        kinds.OrderPlaced(**money, replaces_id=None),
        kinds.PaymentFailed(number="DK-1000", attempt=1, amount_minor=470000, result_code="1032"),
        kinds.PaymentInReview(**money, reason="manual_claim"),
        kinds.OrderPaid(**money),
        kinds.OrderDispatched(**money),
        kinds.OrderDelivered(**money),
    ]
    assert {(e.subject_id, e.customer_id) for e in await happened(database, boutique)} == {
        (order, customer)
    }


async def test_an_order_that_ends_and_one_that_comes_back_are_told(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        first = await an_order(conn, boutique, customer, "DK-1000")
        second = await an_order(conn, boutique, customer, "DK-1001")
    before = await now(database, boutique)

    async with database.tenant_connection(boutique) as conn:
        for _ in range(2):
            await orders.cancel(conn, order_id=first)
        await conn.execute(
            "update orders set fulfilment_status = 'returned' where id = %s", (second,)
        )

    events = await happened(database, boutique, before)
    assert [(e.kind, e.subject_id) for e in events] == [
        ("order_cancelled", first),
        ("order_returned", second),
    ]


async def test_a_cart_is_told_as_it_changes_and_when_it_is_given_up(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [variant] = await a_product(database, boutique)
    before = await now(database, boutique)

    cart = await put_in_cart(database, boutique, customer, variant, quantity=3)
    async with database.tenant_connection(boutique) as conn:
        await carts.abandon_open(conn, customer_id=customer)

    events = await happened(database, boutique, before)
    changes = [e for e in events if e.kind == "cart_changed"]
    assert [read_event(e.kind, e.payload) for e in changes] == [
        kinds.CartChanged(version=1, pieces=3),
        kinds.CartChanged(version=1, pieces=0),
    ]
    assert {(e.subject_id, e.customer_id) for e in changes} == {(cart, customer)}


async def test_what_is_put_into_the_cart_is_told_by_what_came_more(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [variant] = await a_product(database, boutique, sku="DRESS")
    before = await now(database, boutique)

    # when three are put in, two of them taken out again, and then one more put in
    for quantity in (3, 1, 2):
        await put_in_cart(database, boutique, customer, variant, quantity=quantity)

    events = [e for e in await happened(database, boutique, before) if e.kind == "add_to_cart"]
    assert [read_event(e.kind, e.payload) for e in events] == [
        kinds.AddToCart(sku="DRESS", variant_id=variant.id, quantity=3),
        kinds.AddToCart(sku="DRESS", variant_id=variant.id, quantity=1),
    ]
    assert {(e.subject_id, e.customer_id) for e in events} == {(variant.product_id, customer)}


async def test_a_cart_that_comes_back_is_not_filled_anew(database: Database) -> None:
    # given a cart whose order is placed, and pieces put into the next cart meanwhile
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [variant] = await a_product(database, boutique)
    first = await put_in_cart(database, boutique, customer, variant, quantity=1)
    async with database.tenant_connection(boutique) as conn:
        await carts.set_status(conn, cart_id=first, status="checkout")
    await put_in_cart(database, boutique, customer, variant, quantity=2)
    before = await now(database, boutique)

    # when the order ends, and the carts become one
    async with database.tenant_connection(boutique) as conn:
        await carts.move_open_into(conn, cart_id=first, customer_id=customer)
        await carts.reopen(conn, cart_id=first, customer_id=customer)

    assert "add_to_cart" not in [e.kind for e in await happened(database, boutique, before)]


async def test_a_cart_is_abandoned_once_its_days_are_over(database: Database) -> None:
    # given a cart with two pieces and an empty one, both long untouched
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique)
    full, empty = await a_customer(database, boutique), await a_customer(database, boutique)
    cart = await put_in_cart(database, boutique, full, variant, quantity=2)
    async with database.tenant_connection(boutique) as conn:
        await carts.open_cart(conn, boutique_id=boutique, customer_id=empty)
        await conn.execute("update carts set expires_at = now() - interval '1 hour'")
    before = await now(database, boutique)

    # when the clock closes them, twice
    for _ in range(2):
        async with database.system_connection() as conn:
            await carts.abandon_expired(conn)

    # then the one with pieces was abandoned
    [event] = await happened(database, boutique, before)
    assert read_event(event.kind, event.payload) == kinds.CartAbandoned(pieces=2, version=1)
    assert event.subject_id == cart


async def test_what_sold_out_and_came_in_again_is_back_in_stock(database: Database) -> None:
    # given five blue ones; none was ever out of stock
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 5}})
    assert await told(database, boutique) == []

    # when some are sold and more come, then all are sold and more come
    for delta in (-2, 4, -7, 3, 1):
        await sell(database, boutique, variant, delta)

    # then that they are gone, and what came after, is news
    low, event = await happened(database, boutique)
    assert read_event(low.kind, low.payload) == kinds.StockLow(variant_id=variant.id, available=0)
    assert read_event(event.kind, event.payload) == kinds.BackInStock(
        variant_id=variant.id, quantity=3
    )
    assert event.subject_id == variant.product_id


async def test_what_an_order_held_is_back_when_the_order_ends(database: Database) -> None:
    # given an order that holds the last ones, and one that holds some of many
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [last] = await a_product(database, boutique, stock={"blue": {"M": 2}})
    [many] = await a_product(database, boutique, stock={"red": {"M": 9}})
    async with database.tenant_connection(boutique) as conn:
        order = await an_order(conn, boutique, customer)
        for variant, quantity in ((last, 2), (many, 3)):
            await stock.reserve(
                conn, boutique_id=boutique, variant_id=variant.id, order_id=order,
                quantity=quantity, lasts=timedelta(minutes=30),
            )  # fmt: skip
    before = await now(database, boutique)

    # when it ends, twice
    for _ in range(2):
        async with database.tenant_connection(boutique) as conn:
            await stock.settle(conn, order_id=order, outcome="released")

    # then only what nobody could have is told
    assert await told(database, boutique, before) == [
        kinds.BackInStock(variant_id=last.id, quantity=2)
    ]


async def test_what_goes_and_comes_within_a_transaction_is_no_news(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    [variant] = await a_product(database, boutique, stock={"blue": {"M": 2}})
    async with database.tenant_connection(boutique) as conn:
        first = await an_order(conn, boutique, customer, "DK-1000")
        second = await an_order(conn, boutique, customer, "DK-1001")
        held = {"boutique_id": boutique, "variant_id": variant.id, "quantity": 2}
        lasts = timedelta(minutes=30)
        await stock.reserve(conn, **held, order_id=first, lasts=lasts)
    before = await now(database, boutique)

    # when one order gives the pieces to the next
    async with database.tenant_connection(boutique) as conn:
        await stock.settle(conn, order_id=first, outcome="released")
        await stock.reserve(conn, **held, order_id=second, lasts=lasts)

    assert await told(database, boutique, before) == []


async def test_what_comes_in_for_the_first_time_was_never_gone(database: Database) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique, stock={"blue": {"M": 0}})
    [variant] = await a_product(database, boutique, stock={"red": {"M": 0}})
    async with database.tenant_connection(boutique) as conn:
        await stock.move(
            conn, boutique_id=boutique, variant_id=variant.id, delta=4, reason="opening"
        )
    assert await told(database, boutique) == []


@pytest.mark.parametrize("times", [1, 3])
async def test_a_price_that_goes_up_and_down_is_told_each_time_it_drops(
    database: Database, times: int
) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique, price_minor=100000)
    before = await now(database, boutique)
    for price in (90000, 100000) * times:
        async with database.tenant_connection(boutique) as conn:
            await conn.execute("update products set price_minor = %s", (price,))

    dropped = kinds.PriceDropped(variant_id=None, was_minor=100000, now_minor=90000)
    assert await told(database, boutique, before) == [dropped] * times
    assert variant.product_id


@pytest.mark.parametrize(
    ("change", "was_to_now"),
    [
        ("update products set price_minor = 400000", (450000, 400000)),
        ("update products set price_minor = 500000", None),
        ("update products set price_minor = 450000", None),
        ("update products set price_minor = 400000, active = false", None),  # nobody can buy it
        ("update product_variants set price_minor = 300000", (450000, 300000)),
        ("update product_variants set price_minor = 450000", None),  # as before, in other words
        ("update product_variants set price_minor = 500000", None),
    ],
)
async def test_a_lower_price_is_told(
    database: Database, change: str, was_to_now: tuple[int, int] | None
) -> None:
    boutique = await a_boutique(database)
    [variant] = await a_product(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await conn.execute(change.encode())

    events = await told(database, boutique)

    own = variant.id if "variants" in change else None
    expected = was_to_now and kinds.PriceDropped(
        variant_id=own, was_minor=was_to_now[0], now_minor=was_to_now[1]
    )
    assert events == ([expected] if expected else [])


async def test_a_product_whose_variants_have_their_own_prices_did_not_get_cheaper(
    database: Database,
) -> None:
    boutique = await a_boutique(database)
    await a_product(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("update product_variants set price_minor = 500000")
        await conn.execute("update products set price_minor = 400000")
    assert await told(database, boutique) == []


async def test_messages_are_told_where_they_are(database: Database) -> None:
    # given a question and an answer, and a note to the owner
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    async with database.tenant_connection(boutique) as conn:
        asked = await an_arrival(conn, conversation, kind="image")
    async with database.tenant_connection(boutique) as conn:
        await conn.execute(
            "insert into messages (boutique_id, conversation_id, recipient, direction, author,"
            " provider, status) values (%(b)s, %(c)s, null, 'out', 'assistant', 'meta', 'queued'),"
            " (%(b)s, null, '+254711000001', 'out', 'assistant', 'meta', 'queued')",
            {"b": boutique, "c": conversation},
        )

    # when they are read, before and after their statuses move
    events = await happened(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("update messages set status = 'sent' where direction = 'out'")

    # then the customer's and ours are there, once
    assert [read_event(e.kind, e.payload) for e in events] == [
        kinds.MessageIn(author="customer", message_kind="image"),
        kinds.MessageOut(author="assistant", message_kind="text"),
    ]
    assert events[0].subject_id == asked
    assert {(e.customer_id, e.conversation_id) for e in events} == {(customer, conversation)}
    assert await happened(database, boutique, events[-1].cursor) == []


async def test_what_is_rolled_back_did_not_happen(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    with pytest.raises(RuntimeError):
        async with database.tenant_connection(boutique) as conn:
            await an_order(conn, boutique, customer)
            await append_one(conn, customer)
            raise RuntimeError
    assert await told(database, boutique) == []


async def test_an_event_that_commits_late_is_not_lost(database: Database) -> None:
    """Its id and its number are lower than those of what a consumer had seen by then."""
    # given an event told by a transaction that goes on, and a later one that is committed
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    seen: list[StoredEvent] = []
    cursor = await now(database, boutique)
    async with database.tenant_connection(boutique) as slow:
        await an_order(slow, boutique, customer, "DK-LATE")
        async with database.tenant_connection(boutique) as quick:
            await an_order(quick, boutique, customer, "DK-QUICK")

        # when a consumer reads while the first goes on, and again after it is committed
        assert await more_to_come(database, boutique)
        seen += await happened(database, boutique, cursor)
    assert not await more_to_come(database, boutique)
    seen += await happened(database, boutique, seen[-1].cursor if seen else cursor)

    # then it has both, once
    assert [e.payload["number"] for e in seen] == ["DK-LATE", "DK-QUICK"]


async def test_a_message_that_commits_late_is_not_lost(database: Database) -> None:
    # given a message under way, and one of another conversation that is committed meanwhile
    boutique = await a_boutique(database)
    first, second = [await a_conversation(database, boutique) for _ in range(2)]
    seen: list[StoredEvent] = []
    cursor = await now(database, boutique)
    async with database.tenant_connection(boutique) as slow:
        late = await an_arrival(slow, first, provider_id="wamid.late")
        async with database.tenant_connection(boutique) as quick:
            soon = await an_arrival(quick, second, provider_id="wamid.soon")

        # when a consumer reads in between, and again afterwards
        seen += await happened(database, boutique, cursor)
    seen += await happened(database, boutique, seen[-1].cursor if seen else cursor)

    # then it has both, once
    assert [e.subject_id for e in seen if e.kind == "message_in"] == [late, soon]


async def test_a_consumer_that_begins_now_gets_what_is_under_way(database: Database) -> None:
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await an_order(conn, boutique, customer, "DK-OLD")
    async with database.tenant_connection(boutique) as under_way:
        await an_order(under_way, boutique, customer, "DK-NEW")
        cursor = await now(database, boutique)
    assert [e.payload["number"] for e in await happened(database, boutique, cursor)] == ["DK-NEW"]


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_reading_page_by_page_skips_and_repeats_nothing(
    database: Database, limit: int
) -> None:
    # given transactions that each wrote messages and other events
    boutique = await a_boutique(database)
    customer = await a_customer(database, boutique)
    conversation = await a_conversation(database, boutique, customer)
    for n in range(3):
        async with database.tenant_connection(boutique) as conn:
            await append_one(conn, customer)
            for m in range(2):
                await an_arrival(conn, conversation, provider_id=f"wamid.{n}.{m}")
            await append_one(conn, customer)

    # when they are read a few at a time
    read: list[StoredEvent] = []
    while True:
        async with database.tenant_connection(boutique) as conn:
            cursor = read[-1].cursor if read else FROM_THE_START
            page = await domain_events.read_since(conn, cursor=cursor, limit=limit)
        if not page:
            break
        read += page

    # then it is what one reading gives
    assert read == await happened(database, boutique)
    assert len(read) == 12


async def test_another_boutique_reads_and_appends_none_of_it(database: Database) -> None:
    mine, other = await a_boutique(database), await a_boutique(database)
    customer = await a_customer(database, mine)
    conversation = await a_conversation(database, mine, customer)
    async with database.tenant_connection(mine) as conn:
        await an_arrival(conn, conversation)
        await append_one(conn, customer)
    assert len(await happened(database, mine)) == 2

    assert await happened(database, other) == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(other) as conn:
            await conn.execute(
                "insert into domain_events (boutique_id, kind, subject_id)"
                " values (%s, 'order_paid', %s)",
                (mine, customer),
            )


async def test_a_member_reads_events_and_makes_up_none(
    database: Database, superuser_url: str
) -> None:
    boutique = await a_boutique(database)
    user = await fill_every_table(superuser_url, boutique)
    async with database.user_connection({"sub": user}) as conn:
        cursor = await conn.execute("select kind from domain_events")
        assert "order_placed" in {row["kind"] for row in await cursor.fetchall()}
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.user_connection({"sub": user}) as conn:
            await conn.execute(
                "insert into domain_events (boutique_id, kind, subject_id)"
                " values (%s, 'order_paid', %s)",
                (boutique, user),
            )


async def test_the_table_takes_the_kinds_there_are(database: Database, superuser_url: str) -> None:
    known = {
        kind.model_fields["kind"].default
        for kind in vars(kinds).values()
        if isinstance(kind, type) and "kind" in getattr(kind, "model_fields", {})
    }
    with psycopg.connect(superuser_url) as conn:
        row = conn.execute(
            "select array(select m[1] from regexp_matches(pg_get_constraintdef(oid),"
            " '''([a-z_]+)''', 'g') m) from pg_constraint"
            " where conname = 'domain_events_kind_check'"
        ).fetchone()
    assert row is not None
    assert set(row[0]) == known - TOLD_BY_MESSAGES


async def test_erasing_a_boutique_erases_what_happened_in_it(
    database: Database, superuser_url: str
) -> None:
    boutique = await a_boutique(database)
    async with database.tenant_connection(boutique) as conn:
        await append_one(conn, boutique)
    async with database.system_connection() as conn:
        await conn.execute("delete from boutiques where id = %s", (boutique,))
    with psycopg.connect(superuser_url) as admin:
        assert admin.execute("select count(*) from domain_events").fetchone() == (0,)


async def test_the_tail_is_read_by_its_indexes(database: Database, superuser_url: str) -> None:
    """However much happened before the cursor, and in other boutiques."""
    # given thousands of events and messages of a boutique
    boutique = await a_boutique(database)
    conversation = await a_conversation(database, boutique)
    with psycopg.connect(superuser_url, autocommit=True) as admin:
        admin.execute(
            "insert into domain_events (boutique_id, kind, subject_id)"
            " select %s, 'cart_changed', %s from generate_series(1, 5000)",
            (boutique, conversation),
        )
        admin.execute(
            "insert into messages (boutique_id, conversation_id, direction, author, provider,"
            " status) select %s, %s, 'in', 'customer', 'meta', 'received'"
            " from generate_series(1, 5000)",
            (boutique, conversation),
        )
        admin.execute("analyze domain_events, messages")
    cursor = await now(database, boutique)

    # when only what came after them is read
    async with database.tenant_connection(boutique) as conn:
        values = {
            "transaction_id": str(cursor.transaction_id),
            "after_message": 0,
            "after_event": 0,
            "limit": 100,
        }
        plan = await conn.execute(
            b"explain (analyze, buffers, format json) " + domain_events._READ.encode(), values
        )
        row = await plan.fetchone()

    # then a few blocks tell that there is nothing
    assert row is not None
    top = row["QUERY PLAN"][0]["Plan"]
    assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 30
