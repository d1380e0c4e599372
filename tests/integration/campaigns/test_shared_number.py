"""Boutiques without a number of their own send from the platform's; each hears what is hers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import consents, credentials, shared_numbers
from dukani.core.template_form import TemplateForm
from dukani.tools import own_templates, shared_number
from dukani.tools.own_templates import Draft
from tests.factories import a_boutique
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    a_sending,
    a_shop,
    all_may_leave_at_once,
    by_day,
    campaign,
    recipients,
    run,
    states,
    time_passes,
)
from tests.integration.campaigns.on_one_number import (
    PHONE,
    SHARED,
    a_fan,
    heard,
    numbers_own_words,
    shops,
    writes,
)
from tests.integration.campaigns.test_dispatch import a_status
from tests.wiring import Caller, a_change, rows, some_services, with_settings

NUMBER = {"account": SHARED, "access_token": "shared-token", "waba_id": "WABA9"}


@pytest.fixture
async def services(
    database: Database, tmp_path: Path, providers: FakeProviders
) -> AsyncIterator[Services]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(providers.answer))
    async with some_services(
        database, tmp_path, http=http, campaigns={"settle_s": 0}, shared_number=NUMBER
    ) as made:
        yield made


async def sent_to_her(services: Services, boutique: str, phone: str = PHONE) -> None:
    """A campaign of the boutique's reaches her."""
    fan = await a_fan(services, boutique, phone)
    await run(services, await a_sending(services, boutique, customers=[fan]))


async def test_a_boutique_without_a_number_sends_from_the_platforms(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    # given two boutiques on the number
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    fan = await a_fan(services, zuri)

    # when one sends, and WhatsApp tells that it was read
    sending = await a_sending(services, zuri, customers=[fan])
    await run(services, sending)
    [message] = providers.sent
    await caller.meta(a_status(message, "read") | {"field": "messages"})
    change = a_change(account=SHARED, statuses=a_status(message, "read")["value"]["statuses"])
    await caller.meta(change)

    # then the status is hers, and the other boutique sees nothing
    assert await states(services, sending) == ["read"]
    async with services.database.tenant_connection(pwani) as conn:
        assert await (await conn.execute("select 1 from messages")).fetchall() == []
        assert await (await conn.execute("select 1 from webhook_events")).fetchall() == []


async def test_without_a_platforms_number_nothing_is_sent(services: Services) -> None:
    none = with_settings(services, shared_number={"account": None})
    [zuri] = await shops(none, "Zuri")
    fan = await a_fan(none, zuri)
    sending = await a_sending(none, zuri, customers=[fan])

    await run(none, sending)

    row = await campaign(none, sending)
    assert (row["status"], row["status_reason"]) == ("paused", "set_up")


async def test_a_number_of_her_own_takes_its_place(services: Services) -> None:
    [zuri] = await shops(services, "Zuri")
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn, boutique_id=zuri, provider="twilio", account="+254700000001",
            secrets={"account_sid": "AC1", "auth_token": "t"}, box=services.secrets,
        )  # fmt: skip

    await shared_number.keep(services)

    kept = await rows(services, "provider_credentials", "account, shared, provider as id")
    assert [(row["account"], row["shared"]) for row in kept] == [("+254700000001", False)]


