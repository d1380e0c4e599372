""" "Stop promotions" ends marketing and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import consents
from tests.journeys.talk import Talk


async def may(talk: Talk) -> tuple[bool, bool]:
    """Whether she may be answered, and whether she may be sent promotions."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        return (
            await consents.may_answer(conn, customer_id=talk.customer_id),
            await consents.may_market(conn, customer_id=talk.customer_id),
        )


async def wanted(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await consents.record(
            conn, customer_id=talk.customer_id, purpose="marketing", granted=True, source="test"
        )


BUTTON = {"kind": "button"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stop promotions", {}),
        ("Stop all promotions.", {}),
        ("acha matangazo", {}),
        ("sitaki matangazo yenu", {}),
        ("Stop promotions", BUTTON | {"payload": {"row_id": "Stop promotions"}}),
        ("Acha matangazo", BUTTON | {"payload": {"row_id": "opt-out"}}),
        ("No thanks", BUTTON | {"payload": {"row_id": "STOP_PROMOTIONS"}}),
        ("Sio sasa", BUTTON | {"payload": {"row_id": "stop-promotions"}}),
    ],
)
async def test_stop_promotions_ends_marketing_alone(
    talk: Talk, text: str, message: dict[str, Any]
) -> None:
    await wanted(talk)

    said = await talk.say(text, **message)

    assert await may(talk) == (True, False)
    assert said
    # and the chat goes on
    assert "Savannah Straw Hat" in await talk.say("show me hats")


async def test_promotions_come_back_by_a_word(talk: Talk) -> None:
    await talk.say("stop promotions")
    assert "start promotions" in "\n".join(talk.said)

    await talk.say("start promotions")

    assert await may(talk) == (True, True)


async def test_the_cart_and_the_total_are_as_they_were(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("1")
    await talk.say("checkout")
    before = await talk.cart()

    await talk.say("stop promotions")

    assert await talk.cart() == before
    assert await talk.step() == "awaiting_delivery_address"


async def test_a_full_stop_is_still_a_full_stop(talk: Talk) -> None:
    await talk.say("STOP")

    assert await may(talk) == (False, False)
    # and "stop promotions" after it takes nothing back
    assert await talk.say("stop promotions") == ""
    assert await may(talk) == (False, False)


async def test_a_full_stop_in_the_same_breath_counts(talk: Talk) -> None:
    await talk.write("STOP")
    await talk.say("stop promotions")

    assert await may(talk) == (False, False)


async def test_what_is_asked_beside_it_is_answered(talk: Talk) -> None:
    await talk.write("stop promotions")
    said = await talk.say("show me hats")

    assert await may(talk) == (True, False)
    assert "Savannah Straw Hat" in said


async def test_it_is_heard_while_a_person_answers(talk: Talk) -> None:
    await wanted(talk)
    await talk.say("person")

    await talk.say("stop promotions")

    assert await may(talk) == (True, False)
