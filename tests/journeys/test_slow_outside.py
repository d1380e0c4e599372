"""What is slow outside holds nobody else: neither photos that drip nor a provider that dawdles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import replace

import httpx
import pytest

from dukani.core.jobs import paced_lock
from dukani.core.queue import lock_of
from dukani.graph.turn import TurnHandler
from tests.fakes.providers import FakeProviders
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk
from tests.journeys.test_worker import give_a_number
from tests.wiring import jobs

PHOTO = {"media": {"reference": "https://api.twilio.com/ME1", "content_type": "image/jpeg"}}


async def _drip() -> AsyncIterator[bytes]:
    while True:
        yield b"."
        await asyncio.sleep(0.02)


def answers_through(talk: Talk, http: httpx.AsyncClient) -> None:
    talk.services = replace(talk.services, http=http)
    talk.handler = TurnHandler(talk.services, talk.handler._senses)


@pytest.mark.slow
async def test_photos_that_drip_keep_no_more_turns_waiting_than_they_may(
    newcomer: Newcomer,
) -> None:
    # given four shoppers whose photos come a byte at a time, and one who writes
    talks = [await newcomer() for _ in range(5)]
    await give_a_number(talks[0])
    line = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=_drip()))
    )
    for talk in talks:
        answers_through(talk, line)
    shared = talks[0].services
    for talk in talks[1:]:
        talk.services, talk.handler = shared, talks[0].handler
    *senders, writer = talks
    for talk in senders:
        await talk.write("", kind="image", payload=PHOTO)

    # when all are handled at the same time
    hanging = [
        asyncio.create_task(
            talk.handler.turn(boutique_id=talk.boutique_id, conversation_id=talk.conversation_id)
        )
        for talk in senders
    ]
    ended, waiting = await asyncio.wait(hanging, timeout=5)
    await writer.write("what time do you open?")
    turn = await writer.handler.turn(
        boutique_id=writer.boutique_id, conversation_id=writer.conversation_id
    )

    # then two wait for their photos, two come back later, and the writer is answered
    assert (len(waiting), len(ended)) == (2, 2)
    assert turn.claimed is not None
    later = {job["lock"] for job in await jobs(shared, "handle_turn") if job["scheduled_at"]}
    paced = {lock_of(t.boutique_id, paced_lock(t.conversation_id)) for t in senders}
    assert len(later & paced) == 2
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)


async def test_without_room_to_send_the_answer_is_left_to_a_job(talk: Talk) -> None:
    # given a provider that holds all the room this boutique has for it
    await give_a_number(talk)
    fake = FakeProviders()
    answers_through(talk, httpx.AsyncClient(transport=httpx.MockTransport(fake.answer)))
    room = talk.services.capacity.sending["twilio"]
    with ExitStack() as held:
        while room.has_for(talk.boutique_id):
            held.enter_context(room.held(talk.boutique_id))

        # when she writes
        answer = await talk.say("what time do you open?")

    # then her answer waits for a job of its own, and the turn's slot is free
    assert answer
    assert fake.texts == []
    assert len(await jobs(talk.services, "deliver")) == 1
