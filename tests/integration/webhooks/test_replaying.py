"""A replay runs a stored event through the same reading and handling as when it came."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dukani.core.services import Services
from dukani.core.store import webhook_events, webhook_replays
from dukani.core.store.credentials import Credentials
from dukani.core.store.webhook_events import WebhookEvent
from dukani.core.store.webhook_replays import EventReplay
from dukani.webhooks import meta_reading, replaying
from dukani.webhooks.proofs import PROOFS, is_proven
from dukani.webhooks.replaying import replay_webhooks
from tests.integration.webhooks.test_webhook_payments import DARAJA, a_callback, a_payment
from tests.wiring import (
    META_NUMBER,
    TWILIO_NUMBER,
    Caller,
    a_change,
    a_line,
    a_meta_message,
    jobs,
    rows,
)

CARD = {"wa_id": "254712000001", "profile": {"name": "Wanjiku"}}


async def replay(services: Services, *event_ids: int) -> list[EventReplay]:
    """Replay these events, or all there are; the results in the order of the events."""
    ids = list(event_ids) or [row["id"] for row in await rows(services, "webhook_events", "id")]
    async with services.database.system_connection() as conn:
        order = await webhook_replays.add(conn, actor="platform:me", event_ids=ids)
    await replay_webhooks(services, replay_id=order)
    async with services.database.system_connection() as conn:
        found = [await webhook_replays.of_event(conn, event_id=one) for one in ids]
    return [one[0] for one in found]


async def test_a_message_to_a_number_nobody_had_is_handled_once_somebody_has_it(
    services: Services, caller: Caller
) -> None:
    # given
    await caller.meta(a_change(messages=[a_meta_message()], contacts=[CARD]))
    [before] = await rows(services, "webhook_events")
    boutique = await a_line(services, "meta", META_NUMBER)

    # when
    [result] = await replay(services)

    # then
    assert before["outcome"] == "unknown_number"
    assert (result.result, result.outcome_after) == ("handled", "handled")
    [event] = await rows(services, "webhook_events")
    assert event["id"] == before["id"] and str(event["boutique_id"]) == boutique
    assert event["event_key"] == "wamid.1" and event["created_at"] == before["created_at"]
    [customer] = await rows(services, "customers")
    assert (customer["phone"], customer["name"]) == ("+254712000001", "Wanjiku")
    [message] = await rows(services, "messages")
    assert message["body"] == "Habari" and message["sent_at"].year == 2026
    assert len(await jobs(services, "handle_turn")) == 1


async def test_a_replay_of_what_was_handled_changes_nothing_and_says_so(
    services: Services, caller: Caller
) -> None:
    # given
    await a_line(services, "meta", META_NUMBER)
    await caller.meta(a_change(messages=[a_meta_message()]))
    before = await rows(services, "webhook_events")

    # when
    [result] = await replay(services)

    # then
    assert (result.result, result.reason) == ("unchanged", "handled_before")
    assert await rows(services, "webhook_events") == before
    assert len(await rows(services, "messages")) == 1
    assert len(await jobs(services, "handle_turn")) == 1


async def test_a_second_replay_and_a_late_redelivery_of_it_do_nothing(
    services: Services, caller: Caller
) -> None:
    # given
    change = a_change(messages=[a_meta_message()])
    await caller.meta(change)
    await a_line(services, "meta", META_NUMBER)
    await replay(services)

    # when
    [again] = await replay(services)
    await caller.meta(change)

    # then
    assert again.result == "unchanged"
    assert len(await rows(services, "messages")) == len(await rows(services, "webhook_events")) == 1


async def test_what_the_reader_has_learnt_to_read_is_handled(
    services: Services, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    await a_line(services, "meta", META_NUMBER)

    def could_not(account: str, value: Any, raw: dict[str, Any]) -> Any:
        return meta_reading._aside(account, raw, kind="message", outcome="unreadable")

    with monkeypatch.context() as younger:
        younger.setattr(meta_reading, "_message", could_not)
        await caller.meta(a_change(messages=[a_meta_message()], contacts=[CARD]))

    # when
    [result] = await replay(services)

    # then
    assert (result.outcome_before, result.result) == ("unreadable", "handled")
    [event] = await rows(services, "webhook_events")
    assert (event["event_key"], event["kind"], event["outcome"]) == (
        "wamid.1",
        "message",
        "handled",
    )
    assert len(await rows(services, "messages")) == 1


async def test_what_nobody_can_read_still_stays_as_it_is(
    services: Services, caller: Caller
) -> None:
    # given
    await caller.meta_raw(b'{"something": "else"}')
    before = await rows(services, "webhook_events")

    # when
    [result] = await replay(services)

    # then
    assert (result.result, result.outcome_after) == ("unchanged", "unreadable")
    assert result.reason.startswith("unreadable")
    assert await rows(services, "webhook_events") == before


async def test_a_status_whose_message_is_known_by_now_is_applied(
    services: Services, caller: Caller
) -> None:
    # given
    boutique = await a_line(services, "twilio", TWILIO_NUMBER)
    await caller.twilio()
    await caller.twilio_status("delivered", sid="SM77")
    async with services.database.tenant_connection(boutique) as conn:
        await conn.execute(
            """insert into messages (boutique_id, conversation_id, direction, author, provider,
                 provider_id, status, body)
               select boutique_id, id, 'out', 'assistant', 'twilio', 'SM77', 'sent', 'Karibu'
               from conversations"""
        )
    [status] = [r for r in await rows(services, "webhook_events") if r["kind"] == "status"]

    # when
    [result] = await replay(services, status["id"])

    # then
    assert (result.outcome_before, result.result) == ("ignored", "handled")
    sent = [row for row in await rows(services, "messages") if row["provider_id"] == "SM77"]
    assert [row["status"] for row in sent] == ["delivered"]
    [again] = await replay(services, status["id"])
    assert again.result == "unchanged"


async def test_a_call_nobody_could_verify_is_verified_by_the_token_known_now(
    services: Services, caller: Caller
) -> None:
    # given: nobody had the number, so anybody could have called
    await caller.twilio(MessageSid="SM1")
    await caller.twilio(MessageSid="SM2", token="a forger's")
    await a_line(services, "twilio", TWILIO_NUMBER)

    # when
    true, forged = await replay(services)

    # then
    assert (true.result, forged.result, forged.reason) == ("handled", "refused", "not_verified")
    assert [row["provider_id"] for row in await rows(services, "messages")] == ["SM1"]


async def test_a_callback_that_lost_its_job_is_handled(services: Services, caller: Caller) -> None:
    # given
    await a_payment(services)
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update orders set conversation_id = v.id from conversations v"
            " where v.customer_id = orders.customer_id"
        )
    await caller.client.post(DARAJA, json=a_callback(1032))

    # when
    [result] = await replay(services)

    # then
    assert (result.outcome_before, result.outcome_after) == ("stored", "handled")
    events = await rows(services, "conversation_events")
    assert [event["kind"] for event in events] == ["payment_result"]
    [again] = await replay(services)
    assert again.reason == "handled_before"
    assert len(await rows(services, "conversation_events")) == 1


async def test_one_event_that_breaks_the_code_keeps_no_other_waiting(
    services: Services, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    await caller.meta(a_change(messages=[a_meta_message("wamid.1"), a_meta_message("wamid.2")]))
    await a_line(services, "meta", META_NUMBER)
    true_record = replaying.record

    async def breaks(webhooks: Any, number: Any, item: Any) -> None:
        if item.event_key == "wamid.1":
            raise ZeroDivisionError
        await true_record(webhooks, number, item)

    monkeypatch.setattr(replaying, "record", breaks)

    # when
    broken, fine = await replay(services)

    # then
    assert (broken.result, broken.reason, fine.result) == ("failed", "ZeroDivisionError", "handled")
    monkeypatch.undo()
    [again] = await replay(services, broken.event_id)
    assert again.result == "handled"


async def test_an_order_whose_job_died_goes_on_behind_its_last_result(
    services: Services, caller: Caller
) -> None:
    # given
    await caller.meta(a_change(messages=[a_meta_message("wamid.1"), a_meta_message("wamid.2")]))
    await a_line(services, "meta", META_NUMBER)
    ids = [row["id"] for row in await rows(services, "webhook_events", "id")]
    async with services.database.system_connection() as conn:
        order = await webhook_replays.add(conn, actor="platform:me", event_ids=ids)
        await webhook_replays.note(conn, replay_id=order, event_id=ids[0], result="refused")

    # when
    await replay_webhooks(services, replay_id=order)

    # then
    async with services.database.system_connection() as conn:
        found = await webhook_replays.get(conn, replay_id=order)
    assert found is not None
    assert (found.events, found.done, found.handled, found.refused) == (2, 2, 1, 1)
    assert [row["provider_id"] for row in await rows(services, "messages")] == ["wamid.2"]


def a_call_of_another_provider(**envelope: Any) -> WebhookEvent:
    """One to a number that nobody had, at a provider added as the guide says."""
    return WebhookEvent(
        id=1, boutique_id=None, provider="another", event_key="m1", kind="message", payload={},
        outcome="unknown_number", created_at=datetime.now(UTC), envelope=envelope,
    )  # fmt: skip


def test_a_provider_without_a_proof_proves_nothing() -> None:
    keys = Credentials("meta", "1", {"auth_token": "t"})

    assert not is_proven(a_call_of_another_provider(signature="s"), keys)
    assert not is_proven(a_call_of_another_provider(verified=False), keys)
    assert is_proven(a_call_of_another_provider(verified=True), keys)
    assert is_proven(replace(a_call_of_another_provider(), boutique_id="b"), keys)


def test_a_provider_proves_its_calls_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_its_key(event: WebhookEvent, keys: Credentials | None) -> bool:
        return keys is not None and (event.envelope or {}).get("sent") == keys.secrets["key"]

    monkeypatch.setitem(PROOFS, "another", by_its_key)
    keys = Credentials("meta", "1", {"key": "k"})

    assert is_proven(a_call_of_another_provider(sent="k"), keys)
    assert not is_proven(a_call_of_another_provider(sent="another's"), keys)
    assert not is_proven(a_call_of_another_provider(sent="k"), None)


async def test_what_nobody_has_proven_is_replayed_of_no_provider(
    services: Services, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if Meta signed with each number's own keys, of which this call shows none."""
    # given a message, two in one body, and news of a template
    monkeypatch.delitem(PROOFS, "meta")
    await caller.meta(a_change(messages=[a_meta_message("wamid.1")]))
    two = {"entry": [{"id": "WABA", "changes": [
        a_change(messages=[a_meta_message("wamid.2"), a_meta_message("wamid.3")])]}]}  # fmt: skip
    told_of = {
        "event": "APPROVED",
        "message_template_name": "a",
        "message_template_language": "en",
    }
    news = {"entry": [{"id": "WABA", "changes": [
        {"field": "message_template_status_update", "value": told_of}]}]}  # fmt: skip
    async with services.database.system_connection() as conn:
        for body in (two, news):
            await webhook_events.store(
                conn, provider="meta", event_key=str(len(str(body))), kind="unknown",
                payload={"body": json.dumps(body)}, outcome="unreadable",
            )  # fmt: skip
    await a_line(services, "meta", META_NUMBER)

    # when
    one, batch, told = await replay(services)

    # then
    assert (one.result, one.reason) == ("refused", "not_verified")
    assert batch.result == "unchanged"
    assert (told.result, told.reason) == ("refused", "not_verified")
    assert await rows(services, "messages") == []
    assert await jobs(services, "handle_turn") == []


