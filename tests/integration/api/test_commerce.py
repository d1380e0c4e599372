"""Another system sells through the commerce routes: finds, fills a cart, pays, reminds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import consents, product_pairs
from tests.factories import Variant, a_boutique, a_conversation, a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.signing_in import as_person

PHONE = "+254722000111"


class Shop:
    """Calls of the commerce routes as the owner of one boutique."""

    def __init__(self, signed: Signed) -> None:
        self.signed = signed

    async def call(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = as_person(self.signed.user_id) | given.pop("headers", {})
        url = f"/whatsapp-commerce{path}"
        return await self.signed.client.request(method, url, headers=headers, **given)

    async def get(self, path: str) -> Any:
        return Signed.of(await self.call("GET", path))

    async def post(self, path: str, body: Any = None) -> Any:
        return Signed.of(await self.call("POST", path, json=body))

    async def put(self, variant: Variant, quantity: int = 1, user_id: str = PHONE) -> Any:
        return await self.post(
            "/cart/add",
            {
                "user_id": user_id,
                "product_id": variant.product_id,
                "colour": variant.colour,
                "size": variant.size,
                "quantity": quantity,
            },
        )


@pytest.fixture
def shop(owner: Signed) -> Shop:
    return Shop(owner)


async def a_dress(
    database: Database, boutique: str, name: str = "Amani Wrap Dress", **values: Any
) -> list[Variant]:
    stock = values.pop("stock", {"red": {"S": 2, "M": 5}, "blue": {"M": 1}})
    return await a_product(database, boutique, name=name, stock=stock, **values)


async def test_words_are_understood_as_in_the_chat(
    shop: Shop, database: Database, boutique: str
) -> None:
    # given a red dress, a blue one and a red shirt
    (red, *_) = await a_dress(database, boutique)
    await a_product(database, boutique, name="Pwani Dress", stock={"blue": {"L": 3}})
    await a_product(
        database, boutique, name="Moto Shirt", category="shirt", stock={"red": {"M": 3}}
    )

    # when somebody asks in Swahili for a red dress of size M
    found = await shop.post("/products/search", {"text": "natafuta gauni jekundu saizi M"})

    # then it is found, with why, and the answer is in Swahili
    first = found["items"][0]
    assert first["product_id"] == red.product_id
    assert first["score"] == 1.0
    assert {reason["field"] for reason in first["reasons"]} == {"category", "colour", "size"}
    assert found["understood"]["wish"] == {"category": "dress", "colour": "red", "size": "M"}
    assert found["language"] == "sw"
    assert "Amani Wrap Dress" in found["whatsapp_text"]


async def test_what_is_given_up_is_said_and_lowers_the_score(
    shop: Shop, database: Database, boutique: str
) -> None:
    await a_dress(database, boutique)

    found = await shop.post("/products/search", {"text": "a green dress size M under 5000"})

    assert "colour" in found["dropped"]
    assert 0 < found["items"][0]["score"] < 1
    unmet = [one["field"] for one in found["items"][0]["reasons"] if not one["met"]]
    assert unmet == ["colour"]


async def test_words_that_ask_for_nothing_find_nothing(shop: Shop) -> None:
    found = await shop.post("/products/search", {"text": "habari ya asubuhi"})

    assert (found["items"], found["understood"]["wish"]) == ([], {})
    assert found["whatsapp_text"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 501, "a\0b"])
async def test_a_question_that_is_none_is_refused(shop: Shop, text: str) -> None:
    answer = await shop.call("POST", "/products/search", json={"text": text})
    assert answer.status_code == 422


async def test_the_catalog_is_read_page_by_page(
    shop: Shop, database: Database, boutique: str
) -> None:
    for n in range(5):
        await a_dress(database, boutique, name=f"Dress {n}", price_minor=100_000 * (n + 1))

    names, cursor = [], ""
    while True:
        page = await shop.get(f"/products/catalog?limit=2&sort=cheapest{cursor}")
        names += [one["name"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert names == [f"Dress {n}" for n in range(5)]


async def test_a_cart_is_filled_read_and_emptied(
    shop: Shop, database: Database, boutique: str
) -> None:
    # given a piece of two sizes
    small, medium, _ = await a_dress(database, boutique)

    # when both are put in, one of them twice
    await shop.put(small)
    await shop.put(medium)
    cart = await shop.put(medium)

    # then the cart has two lines, and the message says them
    assert [(line["size"], line["quantity"]) for line in cart["items"]] == [("S", 1), ("M", 2)]
    assert (cart["pieces"], cart["total_minor"]) == (3, 3 * 450_000)
    assert "KES 13,500" in cart["whatsapp_text"]
    assert await shop.get(f"/cart/{PHONE}") == cart
    assert await shop.get(f"/cart/{cart['customer_id']}") == cart

    # when one size is taken out, then the other stays
    path = f"/cart/{PHONE}/item/{small.product_id}"
    left = await shop.call("DELETE", path, params={"variant_id": small.id})
    assert [line["size"] for line in left.json()["items"]] == ["M"]

    # and when the piece is, nothing is left, and it is not there a second time
    assert (await shop.call("DELETE", path)).json()["items"] == []
    assert (await shop.call("DELETE", path)).status_code == 404
    await shop.put(small)
    assert (await shop.call("DELETE", f"/cart/{PHONE}")).json()["pieces"] == 0
    assert (await shop.get(f"/cart/{PHONE}"))["cart_id"] is None


async def test_what_is_missing_or_too_much_is_named(
    shop: Shop, database: Database, boutique: str
) -> None:
    small, *_ = await a_dress(database, boutique)
    item = {"user_id": PHONE, "product_id": small.product_id}

    unsaid = await shop.call("POST", "/cart/add", json=item)
    wrong = await shop.call("POST", "/cart/add", json=item | {"colour": "green", "size": "M"})
    many = await shop.call(
        "POST", "/cart/add", json=item | {"colour": "red", "size": "S", "quantity": 3}
    )
    nowhere = await shop.call("POST", "/cart/add", json=item | {"product_id": str(uuid4())})
    nobody = await shop.call("POST", "/cart/add", json=item | {"user_id": "Asha", "size": "S"})

    assert unsaid.json()["errors"][0]["remedy"] == "Choose one of: blue, red."
    assert wrong.json()["errors"][0]["value"] == "green"
    assert (many.status_code, many.json()["code"]) == (409, "out_of_stock")
    assert nowhere.status_code == 404
    assert nobody.status_code == 422


async def test_the_same_call_twice_puts_it_in_once(
    shop: Shop, database: Database, boutique: str
) -> None:
    small, *_ = await a_dress(database, boutique)
    item = {"user_id": PHONE, "product_id": small.product_id, "colour": "red", "size": "S"}

    for _ in range(2):
        answer = await shop.call(
            "POST", "/cart/add", json=item, headers={"idempotency-key": "order-7"}
        )
    assert answer.json()["pieces"] == 1
    other = await shop.call(
        "POST", "/cart/add", json=item | {"quantity": 2}, headers={"idempotency-key": "order-7"}
    )
    assert (other.status_code, other.json()["code"]) == (422, "key_of_another_call")


async def test_a_link_pays_the_cart_and_shows_nobody(
    shop: Shop, database: Database, boutique: str
) -> None:
    small, *_ = await a_dress(database, boutique)
    assert (await shop.call("POST", f"/cart/{PHONE}/checkout")).status_code == 404
    await shop.put(small)

    link = await shop.post(f"/cart/{PHONE}/checkout")

    assert link["url"] in link["whatsapp_text"]
    assert len(link["url"].rsplit("/", 1)[1]) == 22
    assert "722000111" not in link["whatsapp_text"]
    ends = datetime.fromisoformat(link["expires_at"])
    assert timedelta(hours=23) < ends - datetime.now(ends.tzinfo) <= timedelta(hours=24)


async def test_an_empty_cart_cannot_be_paid(shop: Shop, database: Database, boutique: str) -> None:
    await a_customer(database, boutique, phone=PHONE)
    answer = await shop.call("POST", f"/cart/{PHONE}/checkout")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_in_cart")


async def test_who_buys_one_piece_is_offered_what_its_buyers_bought(
    shop: Shop, database: Database, boutique: str, superuser_url: str
) -> None:
    # given five customers who bought a dress and a belt, and a hat that nobody buys with it
    dress, *_ = await a_dress(database, boutique)
    (belt,) = await a_product(database, boutique, name="Belt", category="belt", price_minor=90_000)
    await a_product(database, boutique, name="Hat", category="hat", price_minor=80_000)
    for _ in range(5):
        await bought(superuser_url, boutique, await a_customer(database, boutique), dress, belt)
    asha = await a_customer(database, boutique, phone=PHONE)
    await bought(superuser_url, boutique, asha, dress)
    async with database.tenant_connection(boutique) as conn:
        await product_pairs.fit(conn)

    # when another customer has bought the dress
    found = await shop.get(f"/products/recommendations/{PHONE}")

    # then the belt comes first, and it is said why; the dress is not offered again
    assert [one["name"] for one in found["items"]] == ["Belt", "Hat"]
    assert found["items"][0]["reason"] == "pairs"
    assert found["items"][0]["text"] == "often bought with Amani Wrap Dress"
    assert "Belt" in found["whatsapp_text"]


async def test_a_new_customer_gets_what_sells(
    shop: Shop, database: Database, boutique: str, superuser_url: str
) -> None:
    dress, *_ = await a_dress(database, boutique)
    await a_product(database, boutique, name="Hat", category="hat")
    await bought(superuser_url, boutique, await a_customer(database, boutique), dress)
    await a_customer(database, boutique, phone=PHONE)

    found = await shop.get(f"/products/recommendations/{PHONE}")

    assert [(one["name"], one["reason"]) for one in found["items"]] == [
        ("Amani Wrap Dress", "trend")
    ]


async def test_similar_pieces_are_of_the_kind_and_price_first(
    shop: Shop, database: Database, boutique: str
) -> None:
    dress, *_ = await a_dress(database, boutique)
    await a_product(database, boutique, name="Near", price_minor=440_000)
    await a_product(database, boutique, name="Dear", price_minor=1_900_000)
    await a_product(database, boutique, name="Gone", stock={"red": {"M": 0}})

    found = await shop.get(f"/products/{dress.product_id}/similar")

    assert [one["name"] for one in found["items"]] == ["Near", "Dear"]


async def test_a_left_cart_is_listed_and_reminded_of_once(
    shop: Shop, database: Database, boutique: str, superuser_url: str
) -> None:
    # given a customer who agreed to promotions, wrote today, and left a cart two days ago
    small, *_ = await a_dress(database, boutique)
    cart = await shop.put(small)
    assert (await shop.get("/carts/abandoned?hours=24"))["items"] == []
    assert len((await shop.get("/carts/abandoned?hours=0"))["items"]) == 1
    leave(superuser_url, cart["cart_id"], hours=48)
    conversation = await a_conversation(database, boutique, customer_id=cart["customer_id"])
    wrote(superuser_url, conversation)

    (left,) = (await shop.get("/carts/abandoned?hours=24"))["items"]
    assert (left["cart_id"], left["total_minor"]) == (cart["cart_id"], 450_000)
    assert PHONE not in str(left)

    # when she has not agreed, then nothing is sent, and the words are there to copy
    refused = await shop.post(f"/carts/{cart['cart_id']}/recover")
    assert (refused["sent"], refused["why_not"]) == (False, "no_consent")
    assert "Amani Wrap Dress" in refused["whatsapp_text"]

    # when she has, then it is sent once, with the way out
    async with database.tenant_connection(boutique) as conn:
        await consents.record(
            conn,
            customer_id=cart["customer_id"],
            purpose="marketing",
            granted=True,
            source="whatsapp",
        )
    sent = await shop.post(f"/carts/{cart['cart_id']}/recover")
    again = await shop.post(f"/carts/{cart['cart_id']}/recover")
    assert sent["sent"] and "stop promotions" in sent["whatsapp_text"]
    assert (again["sent"], again["why_not"]) == (False, "reminded")
    assert (await shop.get("/carts/abandoned"))["items"][0]["reminded_at"] is not None
    assert (await shop.get("/stats"))["reminded"] == 1


async def test_nobody_is_reminded_outside_the_day_of_her_last_message(
    shop: Shop, database: Database, boutique: str, superuser_url: str
) -> None:
    small, *_ = await a_dress(database, boutique)
    cart = await shop.put(small)
    async with database.tenant_connection(boutique) as conn:
        await consents.record(
            conn,
            customer_id=cart["customer_id"],
            purpose="marketing",
            granted=True,
            source="whatsapp",
        )
    conversation = await a_conversation(database, boutique, customer_id=cart["customer_id"])
    wrote(superuser_url, conversation, hours=25)

    answer = await shop.post(f"/carts/{cart['cart_id']}/recover")

    assert (answer["sent"], answer["why_not"]) == (False, "window_closed")


async def test_a_session_says_where_the_chat_stands(
    shop: Shop, database: Database, boutique: str, superuser_url: str
) -> None:
    asha = await a_customer(database, boutique, phone=PHONE, name="Asha")
    before = await shop.get(f"/sessions/{PHONE}")
    conversation = await a_conversation(database, boutique, customer_id=asha)
    wrote(superuser_url, conversation)

    session = await shop.get(f"/sessions/{PHONE}")

    assert (before["conversation_id"], before["held_by"]) == (None, None)
    assert (session["conversation_id"], session["held_by"]) == (conversation, "assistant")
    assert session["open_until"] is not None
    assert PHONE not in str(session)


async def test_another_boutique_finds_nothing_of_it(
    shop: Shop, stranger: Signed, database: Database, boutique: str
) -> None:
    small, *_ = await a_dress(database, boutique)
    cart = await shop.put(small)
    theirs = Shop(stranger)
    await a_boutique(database)

    assert (await theirs.get("/products/catalog"))["items"] == []
    assert (await theirs.post("/products/search", {"text": "red dress"}))["items"] == []
    assert (await theirs.get("/carts/abandoned?hours=1"))["items"] == []
    assert (await theirs.get("/stats"))["begun"] == 0
    for path in (f"/cart/{PHONE}", f"/sessions/{cart['customer_id']}"):
        assert (await theirs.call("GET", path)).status_code == 404
    refused = await theirs.call("POST", f"/carts/{cart['cart_id']}/recover")
    assert refused.status_code == 404


def leave(superuser_url: str, cart_id: str, *, hours: int) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("alter table carts disable trigger carts_touch")
        conn.execute(
            "update carts set updated_at = now() - %s * interval '1 hour' where id = %s",
            (hours, cart_id),
        )
        conn.execute("alter table carts enable trigger carts_touch")


def wrote(superuser_url: str, conversation: str, *, hours: int = 1) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update conversations set last_inbound_at = now() - %s * interval '1 hour'"
            " where id = %s",
            (hours, conversation),
        )


async def bought(superuser_url: str, boutique: str, customer: str, *variants: Variant) -> None:
    with psycopg.connect(superuser_url) as conn:
        row = conn.execute(
            """insert into orders (boutique_id, number, customer_id, status, payment_status,
                 currency, items_minor, address, paid_at)
               values (%s, 'DK-' || substr(md5(random()::text), 1, 6), %s, 'confirmed', 'paid',
                 'KES', 1, 'Ngong Road', now()) returning id""",
            (boutique, customer),
        ).fetchone()
        assert row is not None
        for one in variants:
            conn.execute(
                """insert into order_items (boutique_id, order_id, product_id, variant_id, sku,
                     name, category, colour, size, unit_price_minor, quantity)
                   select boutique_id, %s, id, %s, sku, name, category, %s, %s, price_minor, 1
                   from products where id = %s""",
                (row[0], one.id, one.colour, one.size, one.product_id),
            )
