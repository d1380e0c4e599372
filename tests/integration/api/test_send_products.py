"""Another system sends pieces of the catalogue into a customer's chat."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dukani.core.database import Database
from dukani.core.store import consents, conversations, meta_catalogues
from tests.factories import Variant, a_boutique, a_conversation, a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.api.test_commerce import Shop

CATALOGUE = "900100"
ID = str(uuid4())


@pytest.fixture
def shop(owner: Signed) -> Shop:
    return Shop(owner)


async def a_chat(database: Database, boutique: str, **values: Any) -> tuple[str, str]:
    """A customer who has just written by Meta, and her chat."""
    customer = await a_customer(database, boutique)
    return customer, await a_conversation(
        database, boutique, customer, **({"provider": "meta"} | values)
    )


async def in_catalogue(
    database: Database, boutique: str, *pieces: Variant, review: str = "approved"
) -> None:
    async with database.tenant_connection(boutique) as conn:
        await meta_catalogues.connect(conn, catalog_id=CATALOGUE, name="Ours")
        for piece in pieces:
            await conn.execute(
                """insert into catalogue_items (boutique_id, retailer_id, variant_id, product_id,
                     dirty, review)
                   values (private.current_boutique(), %s, %s, %s, false, %s)
                   on conflict (boutique_id, retailer_id) do update
                     set dirty = false, review = excluded.review""",
                (piece.id, piece.id, piece.product_id, review),
            )


async def pieces(database: Database, boutique: str, count: int) -> list[Variant]:
    return [
        (await a_product(database, boutique, name=f"Piece {number}"))[0] for number in range(count)
    ]


async def messages(database: Database, boutique: str) -> list[dict[str, Any]]:
    async with database.tenant_connection(boutique) as conn:
        cursor = await conn.execute("select * from messages where direction = 'out' order by seq")
        return await cursor.fetchall()


def a_list(customer: str, *ids: str, **values: Any) -> dict[str, Any]:
    sections = [{"title": "All", "product_ids": list(ids)}]
    body = {"user_id": customer, "header": "New", "text": "For you", "sections": sections}
    return body | values


async def test_a_piece_goes_as_a_card_of_the_catalogue(
    shop: Shop, database: Database, boutique: str
) -> None:
    # given a piece that Meta shows, and a customer who wrote just now
    customer, chat = await a_chat(database, boutique)
    [piece] = await pieces(database, boutique, 1)
    await in_catalogue(database, boutique, piece)

    # when it is sent to her
    sent = await shop.post("/send-product", {"user_id": customer, "product_id": piece.product_id})

    # then the card is queued, with words that name the piece
    assert (sent["sent_as"], sent["why_picture"]) == ("product", None)
    [message] = await messages(database, boutique)
    assert (message["kind"], str(message["conversation_id"])) == ("products", chat)
    told = message["payload"]["products"]
    assert told["catalog_id"] == CATALOGUE
    assert told["sections"][0]["retailer_ids"] == [piece.id]
    assert "Piece 0" in message["body"] and [str(message["id"])] == sent["message_ids"]


async def test_a_list_has_its_sections_and_numbers(
    shop: Shop, database: Database, boutique: str
) -> None:
    customer, _ = await a_chat(database, boutique)
    made = await pieces(database, boutique, 3)
    await in_catalogue(database, boutique, *made)
    first, second, third = (piece.product_id for piece in made)
    sections = [
        {"title": "Dresses", "product_ids": [first, second]},
        {"title": "Again", "product_ids": [second, third]},  # the second is shown once
    ]

    sent = await shop.post("/send-product-list", a_list(customer, sections=sections))

    assert sent["sent_as"] == "product_list"
    [message] = await messages(database, boutique)
    told = message["payload"]["products"]
    assert [one["title"] for one in told["sections"]] == ["Dresses", "Again"]
    assert [one["retailer_ids"] for one in told["sections"]] == [
        [made[0].id, made[1].id],
        [made[2].id],
    ]
    assert [one["number"] for one in message["payload"]["options"]] == [1, 2, 3]


async def test_a_carousel_has_cards(shop: Shop, database: Database, boutique: str) -> None:
    customer, _ = await a_chat(database, boutique)
    made = await pieces(database, boutique, 2)
    await in_catalogue(database, boutique, *made)
    body = {"user_id": customer, "text": "Look", "product_ids": [p.product_id for p in made]}

    sent = await shop.post("/send-product-carousel", body)

    assert sent["sent_as"] == "carousel"
    [message] = await messages(database, boutique)
    assert message["payload"]["products"]["carousel"] is True


@pytest.mark.parametrize(
    ("provider", "connected", "why"),
    [("twilio", True, "not_on_meta"), ("meta", False, "no_catalogue")],
)
async def test_without_a_catalogue_it_is_a_picture_and_that_is_said(
    shop: Shop, database: Database, boutique: str, provider: str, connected: bool, why: str
) -> None:
    customer, _ = await a_chat(database, boutique, provider=provider)
    made = await pieces(database, boutique, 2)
    if connected:
        await in_catalogue(database, boutique, *made)

    sent = await shop.post("/send-product-list", a_list(customer, *(p.product_id for p in made)))

    assert (sent["sent_as"], sent["why_picture"]) == ("picture", why)
    first = (await messages(database, boutique))[0]
    assert first["kind"] == "options"
    assert "Piece 0" in first["body"] and "2. Piece 1" in first["body"]


@pytest.mark.parametrize("review", ["rejected", "pending", "outdated", "none"])
async def test_a_piece_the_catalogue_does_not_show_is_named(
    shop: Shop, database: Database, boutique: str, review: str
) -> None:
    customer, _ = await a_chat(database, boutique)
    shown, hidden = await pieces(database, boutique, 2)
    await in_catalogue(database, boutique, shown)
    await in_catalogue(database, boutique, hidden, review=review)
    body = a_list(customer, shown.product_id, hidden.product_id)

    refused = await shop.call("POST", "/send-product-list", json=body)

    # then it is named, nothing is sent, and as a picture it may go
    assert (refused.status_code, refused.json()["code"]) == (409, "piece_not_in_catalogue")
    assert "Piece 1" in refused.json()["detail"] and "Piece 0" not in refused.json()["detail"]
    assert await messages(database, boutique) == []
    sent = await shop.post("/send-product-list", body | {"picture_instead": True})
    assert (sent["sent_as"], sent["why_picture"]) == ("picture", "not_in_catalogue")


async def test_too_many_too_few_and_unknown_pieces_are_refused(
    shop: Shop, database: Database, boutique: str
) -> None:
    customer, _ = await a_chat(database, boutique)
    [piece] = await pieces(database, boutique, 1)
    other = await a_boutique(database)
    [theirs] = await pieces(database, other, 1)
    await in_catalogue(database, boutique, piece)
    many = [str(uuid4()) for _ in range(31)]
    one = {"user_id": customer, "text": "Look", "product_ids": [piece.product_id]}

    for path, body, wanted in (
        ("/send-product-list", a_list(customer, *many), (422, "invalid_value")),
        (
            "/send-product-list",
            a_list(
                customer,
                sections=[
                    {"title": "A", "product_ids": many[:16]},
                    {"title": "B", "product_ids": many[16:]},
                ],
            ),
            (422, "invalid_value"),
        ),
        ("/send-product-carousel", one, (422, "invalid_value")),
        (
            "/send-product-carousel",
            one | {"product_ids": [piece.product_id] * 2},
            (422, "invalid_value"),
        ),
        (
            "/send-product",
            {"user_id": customer, "product_id": theirs.product_id},
            (404, "not_found"),
        ),
        ("/send-product", {"user_id": "+254722999999", "product_id": ID}, (404, "not_found")),
    ):
        answer = await shop.call("POST", path, json=body)
        assert (answer.status_code, answer.json()["code"]) == wanted, path
    assert await messages(database, boutique) == []


async def test_nobody_is_written_outside_the_rules(
    shop: Shop, database: Database, boutique: str
) -> None:
    # given one who said stop, one whose last message is old, and one who never wrote
    [piece] = await pieces(database, boutique, 1)
    await in_catalogue(database, boutique, piece)
    stopped, _ = await a_chat(database, boutique)
    late, chat = await a_chat(database, boutique)
    silent = await a_customer(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        await consents.record(
            conn, customer_id=stopped, purpose="assistant", granted=False, source="whatsapp"
        )
        await conn.execute(
            "update conversations set last_inbound_at = now() - interval '25 hours' where id = %s",
            (chat,),
        )

    for customer, code in ((stopped, "opted_out"), (late, "window_closed"), (silent, "no_chat")):
        body = {"user_id": customer, "product_id": piece.product_id}
        answer = await shop.call("POST", "/send-product", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await messages(database, boutique) == []


@pytest.mark.parametrize("form", ["", "-list", "-carousel"])
async def test_nothing_is_sent_while_a_person_answers(
    shop: Shop, database: Database, boutique: str, form: str
) -> None:
    # given a chat that a person of the shop has taken
    customer, chat = await a_chat(database, boutique)
    made = await pieces(database, boutique, 2)
    await in_catalogue(database, boutique, *made)
    ids = [piece.product_id for piece in made]
    async with database.tenant_connection(boutique) as conn:
        await conversations.hand_off(conn, conversation_id=chat, reason="staff")
    bodies = {
        "": {"user_id": customer, "product_id": ids[0]},
        "-list": a_list(customer, *ids),
        "-carousel": {"user_id": customer, "text": "Look", "product_ids": ids},
    }

    # when another system sends pieces into it
    answer = await shop.call("POST", f"/send-product{form}", json=bodies[form])

    # then it is refused, and goes once the chat is the assistant's again
    assert (answer.status_code, answer.json()["code"]) == (409, "person_answers")
    assert await messages(database, boutique) == []
    async with database.tenant_connection(boutique) as conn:
        await conn.execute("update conversations set handed_off_at = null, handoff_reason = null")
    await shop.post(f"/send-product{form}", bodies[form])


async def test_the_same_call_sent_twice_sends_once(
    shop: Shop, database: Database, boutique: str
) -> None:
    customer, _ = await a_chat(database, boutique)
    [piece] = await pieces(database, boutique, 1)
    await in_catalogue(database, boutique, piece)
    body = {"user_id": customer, "product_id": piece.product_id}
    key = {"Idempotency-Key": "one"}

    answers = [
        (await shop.call("POST", "/send-product", json=body, headers=key)).json() for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert len(await messages(database, boutique)) == 1
