"""One id from the request in which something began to the messages that came of it."""

from __future__ import annotations

from structlog.contextvars import get_contextvars

from dukani.core.jobs import defer_turn
from dukani.core.observability.following import current_trace, following, following_on
from dukani.graph.context import Senses
from dukani.worker import build_worker
from tests.journeys.talk import Talk

TRACE = "0af7651916cd43dd8448eb211c80319c"


async def test_an_answer_has_the_id_of_the_request_that_its_turn_came_of(talk: Talk) -> None:
    # given a message whose request deferred a turn
    await talk.write("what time do you open?")
    with following(TRACE):
        async with talk.database.tenant_connection(talk.boutique_id) as conn:
            await defer_turn(
                conn, boutique_id=talk.boutique_id, conversation_id=talk.conversation_id
            )

    # when a worker runs it, in another context
    senses = Senses(reader=talk.handler._senses.reader, eye=talk.eye)
    queue = build_worker(talk.services, senses, url=talk.database.url)
    async with queue.open_async():
        await queue.run_worker_async(wait=False, concurrency=1, queues=["turns"])

    # then the answer is known as its consequence
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(b"select trace_id from messages where direction = 'out'")
        found = [row["trace_id"].hex for row in await cursor.fetchall()]
    assert found and set(found) == {TRACE}


async def test_a_transaction_outside_any_trace_has_none(talk: Talk) -> None:
    with following(TRACE):
        async with talk.database.tenant_connection(talk.boutique_id):
            pass
    await talk.say("hello")  # on the same connection of the pool
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            b"select count(*) as n from messages where trace_id is not null"
        )
        row = await cursor.fetchone()
    assert row == {"n": 0}


def test_log_lines_of_the_block_have_the_id_and_none_after_it() -> None:
    with following(TRACE, about="order:DK-1001"):
        assert get_contextvars() == {"trace": TRACE, "about": "order:DK-1001"}
        with following_on(None):
            assert current_trace() == TRACE
    assert (current_trace(), get_contextvars()) == (None, {})
