"""A stop takes back at once what waits for her; a yes wakes what was held for want of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dukani.core.database import Database
from dukani.core.store import consents, messages
from dukani.core.store.consents import Purpose
from dukani.domain.domain_events import ConsentChanged, read_event
from tests.factories import a_boutique, a_conversation, a_customer

OFFER, SERVICE = ("marketing", "cart_abandoned"), ("service", "order_delivered")


class Waiting:
    """Customers of a boutique, each in the rule of an offer and of a service, messages queued."""

    def __init__(self, database: Database, boutique: str) -> None:
        self.database, self.boutique = database, boutique
        self.rules: dict[str, str] = {}

    async def begin(self) -> None:
        for rule_class, trigger in (OFFER, SERVICE):
            self.rules[rule_class] = str(uuid4())
            await self.do(
                """insert into automation_rules (boutique_id, id, name, trigger, class, definition)
                   values (%s, %s, %s, %s, %s, '{}')""",
                self.boutique, self.rules[rule_class], rule_class, trigger, rule_class,
            )  # fmt: skip

    async def do(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        async with self.database.tenant_connection(self.boutique) as conn:
            cursor = await conn.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    async def a_customer(self) -> str:
        customer = await a_customer(self.database, self.boutique)
        chat = await a_conversation(self.database, self.boutique, customer)
        for rule_class, rule in self.rules.items():
            await self._queue(customer, chat, rule_class, rule)
        async with self.database.tenant_connection(self.boutique) as conn:
            for purpose in ("reply", "marketing"):
                await messages.queue_outbound(
                    conn, conversation_id=chat, channel="whatsapp", provider="twilio",
                    body=f"a {purpose}", purpose=purpose,
                )  # fmt: skip
        return customer

    async def _queue(self, customer: str, chat: str, rule_class: str, rule: str) -> None:
        enrolment, send = str(uuid4()), str(uuid4())
        async with self.database.tenant_connection(self.boutique) as conn:
            queued = await messages.queue_outbound(
                conn, conversation_id=chat, channel="whatsapp", provider="twilio",
                body=f"{rule_class} of a rule", reference=f"automation:{send}",
                purpose="marketing" if rule_class == "marketing" else "utility",
            )  # fmt: skip
        await self.do(
            """insert into automation_enrolments (boutique_id, id, rule_id, customer_id,
                 subject_kind, subject_id, due_at, counted_from)
               values (%s, %s, %s, %s, 'order', %s, now() + interval '1 day', now())""",
            self.boutique, enrolment, rule, customer, str(uuid4()),
        )  # fmt: skip
        await self.do(
            """insert into automation_sends (boutique_id, id, rule_id, rule_version, enrolment_id,
                 customer_id, step, class, channel, code, message_id, subject_kind, subject_id)
               values (%s, %s, %s, 1, %s, %s, 0, %s, 'whatsapp', %s, %s, 'order', %s)""",
            self.boutique, send, rule, enrolment, customer, rule_class,
            uuid4().hex[:12], queued.id, str(uuid4()),
        )  # fmt: skip

    async def say(self, customer: str, purpose: Purpose, *, granted: bool) -> None:
        async with self.database.tenant_connection(self.boutique) as conn:
            await consents.record(
                conn, customer_id=customer, purpose=purpose, granted=granted, source="whatsapp"
            )

    async def left(self, customer: str) -> set[str]:
        """What still is to go to her."""
        found = await self.do(
            """select 'enrolled: ' || r.class as it from automation_enrolments e
               join automation_rules r on r.id = e.rule_id
               where e.customer_id = %(c)s and e.state = 'active'
               union all select 'send: ' || class from automation_sends
               where customer_id = %(c)s and state = 'queued'
               union all select 'message: ' || m.body from messages m
               join conversations v on v.id = m.conversation_id
               where v.customer_id = %(c)s and m.status = 'queued'""".replace(
                "%(c)s", f"'{customer}'"
            )
        )
        return {row["it"] for row in found}


ALL = {
    "enrolled: marketing", "enrolled: service", "send: marketing", "send: service",
    "message: marketing of a rule", "message: service of a rule", "message: a reply",
    "message: a marketing",
}  # fmt: skip


@pytest.fixture
async def waiting(database: Database) -> Waiting:
    scene = Waiting(database, await a_boutique(database))
    await scene.begin()
    return scene


@pytest.mark.parametrize(
    ("purpose", "kept"),
    [
        # offers end; what she must know of her order goes on
        ("marketing", {"enrolled: service", "send: service", "message: service of a rule",
                       "message: a reply"}),
        # everything ends but replies, of which receipts are told (`sending_rules.py`)
        ("assistant", {"message: a reply"}),
    ],
)  # fmt: skip
async def test_a_stop_takes_back_what_waits_and_of_nobody_else(
    waiting: Waiting, purpose: Purpose, kept: set[str]
) -> None:
    customer, other = await waiting.a_customer(), await waiting.a_customer()
    assert await waiting.left(customer) == ALL

    await waiting.say(customer, purpose, granted=False)

    assert await waiting.left(customer) == kept
    assert await waiting.left(other) == ALL
    ended = await waiting.do(
        """select 'enrolment' as of, reason as why from automation_enrolments
           where state = 'stopped'
           union select state, error_code from automation_sends where state <> 'queued'
           union select status::text, error_code from messages where status <> 'queued'"""
    )
    assert {(row["of"], row["why"]) for row in ended} == {
        ("enrolment", "opted_out"), ("cancelled", "opted_out"), ("failed", "opted_out"),
    }  # fmt: skip


async def test_what_is_on_its_way_is_not_called_back(waiting: Waiting) -> None:
    customer = await waiting.a_customer()
    await waiting.do("update messages set status = 'sending'")
    await waiting.say(customer, "marketing", granted=False)
    assert await waiting.left(customer) == {"enrolled: service", "send: marketing", "send: service"}


async def test_who_wants_no_sms_still_gets_what_goes_by_whatsapp(waiting: Waiting) -> None:
    # given a customer whose offer goes by SMS, and another whose goes by WhatsApp
    customer, other = await waiting.a_customer(), await waiting.a_customer()
    await waiting.do(
        """with hers as (
             update automation_sends set channel = 'sms'
             where customer_id = %s and class = 'marketing' returning message_id)
           update messages set channel = 'sms', provider = 'twilio_sms'
           where id in (select message_id from hers)""",
        customer,
    )

    await waiting.say(customer, "sms", granted=False)

    assert await waiting.left(customer) == ALL - {"send: marketing", "message: marketing of a rule"}
    assert await waiting.left(other) == ALL


async def test_a_yes_wakes_what_waited_for_it_alone(waiting: Waiting) -> None:
    # given two rules she is in until tomorrow, one of which was held because she had not agreed
    customer = await waiting.a_customer()
    await waiting.do(
        """insert into automation_decisions (boutique_id, rule_id, enrolment_id, customer_id,
             verdict, reason)
           select boutique_id, rule_id, id, customer_id, 'waits',
             case rule_id when %s then 'no_consent' else 'quiet_hours' end
           from automation_enrolments""",
        waiting.rules["marketing"],
    )

    await waiting.say(customer, "marketing", granted=True)

    due = await waiting.do("select rule_id::text from automation_enrolments where due_at <= now()")
    assert [row["rule_id"] for row in due] == [waiting.rules["marketing"]]


async def test_each_consent_is_told(waiting: Waiting) -> None:
    customer = await a_customer(waiting.database, waiting.boutique)
    await waiting.say(customer, "marketing", granted=True)
    await waiting.say(customer, "assistant", granted=False)

    rows = await waiting.do(
        "select * from domain_events where kind = 'consent_changed' order by id"
    )
    assert [read_event(row["kind"], row["payload"]) for row in rows] == [
        ConsentChanged(purpose="marketing", granted=True, source="whatsapp"),
        ConsentChanged(purpose="assistant", granted=False, source="whatsapp"),
    ]
    assert {str(row["subject_id"]) for row in rows} == {customer}
