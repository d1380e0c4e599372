"""What size she wears: from what she bought, from what she says, in any system, and why."""

from __future__ import annotations

from uuid import uuid4

from dukani.core.store import size_charts, size_facts
from dukani.core.store.size_charts import StoredChart
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk

WRAP = "Amani Wrap Dress"
OUR_L = StoredChart(
    None,
    "women",
    [
        {"size": "S", "measures": {"bust": [80, 88]}, "also": ["UK 10"]},
        {"size": "M", "measures": {"bust": [88, 96]}, "also": ["UK 12"]},
        {"size": "L", "measures": {"bust": [96, 104]}, "also": ["UK 14"]},
    ],
)


async def bought(talk: Talk, size: str, *, times: int = 1) -> None:
    """Dresses of this size that were paid for, each in an order of its own."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        for _ in range(times):
            order = str(uuid4())
            await conn.execute(
                "insert into orders (boutique_id, id, number, customer_id, currency, items_minor,"
                " address, status, payment_status) values (%s, %s, %s, %s, 'KES', 1, 'Kilimani',"
                " 'confirmed', 'paid')",
                (talk.boutique_id, order, f"DK-{order[:8]}", talk.customer_id),
            )
            await conn.execute(
                "insert into order_items (boutique_id, order_id, sku, name, category, colour, size,"
                " unit_price_minor, quantity) values (%s, %s, 'X', 'Gown', 'dress', 'red', %s, 1,"
                " 1)",
                (talk.boutique_id, order, size),
            )


async def with_chart(talk: Talk) -> None:
    async with talk.database.system_connection() as conn:
        await size_charts.replace_all(conn, [OUR_L], boutique_id=talk.boutique_id)


async def facts(talk: Talk) -> list[tuple[str, str | None]]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        found = await size_facts.of_wearer(conn, customer_id=talk.customer_id)
    return [(one.kind, one.size or one.measure) for one in found]


async def test_three_dresses_in_m_propose_m_and_a_yes_takes_it(talk: Talk) -> None:
    await bought(talk, "M", times=3)
    said = await talk.say("the Amani Wrap Dress in blue")

    assert "your last 3 dress orders" in said and "take *M*" in said
    await talk.say("yes")
    assert await talk.cart() == [(WRAP, "blue", "M", 1)]


async def test_the_last_one_was_too_tight_so_a_larger_is_advised(talk: Talk) -> None:
    # given one dress in M
    await bought(talk, "M")

    # when it was too tight, and another one is chosen
    noted = await talk.say("the last one was too tight")
    said = await talk.say("the Amani Wrap Dress in blue")

    # then the next size is proposed, and the reason is told
    assert "M" in noted and "tight" in noted
    assert "take *L*" in said and "M dress was too tight" in said
    assert await facts(talk) == [("fit", "M")]
    assert await talk.cart() == []


async def test_measures_are_kept_from_one_conversation_to_the_next(
    talk: Talk, newcomer: Newcomer
) -> None:
    # given measures told while nothing was chosen
    assert "92 cm" in await talk.say("bust 92 waist 74")

    # when a dress is chosen later
    said = await talk.say("nataka Amani Wrap Dress ya blue")

    # then they are what the advice rests on, and nobody else's advice
    assert "kifua 92 cm" in said and "Nikuchukulie *M*" in said
    other = await newcomer("+254722000777")
    assert "92 cm" not in await other.say("the Amani Wrap Dress in blue")


async def test_a_size_of_another_system_is_asked_and_never_taken(talk: Talk) -> None:
    # given the shop's own chart
    await with_chart(talk)
    await talk.say("the Amani Wrap Dress in blue")

    # when she names a British size
    said = await talk.say("I'm a UK 14")

    # then it is read by the chart and asked, and only a yes takes it
    assert "*UK 14* is our *L* by our size chart" in said and "take *L*" in said
    assert await talk.cart() == []
    await talk.say("yes")
    assert await talk.cart() == [(WRAP, "blue", "L", 1)]
    assert await facts(talk) == [("stated", "UK 14")]


async def test_will_it_fit_is_answered_by_what_is_known(talk: Talk) -> None:
    await bought(talk, "L", times=2)
    await talk.say("the Amani Wrap Dress in blue")

    assert "too small" in await talk.say("will S fit me?")
    assert "Yes, *L*" in await talk.say("will L fit me?")


async def test_a_fit_of_no_piece_that_is_known_is_asked_about(talk: Talk) -> None:
    assert "Which size was it?" in await talk.say("it was too tight")
    assert await facts(talk) == []


async def test_too_small_and_the_wanted_size_in_one_breath(talk: Talk) -> None:
    await talk.say("the Amani Wrap Dress, blue, size S")
    await talk.say("too small, I want L")

    assert await talk.cart() == [(WRAP, "blue", "L", 1)]
    assert await facts(talk) == [("fit", "S")]


async def test_somebody_elses_size_is_not_hers(talk: Talk) -> None:
    await talk.say("my sister wears size 10")

    assert await facts(talk) == []


async def test_a_size_of_shoes_is_none_of_a_dress(talk: Talk) -> None:
    await talk.say("I wear 39")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        [kept] = await size_facts.of_wearer(conn, customer_id=talk.customer_id)
    assert (kept.size, kept.category) == ("39", "shoes")
    assert "39" not in await talk.say("the Amani Wrap Dress in blue")


async def test_the_size_asked_of_another_piece_is_that_pieces(talk: Talk) -> None:
    # given a hat in the order and known measures
    await talk.say("I want the Savannah Straw Hat")
    await talk.say("bust 92 waist 74")

    # when the size of a dress is asked, and taken
    assert "*M*" in await talk.say("which size for the Amani Wrap Dress in blue?")
    await talk.say("yes")

    # then the dress is added in it
    assert (WRAP, "blue", "M", 1) in await talk.cart()
