"""What providers refuse, leave open, or take back later; nobody is lost, nobody gets two."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from dukani.campaigns.clock import look_after_campaigns
from dukani.core.services import Services
from dukani.core.store import campaign_posts
from dukani.core.store.campaign_posts import Draft
from tests.fakes.providers import FakeProviders, meta_error, twilio_error
from tests.integration.campaigns.a_campaign import (
    TOKENS,
    Sending,
    a_sending,
    a_shop,
    balance,
    campaign,
    reasons,
    recipients,
    run,
    states,
    time_passes,
)
from tests.integration.campaigns.test_dispatch import a_status
from tests.wiring import Caller, jobs, rows

SILENT = httpx.ReadTimeout("silence")


async def a_meta_sending(services: Services, customers: int = 1, **pace: object) -> Sending:
    boutique = await a_shop(services)
    return await a_sending(services, boutique, customers=customers, **pace)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (meta_error(131026), ("planned", "131026")),
        (meta_error(131016, 503), ("planned", "131016")),
        (httpx.Response(503), ("planned", "unavailable")),
        (httpx.ConnectError("refused"), ("planned", "unavailable")),
        (meta_error(130472), ("failed", "130472")),
        (meta_error(131050), ("failed", "131050")),
        (meta_error(131049), ("planned", "131049")),
        (meta_error(999999), ("failed", "999999")),
        (httpx.Response(500), ("unknown", None)),
        (SILENT, ("unknown", None)),
    ],
)
async def test_what_becomes_of_a_refused_one(
    services: Services,
    providers: FakeProviders,
    answer: httpx.Response | Exception,
    state: tuple[str, str | None],
) -> None:
    sending = await a_meta_sending(services)
    providers.next = [answer]

    await run(services, sending)

    assert await reasons(services, sending) == [state]


async def test_a_passing_refusal_is_tried_again_and_paid_for_once(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services)
    providers.next = [meta_error(131016, 503), meta_error(131016, 503)]

    for _ in range(3):
        await run(services, sending)
        await time_passes(services)

    (accepted,) = await recipients(services, sending)
    assert (accepted["state"], accepted["tries"]) == ("accepted", 3)
    assert len(await rows(services, "messages")) == 1  # one bubble in her chat
    available, held, _ = await balance(services, sending.boutique_id)
    assert (available, held) == (TOKENS - accepted["tokens"], accepted["tokens"])


async def test_who_cannot_be_reached_again_and_again_is_left_alone(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services, max_retries=3)
    providers.next = [meta_error(131026)] * 4

    for _ in range(5):
        await run(services, sending)
        await time_passes(services)

    assert await reasons(services, sending) == [("failed", "131026")]
    (suppressed,) = await _all(services, "suppressed_identities")
    assert (suppressed["identity"], suppressed["reason"]) == (sending.phones[0], "unreachable")
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)
    (contact,) = await _all(services, "marketing_contacts")
    assert contact["released_at"] is not None


async def test_a_stop_told_by_whatsapp_is_kept(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services)
    providers.next = [meta_error(131050)]
    await run(services, sending)
    kept = (await _all(services, "consents"))[-1]
    assert (kept["granted"], kept["source"], kept["words"]) == (False, "meta_answer", "131050")


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [(131048, "paused", "spam"), (132015, "paused", "template"), (368, "paused", "blocked")],
)
async def test_what_stops_the_campaign_stops_it_for_all_and_goes_on_when_resumed(
    services: Services, providers: FakeProviders, code: int, status: str, reason: str
) -> None:
    # given three recipients, of whom the first is refused
    sending = await a_meta_sending(services, customers=3, per_minute=60)
    providers.next = [meta_error(code)]

    await run(services, sending)
    await time_passes(services)
    await run(services, sending)

    # then nobody else is sent to, the owner hears of it, and nobody has failed
    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == (status, reason)
    assert (providers.sent, await states(services, sending)) == ([], ["planned"] * 3)
    assert any("December" in row["body"] for row in await rows(services, "messages"))


async def test_what_is_wrong_with_the_message_fails_the_campaign_at_once(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services, customers=3, per_minute=60)
    providers.next = [meta_error(132000)]

    await run(services, sending)

    found = await campaign(services, sending)
    assert (found["status"], found["status_reason"]) == ("failed", "parameters")
    assert sorted(map(str, await reasons(services, sending))) == [
        "('failed', '132000')", "('skipped', 'campaign_failed')", "('skipped', 'campaign_failed')",
    ]  # fmt: skip
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)


async def test_a_slow_number_rests_and_the_others_do_not(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services, customers=2, per_minute=60)
    providers.next = [meta_error(130429, 429)]
    await run(services, sending)
    await run(services, sending)
    assert providers.sent == []
    await time_passes(services, timedelta(seconds=10))
    await run(services, sending)
    assert len(providers.sent) == 2


async def test_an_owner_hears_once_of_a_code_that_nobody_knows(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services, customers=3)
    providers.next = [meta_error(999999)] * 3
    await run(services, sending)
    notes = [row for row in await rows(services, "messages") if row["conversation_id"] is None]
    assert [("999999" in note["body"]) for note in notes] == [True]


async def test_one_in_doubt_is_never_sent_again_and_settled_by_its_status(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    # given a message that was taken without an answer
    sending = await a_meta_sending(services)
    providers.silent_next = 1
    await run(services, sending)
    assert await states(services, sending) == ["unknown"]

    # when a week passes, it is not sent again
    for _ in range(3):
        await time_passes(services)
        await run(services, sending)
        await look_after_campaigns(services)
    assert (len(providers.sent), await states(services, sending)) == (1, ["unknown"])

    # and a status settles it, whenever it comes
    await caller.meta(a_status(providers.sent[0], "delivered"))
    (arrived,) = await recipients(services, sending)
    assert arrived["state"] == "delivered"
    _, held, spent = await balance(services, sending.boutique_id)
    assert (held, spent) == (0, arrived["tokens"])


async def test_one_in_doubt_that_nobody_tells_of_is_given_up_after_a_week(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services)
    providers.silent_next = 1
    await run(services, sending)
    await time_passes(services, timedelta(days=9))

    await look_after_campaigns(services)

    assert await reasons(services, sending) == [("failed", "unclear")]
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)


async def test_twilio_is_asked_about_one_in_doubt(
    services: Services, providers: FakeProviders
) -> None:
    boutique = await a_shop(services, "twilio")
    sending = await a_sending(services, boutique, customers=2)
    providers.silent_next = 1
    providers.next = [httpx.Response(201), SILENT]  # one taken without an answer, one not taken
    await run(services, sending)
    assert await states(services, sending) == ["unknown", "unknown"]
    await time_passes(services, timedelta(seconds=30))

    await look_after_campaigns(services)

    assert sorted(await states(services, sending)) == ["accepted", "unknown"]
    assert len(providers.sent) == 1


async def test_a_worker_that_dies_leaves_nobody_behind_and_doubles_nobody(
    services: Services, providers: FakeProviders
) -> None:
    # given a worker that died when it was posting one
    sending = await a_meta_sending(services, customers=3)
    found = await recipients(services, sending)
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await campaign_posts.post(
            conn,
            [
                Draft(
                    recipient_id=str(found[1]["id"]),
                    customer_id=str(found[1]["customer_id"]),
                    body="Hello",
                    media_path=None,
                    template={"name": "t", "language": "en"},
                    tokens=1,
                )
            ],
            campaign_id=sending.campaign_id,
            provider="meta",
            lease=timedelta(hours=1),
        )
    await run(services, sending)
    assert await states(services, sending) == ["accepted", "posting", "accepted"]

    # when its lease has ended
    await time_passes(services)
    await run(services, sending)

    # then that one is in doubt, and not sent again
    assert await states(services, sending) == ["accepted", "unknown", "accepted"]
    assert len(providers.sent) == 2


async def test_a_lost_job_is_found_and_goes_on(
    services: Services, providers: FakeProviders
) -> None:
    sending = await a_meta_sending(services)
    async with services.database.system_connection() as conn:
        await conn.execute("delete from jobs.procrastinate_jobs")
    await look_after_campaigns(services)
    assert await jobs(services, "send_campaign") == []  # it may be busy
    await time_passes(services, timedelta(minutes=3))

    await look_after_campaigns(services)

    (job,) = await jobs(services, "send_campaign")
    assert job["args"]["chain"] == 2
    await run(services, sending)
    assert len(providers.sent) == 1


async def test_a_failure_told_later_is_tried_again_as_another_message(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    services.settings.campaigns.settle_s = 600
    sending = await a_meta_sending(services)
    await run(services, sending)
    errors = {"errors": [{"code": 131016, "title": "no"}]}
    await caller.meta(a_status(providers.sent[0], "failed", **errors))
    assert await reasons(services, sending) == [("planned", "131016")]

    # when it is sent again and arrives
    await time_passes(services)
    await run(services, sending)
    await caller.meta(a_status(providers.sent[1], "delivered", 2))
    await caller.meta(a_status(providers.sent[0], "failed", **errors))  # told once more

    (arrived,) = await recipients(services, sending)
    assert arrived["state"] == "delivered"
    tries = [row["campaign_try"] for row in await rows(services, "messages")]
    assert tries == [1, 2]
    _, held, spent = await balance(services, sending.boutique_id)
    assert (held, spent) == (0, arrived["tokens"])


async def test_it_arrives_after_it_had_failed(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    sending = await a_meta_sending(services, retry_failed=False)
    await run(services, sending)
    errors = {"errors": [{"code": 131000, "title": "no"}]}
    await caller.meta(a_status(providers.sent[0], "failed", **errors))
    assert await states(services, sending) == ["failed"]
    assert await balance(services, sending.boutique_id) == (TOKENS, 0, 0)

    await caller.meta(a_status(providers.sent[0], "delivered"))

    (arrived,) = await recipients(services, sending)
    assert arrived["state"] == "delivered"
    assert await balance(services, sending.boutique_id) == (
        TOKENS - arrived["tokens"], 0, arrived["tokens"],
    )  # fmt: skip


async def test_statuses_in_any_order_and_twice_and_before_the_answer(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    sending = await a_meta_sending(services)

    async def too_early() -> None:
        (sent,) = providers.sent
        for status in ("read", "sent", "read", "delivered"):
            await caller.meta(a_status(sent, status))

    providers.silent_next = 1
    await run(services, sending)
    await too_early()

    (read,) = await recipients(services, sending)
    assert read["state"] == "read"
    assert len(await _all(services, "campaign_statuses")) == 3


async def test_a_status_of_a_recipient_who_is_gone_is_taken_all_the_same(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    sending = await a_meta_sending(services)
    await run(services, sending)
    async with services.database.system_connection() as conn:
        await conn.execute("delete from campaign_recipients")

    answer = await caller.meta(a_status(providers.sent[0], "delivered"))

    (message,) = await rows(services, "messages")
    assert (answer.status_code, message["status"]) == (200, "delivered")


async def test_a_status_whose_consequence_was_lost_is_made_up_for(
    services: Services, providers: FakeProviders
) -> None:
    # given a status that was kept by a process that died right after
    sending = await a_meta_sending(services)
    await run(services, sending)
    (accepted,) = await recipients(services, sending)
    async with services.database.system_connection() as conn:
        await conn.execute(
            "insert into campaign_statuses (boutique_id, recipient_id, provider_id, status,"
            " received_at) values (%s, %s, 'wamid.1', 'read', now() - interval '1 minute')",
            (sending.boutique_id, accepted["id"]),
        )

    await look_after_campaigns(services)

    assert await states(services, sending) == ["read"]


async def test_many_changes_in_a_second_are_told_once(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    sending = await a_meta_sending(services, customers=5)
    await run(services, sending)
    await asyncio.gather(
        *(caller.meta(a_status(sent, "delivered", n)) for n, sent in enumerate(providers.sent, 1))
    )
    assert await states(services, sending) == ["delivered"] * 5
    assert len(await jobs(services, "tell_campaign")) == 1


async def test_twilios_codes_mean_the_same(services: Services, providers: FakeProviders) -> None:
    boutique = await a_shop(services, "twilio")
    sending = await a_sending(services, boutique)
    providers.next = [twilio_error(63049)]
    await run(services, sending)
    assert await reasons(services, sending) == [("planned", "63049")]


async def _all(services: Services, table: str) -> list[dict[str, object]]:
    async with services.database.system_connection() as conn:
        return list(await (await conn.execute(f"select * from {table}".encode())).fetchall())