async def test_a_boutique_of_another_provider_keeps_its_own_choice(
    services: Services, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another provider of WhatsApp is added as the guide says: no shared number can be there."""
    # given a boutique that only chose it, and one whose number is there
    monkeypatch.setattr(shared_numbers, "WHATSAPP_PROVIDERS", ("twilio", "meta", "another"))
    _takes_another_provider(superuser_url)
    [chose, has_one] = [
        await a_boutique(services.database, slug=slug, owner_phone=None)
        for slug in ("chose", "has-one")
    ]
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update boutiques set whatsapp_provider = 'another' where slug = 'chose'"
        )
    await _has_a_number_there(services, has_one)

    # when
    await shared_number.keep(services)

    # then
    kept = await rows(services, "provider_credentials", "provider, shared, provider as id")
    assert [(row["provider"], row["shared"]) for row in kept] == [("another", False)]
    chosen = await rows(services, "boutiques", "id::text, whatsapp_provider")
    assert {row["id"]: row["whatsapp_provider"] for row in chosen}[chose] == "another"


async def test_a_number_at_another_provider_takes_the_shared_ones_place(
    services: Services, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(shared_numbers, "WHATSAPP_PROVIDERS", ("twilio", "meta", "another"))
    _takes_another_provider(superuser_url)
    [zuri] = await shops(services, "Zuri")
    await _has_a_number_there(services, zuri)

    # when
    await shared_number.keep(services)

    # then
    kept = await rows(services, "provider_credentials", "provider, shared, provider as id")
    assert [(row["provider"], row["shared"]) for row in kept] == [("another", False)]


def _takes_another_provider(superuser_url: str) -> None:
    """The checks of the database that adding a provider widens."""
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "alter table provider_credentials drop constraint provider_credentials_provider_check"
        )
        [name] = conn.execute(
            """select conname from pg_constraint where conrelid = 'boutiques'::regclass
                 and pg_get_constraintdef(oid) ~ 'whatsapp_provider'"""
        ).fetchone() or ("",)
        conn.execute(f"alter table boutiques drop constraint {name}".encode())


async def _has_a_number_there(services: Services, boutique: str) -> None:
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn, boutique_id=boutique, provider="another",  # type: ignore[arg-type]
            account="254700000002", secrets={"key": "k"}, box=services.secrets,
        )  # fmt: skip


async def test_new_secrets_of_the_number_reach_every_boutique_on_it(services: Services) -> None:
    [zuri] = await shops(services, "Zuri")
    own = await a_shop(services)
    again = await rows(services, "provider_credentials", "secrets, boutique_id as id")
    await shared_number.keep(services)
    assert await rows(services, "provider_credentials", "secrets, boutique_id as id") == again

    await shared_number.keep(
        with_settings(services, shared_number={"access_token": SecretStr("another")})
    )

    async with services.database.system_connection() as conn:
        hers = await credentials.get(conn, boutique_id=zuri, provider="meta", box=services.secrets)
        others = await credentials.get(conn, boutique_id=own, provider="meta", box=services.secrets)
    assert hers is not None and hers.secrets["access_token"] == "another"
    assert others is not None and others.secrets["access_token"] == "meta-token"


async def test_an_answer_goes_to_the_boutique_that_it_answers(
    services: Services, caller: Caller
) -> None:
    # given campaigns of two boutiques that reached her, Pwani's last
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await sent_to_her(services, pwani)

    # when she quotes the first one's
    await writes(caller, "3", n=1, answers="wamid.1")
    # and then writes without quoting
    await writes(caller, "Nataka gauni", n=2)

    # then each hears her own: the chat goes on with whom she wrote to last
    assert await heard(services, zuri) == ["3", "Nataka gauni"]
    assert await heard(services, pwani) == []


async def test_what_answers_nothing_goes_to_who_wrote_to_her_last(
    services: Services, caller: Caller
) -> None:
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await sent_to_her(services, pwani)

    await writes(caller, "Habari", n=1)
    await writes(caller, "Habari", n=1)  # Meta tells it twice

    assert (await heard(services, zuri), await heard(services, pwani)) == ([], ["Habari"])


async def test_told_twice_it_goes_to_the_same_though_another_wrote_meanwhile(
    services: Services, caller: Caller
) -> None:
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await writes(caller, "Habari", n=1)
    await sent_to_her(services, pwani)

    await writes(caller, "Habari", n=1)

    assert (await heard(services, zuri), await heard(services, pwani)) == (["Habari"], [])


async def long_ago(services: Services) -> None:
    await time_passes(services, timedelta(days=30))


@pytest.mark.parametrize(
    "says",
    [{"text": "2"}, {"text": "zuri"}, {"text": "tapped", "row": True}],
    ids=lambda s: s["text"],
)
async def test_long_after_she_is_asked_which_shop_and_the_answer_is_remembered(
    services: Services, providers: FakeProviders, caller: Caller, says: dict[str, object]
) -> None:
    # given two boutiques that wrote to her a month ago, Pwani last
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await sent_to_her(services, pwani)
    await long_ago(services)

    # when she writes twice
    await writes(caller, "Mna gauni jekundu?", n=1)
    await writes(caller, "Saizi M", n=2)
    await numbers_own_words(services)

    # then she is asked once, and no shop hears it yet
    assert await heard(services, zuri) == await heard(services, pwani) == []
    [asked] = providers.sent[2:]
    rows_shown = asked["interactive"]["action"]["sections"][0]["rows"]
    assert [row["title"] for row in rows_shown] == ["Pwani", "Zuri"]
    assert "2. *Zuri*" in asked["interactive"]["body"]["text"]

    # when she says which
    if says.get("row"):
        reply = {"type": "list_reply", "list_reply": {"id": rows_shown[1]["id"], "title": "Zuri"}}
        more = {"type": "interactive", "interactive": reply}
    else:
        more = {}
    for _ in range(2):  # Meta tells it twice
        await writes(caller, str(says["text"]), n=3, **more)
    await writes(caller, "Asante", n=4)

    # then the shop has all she wrote, but the answer itself, and goes on with her
    assert await heard(services, zuri) == ["Mna gauni jekundu?", "Saizi M", "Asante"]
    assert await heard(services, pwani) == []


async def test_the_only_one_that_ever_wrote_to_her_is_meant(
    services: Services, caller: Caller
) -> None:
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await long_ago(services)

    await writes(caller, "Habari", n=1)

    assert (await heard(services, zuri), await heard(services, pwani)) == (["Habari"], [])


async def test_who_was_never_written_to_is_a_stranger(services: Services, caller: Caller) -> None:
    zuri, pwani = await shops(services, "Zuri", "Pwani")

    await writes(caller, "Habari", n=1)

    assert await heard(services, zuri) == await heard(services, pwani) == []
    [event] = await rows(services, "webhook_events")
    assert (event["outcome"], event["boutique_id"]) == ("unknown_number", None)


async def stopped(services: Services, boutique: str) -> bool:
    async with services.database.tenant_connection(boutique) as conn:
        cursor = await conn.execute("select id::text from customers where phone = %s", (PHONE,))
        row = await cursor.fetchone()
        assert row is not None
        return not await consents.may_answer(conn, customer_id=row["id"])


async def test_a_stop_without_an_answer_stops_all_who_wrote_and_names_them(
    services: Services, providers: FakeProviders, caller: Caller
) -> None:
    # given two boutiques that wrote to her, and one that did not
    zuri, pwani, bahari = await shops(services, "Zuri", "Pwani", "Bahari")
    await a_fan(services, bahari)
    await sent_to_her(services, zuri)
    await sent_to_her(services, pwani)

    # when she writes STOP, which Meta tells twice
    for _ in range(2):
        await writes(caller, "STOP", n=1)
    await numbers_own_words(services)

    # then both stop, and one answer says so
    assert [await stopped(services, one) for one in (zuri, pwani, bahari)] == [True, True, False]
    [told] = providers.sent[2:]
    assert "Pwani and Zuri" in told["text"]["body"]
    stops = [row for row in await rows(services, "campaign_recipients") if row["opted_out_at"]]
    assert len(stops) == 2


async def test_a_stop_that_answers_a_message_is_a_stop_to_its_boutique(
    services: Services, caller: Caller
) -> None:
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await sent_to_her(services, pwani)

    await writes(caller, "STOP", n=1, answers="wamid.1")

    # her turn takes it, as on a number of its own
    assert (await heard(services, zuri), await heard(services, pwani)) == (["STOP"], [])


async def test_stopping_offers_in_whatsapp_is_a_stop_to_all_who_wrote(
    services: Services, caller: Caller
) -> None:
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    await sent_to_her(services, zuri)
    await sent_to_her(services, pwani)

    told = {"wa_id": PHONE[1:], "category": "marketing_messages", "value": "stop",
            "timestamp": 1790000000, "detail": "User requested to stop"}  # fmt: skip
    await caller.meta(a_change("user_preferences", account=SHARED, user_preferences=[told]))

    for boutique in (zuri, pwani):
        async with services.database.tenant_connection(boutique) as conn:
            cursor = await conn.execute("select id::text from customers")
            [row] = await cursor.fetchall()
            assert not await consents.may_market(conn, customer_id=row["id"])


async def test_one_boutiques_pace_leaves_the_others_theirs_and_all_have_the_numbers(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    # given a number of forty a second, of which one boutique may have one
    slow = with_settings(services, shared_number={"boutique_per_second": 1.0})
    zuri, pwani = await shops(slow, "Zuri", "Pwani")
    theirs = [await a_sending(slow, one, customers=8) for one in (zuri, pwani)]

    await all_may_leave_at_once(slow)
    for sending in theirs:
        await run(slow, sending)
        with psycopg.connect(superuser_url) as conn:  # the number is free again in a moment
            conn.execute("update private.shared_paces set next_at = next_at - interval '10 s'")

    # then each has sent its burst, and a moment was reserved on the number for every message
    done = [await states(slow, one) for one in theirs]
    assert all(one.count("accepted") >= 5 for one in done)
    assert len(providers.sent) == sum(one.count("accepted") for one in done)


async def test_a_boutique_that_is_stopped_often_is_held_alone(
    services: Services, providers: FakeProviders, superuser_url: str
) -> None:
    # given a limit of two, and a boutique to which one of three says stop
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update private.shared_number_limits set least = 2, most_stops = 0.2")
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    bad = await a_sending(services, zuri, customers=3)
    good = await a_sending(services, pwani, customers=3)
    await all_may_leave_at_once(services)
    for sending in (bad, good):
        await run(services, sending)
    fan = (await recipients(services, bad))[0]
    async with services.database.tenant_connection(zuri) as conn:
        await consents.record(
            conn, customer_id=str(fan["customer_id"]), purpose="assistant", granted=False,
            source="whatsapp", words="STOP",
        )  # fmt: skip

    # when the clock looks, and both send again
    await shared_number.keep(services)
    again = [
        await a_sending(services, one, customers=[await a_fan(services, one, by_day(9))])
        for one in (zuri, pwani)
    ]
    before = len(providers.sent)
    await all_may_leave_at_once(services)
    for sending in again:
        await run(services, sending)

    # then the one is held, with its reason, and the other sends
    held, going = [await campaign(services, one) for one in again]
    assert (held["status"], held["status_reason"]) == ("paused", "held")
    assert going["status"] != "paused" and len(providers.sent) == before + 1

    # until a person lets it go
    async with services.database.system_connection() as conn:
        assert await shared_numbers.let_go(conn, boutique_id=zuri)
        assert not await shared_numbers.let_go(conn, boutique_id=pwani)


async def test_templates_of_one_account_have_the_shop_in_their_names(services: Services) -> None:
    [zuri] = await shops(services, "Zuri")
    own = await a_shop(services)
    form = TemplateForm(body="Hello {{customer_name}}, new at our shop: {{piece}} for you.",
                        examples={"customer_name": "Asha", "piece": "Amani"})  # fmt: skip
    draft = Draft("new_for_you", "en", "marketing", form)

    names = []
    for boutique in (zuri, own):
        async with services.database.operator_connection(boutique) as conn:
            made = await own_templates.create(conn, draft, boutique_id=boutique)
            names.append(made.name)

    assert names == ["new_for_you_zuri", "new_for_you"]


async def test_an_owner_reaches_her_own_shop_by_the_shared_number(
    services: Services, caller: Caller
) -> None:
    # given an owner of one shop, to whom another's campaign came
    zuri, pwani = await shops(services, "Zuri", "Pwani")
    async with services.database.system_connection() as conn:
        await conn.execute("update boutiques set owner_phone = %s where id = %s", (PHONE, zuri))
    await writes(caller, "sales today", n=1)
    await sent_to_her(services, pwani)

    await writes(caller, "Habari", n=2)

    # then what she asked of her own is hers, and the answer to the other the other's
    inbox = await rows(services, "owner_inbox", "boutique_id, message_id as id")
    assert [str(row["boutique_id"]) for row in inbox] == [zuri]
    assert await heard(services, pwani) == ["Habari"]
