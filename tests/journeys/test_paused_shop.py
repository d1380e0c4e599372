"""A shop its owner has paused: a customer is told once that a person answers, and of no wait."""

from __future__ import annotations

import pytest

from dukani.core.store import boutiques
from dukani.core.store.messages import recent
from tests.journeys.talk import Talk
from tests.journeys.test_dead_letters import stumbling, work_until_done

EXCUSE = "Sorry for the wait"


async def pause(talk: Talk, *, paused: bool) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert await boutiques.pause(conn, paused=paused)


@pytest.mark.parametrize("called_first", [False, True])
async def test_however_long_a_customer_waits_nothing_follows_the_one_notice(
    talk: Talk, called_first: bool
) -> None:
    # given a customer who is told that a person answers, before the pause or in it
    if called_first:
        notice = await talk.say("I want to talk to a person")
        await pause(talk, paused=True)
    else:
        await pause(talk, paused=True)
        notice = await talk.say("I want to talk to a person")
    assert notice != ""

    # when nobody answers for hours, she writes again, and the time of a person is over
    await talk.age("messages", "created_at", "5 hours")
    if called_first:
        await talk.age("conversations", "handed_off_at", "5 hours")
    said = [await talk.say("hello?"), await talk.happens("timer"), await talk.say("show me hats")]

    # then she is told nothing
    assert said == ["", "", ""]

    # and once the shop goes on, whoever called a person is excused, and everybody is answered
    await pause(talk, paused=False)
    said_after = await talk.say("show me hats")
    assert (EXCUSE in said_after) == called_first
    assert "Hat" in said_after


async def test_a_message_nobody_can_read_promises_no_way_back_in_a_paused_shop(talk: Talk) -> None:
    # given a customer who was told of the pause
    await pause(talk, paused=True)
    assert await talk.say("hello") != ""

    # when a message of hers cannot be handled
    stumbling(talk)
    await talk.write("boom")
    await work_until_done(talk)

    # then the owner has it, and she is told nothing more
    assert "boom" in (await talk.owner_notes())[-1]
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        told = await recent(conn, conversation_id=talk.conversation_id)
    assert len([m for m in told if m.direction == "out"]) == 1
