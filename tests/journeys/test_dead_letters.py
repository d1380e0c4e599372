"""A turn that fails whatever is tried: the conversation goes on, and nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import OperationalError

from dukani.core.database import Connection
from dukani.core.errors import ProviderUnavailable
from dukani.core.jobs import defer_turn
from dukani.core.queue import build_queue, retry_stalled_jobs
from dukani.core.settings import Queue as QueueSettings
from dukani.core.store import events
from dukani.graph import dead_letters, fetching
from dukani.graph.dead_letters import MOST_INTERRUPTIONS
from dukani.graph.turn import TurnFailed
from dukani.tools.payments import settlement
from tests import factories
from tests.journeys.talk import Talk, order_a_wrap_dress

ATTEMPTS = 6  # of one job: the first and five more


class StumblingReader:
    """Reads like the other, but falls over one word."""

    def __init__(self, reader: Any, error: type[Exception] = ZeroDivisionError) -> None:
        self._reader = reader
        self._error = error

    async def read(self, text: str, context: Any) -> Any:
        if "boom" in text:
            raise self._error(text)
        return await self._reader.read(text, context)


def stumbling(talk: Talk, error: type[Exception] = ZeroDivisionError) -> None:
    senses = talk.handler._senses
    talk.handler._senses = replace(senses, reader=StumblingReader(senses.reader, error))


async def work_until_done(talk: Talk, *, at_most: int = ATTEMPTS) -> int:
    """As the queue does; how many times it had to try."""
    for attempt in range(1, at_most + 1):
        with suppress(TurnFailed):
            await talk.turn()
            return attempt
    raise AssertionError("the job was given up, not the event")


async def open_events(talk: Talk) -> int:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        return len(await factories.open_events(conn, conversation_id=talk.conversation_id))


async def test_what_cannot_be_handled_goes_to_a_person(talk: Talk) -> None:
    # given a message no turn survives
    await talk.say("show me hats")
    stumbling(talk)
    await talk.write("boom")

    # when it was tried often enough
    assert await work_until_done(talk) == 5

    # then a person has it, she and the owner know, and nothing is left to try
    assert (await talk.conversation()).handoff_reason == "failed"
    assert talk.said != []
    assert "boom" in (await talk.owner_notes())[-1]
    assert await open_events(talk) == 0


async def test_after_what_cannot_be_handled_the_way_back_leads_where_she_was(talk: Talk) -> None:
    # given a customer who chooses, not understood twice, and a message no turn survives
    await talk.say("show me hats")
    step = await talk.step()
    await talk.say("asdf qwer")
    await talk.say("zxcv")
    stumbling(talk)
    await talk.write("boom")
    await work_until_done(talk)

    # then a person's step is shown, in the next turns too
    assert await talk.step() == "human_handoff"
    assert await talk.say("hello?") == ""
    assert await talk.step() == "human_handoff"

    # when she calls the assistant, then she chooses on, and misunderstandings are counted anew
    assert "back with you" in await talk.say("assistant")
    assert await talk.step() == step
    assert "talk to a person" not in await talk.say("blorp fnord")
    assert "Hat" in await talk.say("1")


async def test_what_came_beside_it_is_handled(talk: Talk) -> None:
    """Money above all: the payment of an order met a message no turn survives."""
    await order_a_wrap_dress(talk)
    payment = await talk.payment()
    stumbling(talk)
    await talk.write("boom")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await events.add(
            conn,
            conversation_id=talk.conversation_id,
            kind="payment_result",
            payload={
                "payment_id": payment.id,
                "code": "0",
                "amount_minor": 450000,
                "receipt": "QGH7X1Y2Z3",
            },
        )
    await work_until_done(talk)
    assert (await talk.order()).payment_status == "paid"
    assert await open_events(talk) == 0


async def test_money_that_cannot_be_booked_is_shown_to_the_owner(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await order_a_wrap_dress(talk)

    async def broken(_conn: Connection, **_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(settlement, "settle", broken)
    with pytest.raises(TurnFailed):
        await talk.mpesa("0", receipt="QGH7X1Y2Z3")
    await work_until_done(talk)
    assert (await talk.order()).payment_status == "needs_review"
    assert any("QGH7X1Y2Z3" in note for note in await talk.owner_notes())


async def test_a_photo_nobody_can_fetch_holds_nothing_up(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a photo over which fetching stumbles in a way nobody thought of, and money beside it
    async def broken(*_: Any) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(fetching, "photo_of", broken)
    await order_a_wrap_dress(talk)
    await talk.write("", kind="image")

    # when M-Pesa says it is paid
    said = await talk.mpesa("0")

    # then it counts, and she hears that the photo could not be read
    assert (await talk.order()).payment_status == "paid"
    assert "photo" in said
    assert await open_events(talk) == 0


async def test_a_photo_is_looked_at_later_when_our_own_store_is_away(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a photo that was fetched before
    async def away(*_: Any) -> bytes:
        raise ProviderUnavailable(provider="storage")

    monkeypatch.setattr(fetching, "photo_of", away)
    await talk.write("", kind="image")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "update messages set media_path = %s", (f"{talk.boutique_id}/inbound/photo.jpg",)
        )

    # when the store does not answer, then the turn is tried again
    with pytest.raises(TurnFailed):
        await talk.turn()
    assert await open_events(talk) == 1


async def test_a_database_that_is_away_is_no_events_fault(talk: Talk) -> None:
    stumbling(talk, OperationalError)
    await talk.write("boom")
    for _ in range(ATTEMPTS):
        with pytest.raises(TurnFailed):
            await talk.turn()
    assert await open_events(talk) == 1
    assert (await talk.conversation()).handed_off_at is None


# Each is an OperationalError by name, and comes of what the turn was given to do.
@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.ProgramLimitExceeded,  # 54000: an index row of 6,000 characters
        psycopg.errors.QueryCanceled,  # 57014: a statement that takes half a minute
        psycopg.errors.ConfigurationLimitExceeded,  # 53400
    ],
)
async def test_poison_is_a_dead_letter_whatever_its_class(
    talk: Talk, error: type[Exception]
) -> None:
    stumbling(talk, error)
    await talk.write("boom")
    assert await work_until_done(talk) == 5
    assert (await talk.conversation()).handoff_reason == "failed"
    assert await open_events(talk) == 0


async def test_an_interruption_that_comes_with_the_same_event_is_none(talk: Talk) -> None:
    """A message that loses the connection each time, and one behind it."""
    # given both
    await talk.say("show me hats")
    stumbling(talk, OperationalError)
    await talk.write("boom")
    await talk.write("what time do you open?")

    # when they are tried again and again
    tries = await work_until_done(talk, at_most=20)

    # then the one is given up alone, and the other is handled
    assert tries == MOST_INTERRUPTIONS
    assert (await talk.conversation()).handoff_reason == "failed"
    assert await open_events(talk) == 0
    given_up, passed_on = await talk.owner_notes()
    assert "boom" in given_up
    assert "what time do you open?" in passed_on  # a person answers now


async def test_a_message_whose_workers_die_is_a_dead_letter(talk: Talk) -> None:
    """The process is gone before it can count: the sweep that gives its job back does."""
    # given a message over which workers died again and again, and nobody who could read it
    await talk.say("show me hats")
    stumbling(talk, SystemError)
    await talk.write("boom")
    queue = build_queue(talk.database.url, QueueSettings())
    async with queue.open_async():
        await _turn_due(talk)
        for _ in range(MOST_INTERRUPTIONS):
            await _worker_dies_over_it(talk)
            assert await retry_stalled_jobs(queue) == 1

    # when one more worker takes it up, then it is not tried
    await talk.turn()
    assert (await talk.conversation()).handoff_reason == "failed"
    assert await open_events(talk) == 0


async def test_what_waits_behind_such_a_message_is_not_blamed(talk: Talk) -> None:
    await talk.say("show me hats")
    for words in ("boom", "do you have dresses?"):
        await talk.write(words)
    queue = build_queue(talk.database.url, QueueSettings())
    async with queue.open_async():
        await _turn_due(talk)
        for _ in range(MOST_INTERRUPTIONS):
            await _worker_dies_over_it(talk)
            await retry_stalled_jobs(queue)
        await talk.write("came later")

    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        rows = await conn.execute(
            "select interruptions from conversation_events where handled_at is null order by id"
        )
        interruptions = [row["interruptions"] for row in await rows.fetchall()]
    assert interruptions == [MOST_INTERRUPTIONS, 2, 0]


async def test_a_message_no_one_can_even_be_told_of_is_a_dead_letter(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(dead_letters, "_tell_the_owner", broken)
    stumbling(talk)
    await talk.write("boom")
    assert await work_until_done(talk) == 5
    assert (await talk.conversation()).handoff_reason == "failed"
    assert await open_events(talk) == 0


async def _turn_due(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await defer_turn(conn, boutique_id=talk.boutique_id, conversation_id=talk.conversation_id)


async def _worker_dies_over_it(talk: Talk) -> None:
    async with talk.database.system_connection() as conn:
        await conn.execute(
            """with w as (insert into jobs.procrastinate_workers (last_heartbeat)
                 values (now() - interval '1 minute') returning id)
               update jobs.procrastinate_jobs set status = 'doing',
                 worker_id = (select id from w) where task_name = 'handle_turn'"""
        )


async def test_another_machines_slow_clock_leaves_nothing_unanswered(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job comes when the database says so: only its clock can say how long she was quiet."""
    monkeypatch.setattr(talk.services.settings.conversation, "quiet_time_s", 0.2)
    await talk.write("show me hats")
    assert await talk.turn() == ""
    await talk.age("conversation_events", "created_at", "0.2 seconds")
    assert "Hat" in await talk.turn()
