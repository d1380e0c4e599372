"""The turn's job: it answers, and it is not done before the answer is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from dukani.core.jobs import defer_turn
from dukani.core.store import credentials, messages
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler
from dukani.tools import sending_rules
from dukani.tools.delivery import deliver
from dukani.worker import build_worker
from tests.fakes.providers import FakeProviders
from tests.journeys.talk import Talk, order_a_wrap_dress


async def run_jobs(talk: Talk) -> None:
    """Everything that is due now."""
    senses = Senses(reader=talk.handler._senses.reader, eye=talk.eye)
    queue = build_worker(talk.services, senses, url=talk.database.url)
    async with queue.open_async():
        await queue.run_worker_async(wait=False, concurrency=1)


async def due(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await defer_turn(conn, boutique_id=talk.boutique_id, conversation_id=talk.conversation_id)


@pytest.fixture
def providers(talk: Talk) -> FakeProviders:
    """Twilio beyond the network, for a boutique with a Twilio number."""
    fake = FakeProviders()
    http = httpx.AsyncClient(transport=httpx.MockTransport(fake.answer))
    talk.services = replace(talk.services, http=http)
    return fake


async def give_a_number(talk: Talk) -> None:
    async with talk.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=talk.boutique_id,
            provider="twilio",
            account="+254700000901",
            secrets={"account_sid": "AC1", "auth_token": "token"},
            box=talk.services.secrets,
        )


async def test_one_job_answers_and_sends(talk: Talk, providers: FakeProviders) -> None:
    await give_a_number(talk)
    await talk.write("what time do you open?")
    await due(talk)
    await run_jobs(talk)
    assert len(providers.texts) == 1


async def test_what_a_turn_says_goes_out_behind_what_waits(
    talk: Talk, providers: FakeProviders
) -> None:
    # given a message of staff that is still to be sent
    await give_a_number(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await messages.queue_outbound(
            conn, conversation_id=talk.conversation_id, provider="twilio", body="Karibu dukani"
        )

    # when the assistant answers
    await talk.write("what time do you open?")
    await due(talk)
    await run_jobs(talk)

    # then both arrive, in order
    first, _ = providers.texts
    assert first == "Karibu dukani"


async def test_an_answer_whose_worker_died_before_sending_is_sent_by_the_next(
    talk: Talk, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a turn that was committed by a worker that died before it sent anything
    await give_a_number(talk)
    await talk.write("what time do you open?")
    left = await talk.handler.turn(
        boutique_id=talk.boutique_id, conversation_id=talk.conversation_id
    )
    assert left.claimed is not None

    # when its job is given back, and the message has been given the time to show itself
    await due(talk)
    await run_jobs(talk)
    assert providers.texts == []
    monkeypatch.setattr(sending_rules, "UNCLEAR_WAIT", timedelta(0))
    for _ in range(2):
        await due(talk)
        await run_jobs(talk)

    # then the answer is sent, once
    assert len(providers.texts) == 1
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        said = await messages.recent(conn, conversation_id=talk.conversation_id)
    assert [m.status for m in said if m.direction == "out"] == ["sent"]


async def test_after_a_stop_nothing_that_still_waited_is_sent_but_her_receipt(
    talk: Talk, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given answers and a receipt that wait for a provider that is away
    await give_a_number(talk)
    talk.handler = TurnHandler(talk.services, talk.handler._senses)
    providers.next = [httpx.ConnectError("refused")] * 20
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    await talk.say("what time do you open?")

    # when she says stop, and the provider is back
    await talk.say("STOP")
    providers.next = []
    monkeypatch.setattr(sending_rules, "retry_wait", lambda *_: timedelta(0))
    await deliver(talk.services, boutique_id=talk.boutique_id, conversation_id=talk.conversation_id)

    # then she reads that her money came and that she is heard, and nothing else
    receipt, heard = providers.texts
    assert "DK-" in receipt
    assert "START" in heard
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        said = await messages.recent(conn, conversation_id=talk.conversation_id)
    codes = {m.error_code for m in said if m.status == "failed"}
    assert codes == {"opted_out"}
