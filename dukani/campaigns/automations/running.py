"""The job of a boutique's rules: hears what happened, judges what is due, has messages sent.

Each batch is a transaction, and two jobs of one boutique share the work: events are taken under the
cursor's lock, enrolments and fallbacks by rows that the other passes by.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dukani.campaigns.automations import deciding, falling_back, listening
from dukani.core.database import Connection
from dukani.core.jobs import defer_automations
from dukani.core.services import Services
from dukani.core.store import automation_enrolments, automation_events, boutiques
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import TRIGGERS

_Work = Callable[[Connection, Services, Boutique], Awaitable[int]]
EVENTS = 200
BATCHES = 40  # then another job goes on, behind those of other boutiques
MOST_BOUTIQUES = 1000


async def run_automations(services: Services, *, boutique_id: str) -> None:
    """Until nothing is left to do now."""
    for _ in range(BATCHES):
        heard = await _hear(services, boutique_id)
        judged = await _judge(services, boutique_id)
        if heard < EVENTS and judged < deciding.BATCH:
            return
    async with services.database.tenant_connection(boutique_id) as conn:
        await defer_automations(conn, boutique_id=boutique_id)


async def _hear(services: Services, boutique_id: str) -> int:
    async with services.database.tenant_connection(boutique_id) as conn:
        events = await automation_events.take(conn, kinds=TRIGGERS, limit=EVENTS)
        await listening.hear(conn, events)
    return len(events)


async def _judge(services: Services, boutique_id: str) -> int:
    """Each fallback is a transaction of its own: it locks the wallet, which goes last."""
    for _ in range(deciding.BATCH):
        if not await _in_turn(services, boutique_id, falling_back.fall_back):
            break
    return await _in_turn(services, boutique_id, deciding.decide)


async def _in_turn(services: Services, boutique_id: str, work: _Work) -> int:
    """Nothing is done of a boutique that is closed."""
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        if boutique is None or not boutique.active:
            return 0
        return await work(conn, services, boutique)


async def look_after_automations(services: Services) -> None:
    """Defers the job of each boutique in which something happened or is due."""
    async with services.database.system_connection() as conn:
        heard = await automation_events.boutiques_with_news(conn, kinds=TRIGGERS)
        due = await automation_enrolments.boutiques_with_due(conn, limit=MOST_BOUTIQUES)
        for boutique_id in dict.fromkeys([*heard, *due]):
            await defer_automations(conn, boutique_id=boutique_id)
