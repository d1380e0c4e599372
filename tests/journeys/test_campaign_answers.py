"""She answers a campaign's message: its numbers are its pieces, as those of any list."""

from __future__ import annotations

from dukani.core.store import products
from tests.integration.campaigns.sent import a_sent_campaign
from tests.journeys.talk import Talk


async def sent_to(talk: Talk) -> list[str]:
    """The names of three pieces that a campaign has just sent to her, in their order."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        conversation = await talk.conversation()
        cursor = await conn.execute(
            "select id::text as id from products where active order by sku limit 3"
        )
        ids = [row["id"] for row in await cursor.fetchall()][::-1]
        found = [await products.get(conn, product_id=one) for one in ids]
    await a_sent_campaign(
        talk.database, talk.boutique_id, conversation.customer_id, ids,
        conversation_id=talk.conversation_id,
    )  # fmt: skip
    return [piece.name for piece in found if piece is not None]


async def test_a_number_is_the_campaigns_piece(talk: Talk) -> None:
    names = await sent_to(talk)

    assert names[2] in await talk.say("3")


async def test_a_number_is_the_campaigns_piece_also_after_an_older_list(talk: Talk) -> None:
    await talk.say("show me dresses")
    names = await sent_to(talk)

    assert names[1] in await talk.say("nataka 2")


async def test_a_reply_to_the_picture_means_its_pieces_whatever_was_said_since(talk: Talk) -> None:
    names = await sent_to(talk)
    await talk.say("what time do you open?")
    await talk.say("show me dresses")

    assert names[0] in await talk.say("1", reply_to="sent-campaign")


async def test_a_size_answers_what_was_asked_before_the_campaign_came(talk: Talk) -> None:
    await talk.say("I want the Amani Wrap Dress in blue")
    await sent_to(talk)

    said = await talk.say("M")

    assert "Amani Wrap Dress" in said and "Added" in said
