"""A rule that is on, a customer whom it may reach now, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from dukani.campaigns.automations.running import run_automations
from dukani.core.services import Services
from dukani.core.store import automation_rules, consents, domain_events
from dukani.core.store.automation_rules import RuleDocument
from dukani.domain.automations import RuleDefinition
from dukani.domain.domain_events import DomainEvent
from tests.factories import a_conversation, a_customer
from tests.integration.campaigns.a_campaign import by_day

_numbers = count(1)
LEFT = {"text": {"en": "{name}, you left {product}.", "sw": "{name}, uliacha {product}."}}


async def a_rule(services: Services, boutique_id: str, trigger: str, **values: Any) -> str:
    """Its id; one message at once, unless `steps` says otherwise."""
    steps = values.pop("steps", [{"after_minutes": 0, "message": LEFT}])
    definition = RuleDefinition.model_validate(
        {"name": f"Rule {next(_numbers)}", "trigger": trigger, "steps": steps, **values}
    )
    document = RuleDocument(
        definition.name,
        trigger,
        definition.rule_class,
        definition.precedence,
        definition.model_dump(mode="json", by_alias=True),
    )
    async with services.database.tenant_connection(boutique_id) as conn:
        made = await automation_rules.create(conn, document)
        await automation_rules.switch(conn, rule_id=made.id, is_on=True)
    return made.id


async def a_shopper(
    services: Services,
    boutique_id: str,
    *,
    offers: bool = True,
    sms: bool = False,
    window: bool = True,
    **values: Any,
) -> str:
    """Somebody for whom it is day, who wrote two hours ago; `window`: that counts still."""
    phone = by_day(next(_numbers) + 500)
    customer = await a_customer(services.database, boutique_id, phone=phone, **values)
    chat = await a_conversation(services.database, boutique_id, customer)
    ago = timedelta(hours=2) if window else timedelta(days=3)
    async with services.database.tenant_connection(boutique_id) as conn:
        await conn.execute(
            "update conversations set last_inbound_at = now() - %s::interval where id = %s",
            (ago, chat),
        )
        for purpose, granted in (("marketing", offers), ("sms", sms)):
            if granted:
                await consents.record(
                    conn, customer_id=customer, purpose=purpose, granted=True, source="test"
                )  # type: ignore[arg-type]
    return customer


async def happened(
    services: Services,
    boutique_id: str,
    event: DomainEvent,
    *,
    subject_id: str,
    customer_id: str | None = None,
) -> None:
    async with services.database.tenant_connection(boutique_id) as conn:
        await domain_events.append(conn, event, subject_id=subject_id, customer_id=customer_id)


async def run(services: Services, boutique_id: str) -> None:
    await run_automations(services, boutique_id=boutique_id)


async def later(services: Services, boutique_id: str, by: timedelta) -> None:
    """Everything of the boutique's rules happened so much earlier."""
    async with services.database.system_connection() as conn:
        await conn.execute(
            """update automation_enrolments set counted_from = counted_from - %(by)s::interval,
                 began_at = began_at - %(by)s::interval, due_at = due_at - %(by)s::interval
               where boutique_id = %(boutique)s""",
            {"by": by, "boutique": boutique_id},
        )
        await conn.execute(
            """update automation_sends set created_at = created_at - %(by)s::interval
               where boutique_id = %(boutique)s""",
            {"by": by, "boutique": boutique_id},
        )
        await conn.execute(
            """update marketing_contacts set reserved_at = reserved_at - %(by)s::interval
               where boutique_id = %(boutique)s""",
            {"by": by, "boutique": boutique_id},
        )


async def rows(services: Services, boutique_id: str, statement: str) -> list[dict[str, Any]]:
    async with services.database.tenant_connection(boutique_id) as conn:
        return list(await (await conn.execute(statement.encode())).fetchall())


async def sends(services: Services, boutique_id: str) -> list[tuple[str, str, int]]:
    """(customer, channel, step) of each message, in their order."""
    found = await rows(
        services,
        boutique_id,
        """select customer_id::text as customer, channel, step from automation_sends
           order by created_at, id""",
    )
    return [(row["customer"], row["channel"], row["step"]) for row in found]


async def verdicts(services: Services, boutique_id: str) -> list[tuple[str, str | None]]:
    found = await rows(
        services,
        boutique_id,
        "select verdict, reason from automation_decisions order by id",
    )
    return [(row["verdict"], row["reason"]) for row in found]
