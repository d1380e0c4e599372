"""An automation's send as the engine leaves it, and what providers and customers do then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import psycopg

from dukani.core.database import Database
from dukani.core.store import messages
from tests.factories import Variant, a_boutique, a_conversation, a_customer, a_product

_RULE = """
insert into automation_rules (boutique_id, id, name, trigger, class, is_on, definition)
values (%(b)s, %(rule)s::uuid, %(rule)s::uuid::text, 'cart_abandoned', 'marketing', true, '{}')
on conflict do nothing
"""
_ENROLMENT = """
insert into automation_enrolments (boutique_id, id, rule_id, customer_id, subject_kind, subject_id,
  due_at, counted_from, variant, held_out, began_at)
values (%(b)s, %(enrolment)s, %(rule)s, %(customer)s, 'cart', %(enrolment)s, %(began_at)s,
  %(began_at)s, %(variant)s, %(held_out)s, %(began_at)s)
"""
_SEND = """
insert into automation_sends (boutique_id, id, rule_id, rule_version, enrolment_id, customer_id,
  step, variant, class, channel, code, subject_kind, subject_id, created_at)
values (%(b)s, %(send)s, %(rule)s, 1, %(enrolment)s, %(customer)s, %(step)s, %(variant)s,
  'marketing', %(channel)s, %(code)s, 'cart', %(enrolment)s, %(began_at)s)
"""


def a_code() -> str:
    return uuid4().hex[:12]


@dataclass(frozen=True, slots=True)
class Automated:
    """A customer of a rule, and what the rule had written to her."""

    database: Database
    superuser_url: str
    boutique_id: str
    customer_id: str
    conversation_id: str
    rule_id: str
    enrolment_id: str
    send_id: str
    code: str

    async def says(self, *, channel: str = "whatsapp", **values: Any) -> str:
        """The id of the message that the outbox is to send."""
        async with self.database.tenant_connection(self.boutique_id) as conn:
            queued = await messages.queue_outbound(
                conn,
                conversation_id=self.conversation_id,
                provider="twilio_sms" if channel == "sms" else "twilio",
                channel=channel,  # type: ignore[arg-type]
                body="Your cart waits",
                purpose="marketing",
                reference=f"automation:{self.send_id}",
                **values,
            )
        return queued.id

    async def told(
        self, message_id: str, *statuses: str, code: str | None = None, provider_id: str = "wamid.9"
    ) -> None:
        """Statuses of the message's row, in this order."""
        async with self.database.tenant_connection(self.boutique_id) as conn:
            for status in statuses:
                await conn.execute(
                    """update messages set status = %(status)s::message_status,
                         provider_id = %(provider_id)s,
                         error_code = case when %(status)s::text = 'failed' then %(code)s end
                       where id = %(id)s""",
                    {
                        "status": status, "id": message_id, "code": code,
                        "provider_id": provider_id,
                    },
                )  # fmt: skip

    def run(self, statement: str, **values: Any) -> None:
        """As the system, past row level security."""
        with psycopg.connect(self.superuser_url) as conn:
            conn.execute(statement.encode(), {"send": self.send_id, **values})

    def send(self) -> Mapping[str, Any]:
        (row,) = self.rows("select * from automation_sends where id = %(send)s")
        return row

    def rows(self, statement: str, **values: Any) -> list[Mapping[str, Any]]:
        with psycopg.connect(self.superuser_url, row_factory=psycopg.rows.dict_row) as conn:
            return list(conn.execute(statement.encode(), {"send": self.send_id, **values}))

    def at(self, column: str, moment: datetime) -> None:
        self.run(f"update automation_sends set {column} = %(at)s where id = %(send)s", at=moment)

    def opened(self, moment: datetime, by: str = "person") -> None:
        self.run(
            """insert into automation_clicks (boutique_id, send_id, opened_by, method, agent,
                 opened_at)
               select boutique_id, id, %(by)s, 'GET', 'Mozilla', %(at)s
               from automation_sends where id = %(send)s""",
            at=moment,
            by=by,
        )

    def sales(self) -> list[tuple[str, int, bool]]:
        """How each sale came, its kept revenue, and whether it was reversed."""
        return [
            (row["came_by"], row["amount_minor"], row["reversed_at"] is not None)
            for row in self.rows("select * from automation_conversions order by converted_at")
        ]

    def falls_back(self) -> bool:
        return bool(self.rows("select from automation_fallbacks_due where send_id = %(send)s"))


async def an_automation(
    database: Database,
    superuser_url: str,
    *,
    boutique_id: str | None = None,
    customer_id: str | None = None,
    rule_id: str | None = None,
    channel: str = "whatsapp",
    **enrolled: Any,
) -> Automated:
    """One step of a rule, decided to be sent to a customer on the channel."""
    boutique_id = boutique_id or await a_boutique(database)
    new = customer_id is None
    customer_id = customer_id or await a_customer(database, boutique_id)
    made = Automated(
        database,
        superuser_url,
        boutique_id,
        customer_id,
        await a_conversation(database, boutique_id, customer_id)
        if new
        else await _chat(database, boutique_id, customer_id),
        rule_id or str(uuid4()),
        str(uuid4()),
        str(uuid4()),
        a_code(),
    )
    values = {
        "b": boutique_id, "rule": made.rule_id, "enrolment": made.enrolment_id,
        "send": made.send_id, "customer": customer_id, "code": made.code, "channel": channel,
        "step": 0, "variant": None, "held_out": False, "began_at": datetime.now().astimezone(),
    } | enrolled  # fmt: skip
    with psycopg.connect(superuser_url) as conn:
        for statement in (_RULE, _ENROLMENT, _SEND):
            conn.execute(statement.encode(), values)
    return made


async def _chat(database: Database, boutique_id: str, customer_id: str) -> str:
    async with database.tenant_connection(boutique_id) as conn:
        cursor = await conn.execute(
            "select id::text from conversations where customer_id = %s", (customer_id,)
        )
        row = await cursor.fetchone()
    return str(row["id"]) if row else await a_conversation(database, boutique_id, customer_id)


async def a_piece(made: Automated) -> Variant:
    return (await a_product(made.database, made.boutique_id))[0]
