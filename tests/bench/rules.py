"""`python -m tests.bench rules`: what an event costs, and whether rules of others make it dearer.

First an event's append beside the insert of a plain row, each in a transaction of its own, in
turns. Then what the clock and the job take for each event in one boutique, while ever more others
have rules that are on, customers in them and events of their own.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from dukani.campaigns.automations.running import look_after_automations, run_automations
from dukani.core import loop, migrations
from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.services import Services
from dukani.core.store import domain_events
from dukani.domain.domain_events import AddToCart
from tests.factories import a_boutique
from tests.integration.campaigns.automations.a_rule import a_rule
from tests.wiring import some_services

EVENTS = 500
ROUNDS = 5
BOUTIQUES = (10, 1_000, 10_000)
WANTED = 2.0  # times a plain row

Work = Callable[[Connection], Awaitable[object]]

# Others: each with three rules that are on, somebody in each who is due tomorrow, and an event.
_OTHERS = """
with made as (
  insert into boutiques (slug, name, whatsapp_provider, payment_provider)
  select 'other-' || n, 'Other ' || n, 'twilio', 'daraja'
  from generate_series(%(first)s::int, %(last)s::int) n returning id
), customer as (
  insert into customers (boutique_id, phone)
  select id, '+2547' || lpad((row_number() over ())::text, 8, '0') from made
  returning boutique_id, id
), rule as (
  insert into automation_rules (boutique_id, name, trigger, class, is_on, definition)
  select id, 'Rule ' || n, 'cart_abandoned', 'marketing', true, '{}'
  from made, generate_series(1, 3) n returning boutique_id, id
), enrolled as (
  insert into automation_enrolments (boutique_id, rule_id, customer_id, subject_kind, subject_id,
    due_at, counted_from)
  select r.boutique_id, r.id, c.id, 'cart', gen_random_uuid(), now() + interval '1 day', now()
  from rule r join customer c on c.boutique_id = r.boutique_id
)
insert into domain_events (boutique_id, kind, subject_id, payload)
select id, 'view_product', gen_random_uuid(), '{"sku": "A"}' from made
"""


def main(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            migrations.create_database(server.url("postgres", user="postgres"), "rules")
            migrations.migrate(server.url("rules", user="postgres"), bootstrap=True)
            loop.run(_measure(console, server.url("rules"), Path(folder)))
        finally:
            server.stop()


async def _measure(console: Console, url: str, folder: Path) -> None:
    async with Database(url) as database, some_services(database, folder) as services:
        boutique = await a_boutique(database)
        console.print(await _accepted(database, boutique))
        console.print(await _heard(services, boutique))


async def _accepted(database: Database, boutique: str) -> Table:
    table = Table(title=f"An event, a transaction each; {ROUNDS} × {EVENTS} of each")
    for heading in ("step", "a second", f"× a plain row's time (≤ {WANTED:g})"):
        table.add_column(heading, no_wrap=True)
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, work in (("a plain row", _plain), ("an event", _event)):
            began = time.perf_counter()
            for _ in range(EVENTS):
                async with database.tenant_connection(boutique) as conn:
                    await work(conn)
            taken.setdefault(name, []).append(time.perf_counter() - began)
    plain = taken["a plain row"]
    for name, seconds in taken.items():
        times = statistics.median(s / p for s, p in zip(seconds, plain, strict=True))
        table.add_row(name, f"{EVENTS / statistics.median(seconds):,.0f}", f"{times:.2f}")
    return table


async def _plain(conn: Connection) -> None:
    await conn.execute(
        """insert into webhook_events (boutique_id, provider, event_key, kind, payload)
           values (private.current_boutique(), 'twilio', %s, 'message', '{}')""",
        (str(uuid4()),),
    )


async def _event(conn: Connection) -> None:
    event = AddToCart(sku="A", variant_id=str(uuid4()), quantity=1)
    await domain_events.append(conn, event, subject_id=str(uuid4()), anonymous_id=str(uuid4()))


async def _heard(services: Services, boutique: str) -> Table:
    """Events of one boutique with 500 customers, each of whom becomes an enrolment."""
    await a_rule(
        services, boutique, "view_product", steps=_LATER, conditions={"buyers": "returning"}
    )
    table = Table(title=f"{EVENTS} events of one boutique, from the clock to an enrolment each")
    for heading in ("boutiques with rules", "ms an event", "× with the fewest"):
        table.add_column(heading, no_wrap=True)
    least = 0.0
    there = 0
    for count in BOUTIQUES:
        async with services.database.system_connection() as conn:
            await conn.execute(_OTHERS.encode(), {"first": there + 1, "last": count})
            await conn.execute("analyze")
        there = count
        await look_after_automations(services)  # what the others did is heard
        each_ms = statistics.median([await _round(services, boutique) for _ in range(ROUNDS)])
        least = least or each_ms
        table.add_row(f"{count:,}", f"{each_ms:.2f}", f"{each_ms / least:.2f}")
    return table


_LATER = [{"after_minutes": 60, "message": {"text": {"en": "Still thinking of {product}?"}}}]


async def _round(services: Services, boutique: str) -> float:
    async with services.database.tenant_connection(boutique) as conn:
        await conn.execute(
            """with who as (
                 insert into customers (boutique_id, wa_user_id)
                 select private.current_boutique(), 'KE.' || gen_random_uuid()
                 from generate_series(1, %(count)s::int) returning id)
               insert into domain_events (boutique_id, kind, customer_id, subject_id, payload)
               select private.current_boutique(), 'view_product', id, gen_random_uuid(),
                 '{"sku": "A"}' from who""",
            {"count": EVENTS},
        )
    began = time.perf_counter()
    await look_after_automations(services)
    await run_automations(services, boutique_id=boutique)
    return (time.perf_counter() - began) * 1000 / EVENTS