async def test_what_came_to_a_boutique_is_no_others_though_the_sender_is(
    services: Services,
) -> None:
    """A name that sends SMS may be several boutiques'; a replay must not choose among them."""
    # given two with one name, and what came to each
    both = [await a_line(services, "africastalking", "DUKA") for _ in range(2)]
    async with services.database.system_connection() as conn:
        for boutique in both:
            await webhook_events.store(
                conn, provider="africastalking", event_key=boutique, kind="message",
                payload={"from": "+254712000001", "to": "DUKA", "text": f"To {boutique}",
                         "id": boutique, "date": "2026-11-20 10:00:00", "linkId": "l"},
                boutique_id=boutique, outcome="unreadable", envelope={"account": "DUKA"},
            )  # fmt: skip

    # when
    results = await replay(services)

    # then
    assert [result.result for result in results] == ["handled", "handled"]
    written = await rows(services, "messages", "boutique_id::text as id, direction, body, seq")
    heard = [(row["id"], row["body"]) for row in written if row["direction"] == "in"]
    assert heard == [(boutique, f"To {boutique}") for boutique in both]


async def test_what_came_to_a_boutique_that_has_the_number_no_more_is_nobodys(
    services: Services, caller: Caller
) -> None:
    # given an event that could not be read, and the number is another boutique's since
    first = await a_line(services, "meta", META_NUMBER)
    async with services.database.system_connection() as conn:
        await webhook_events.store(
            conn, provider="meta", event_key="wamid.1", kind="message", boutique_id=first,
            payload={"body": json.dumps({"entry": [{"id": "WABA", "changes": [
                a_change(messages=[a_meta_message()])]}]})}, outcome="unreadable",
        )  # fmt: skip
        await conn.execute("delete from provider_credentials")
    await a_line(services, "meta", META_NUMBER)

    # when
    [result] = await replay(services)

    # then
    assert (result.result, result.reason) == ("unchanged", "still_unknown_number")
    assert await rows(services, "messages") == []


async def test_what_came_to_a_shop_that_is_closed_by_now_is_nobodys(services: Services) -> None:
    # given an event that could not be read, and its boutique is closed since
    boutique = await a_line(services, "africastalking", "DUKA")
    async with services.database.system_connection() as conn:
        await webhook_events.store(
            conn, provider="africastalking", event_key="1", kind="message", boutique_id=boutique,
            payload={"from": "+254712000001", "to": "DUKA", "text": "Hi", "id": "1",
                     "date": "2026-11-20 10:00:00", "linkId": "l"},
            outcome="unreadable", envelope={"account": "DUKA"},
        )  # fmt: skip
        await conn.execute("update boutiques set active = false")

    # when
    [result] = await replay(services)

    # then
    assert (result.result, result.reason) == ("unchanged", "still_unknown_number")
    assert await rows(services, "messages") == []
