"""Asks every check, a boutique at a time, beside the traffic.

Each boutique is one read-only snapshot on a connection outside the pool, so that no snapshot is
held longer than one boutique takes, and sums of several tables are of one moment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from psycopg.errors import QueryCanceled

from dukani.core.audit import (
    claims,
    consent,
    debts,
    orders,
    safeguards,
    sending,
    stock,
    tenants,
    turns,
    wallet,
)
from dukani.core.audit.check import Check, Finding, Report, Unanswered
from dukani.core.database import Connection, Database

OF_A_BOUTIQUE: tuple[Check, ...] = (
    *orders.CHECKS,
    *stock.CHECKS,
    *debts.CHECKS,
    *wallet.CHECKS,
    *turns.CHECKS,
    *sending.CHECKS,
    *consent.CHECKS,
    *claims.CHECKS,
)
EVERY_CHECK = (*safeguards.CHECKS, *OF_A_BOUTIQUE, tenants.ROWS_KEEP_TO_THEIR_SHOP)

# Longer than any retry of a message or a question to M-Pesa takes.
STILL_UNDER_WAY = timedelta(hours=1)
ANSWERED_WITHIN_S = 60.0
MOST_ROWS = 20

_TRIGGERS = {
    "tables": [table for table, _ in safeguards.APPEND_ONLY],
    "triggers": [trigger for _, trigger in safeguards.APPEND_ONLY],
}
_BOUTIQUES = "select id::text, slug from boutiques where %(slug)s::text in ('', slug) order by slug"

Ask = Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]


async def audit(
    database: Database,
    *,
    slug: str = "",
    still: timedelta = STILL_UNDER_WAY,
    within_s: float = ANSWERED_WITHIN_S,
) -> Report:
    """What breaks an invariant, in the boutique `slug` or in all.

    `still`: for how long what happens in several transactions may be under way. A statement that
    takes longer than `within_s` is told as unanswered.
    """
    async with database.audit_connection(within_s=within_s) as conn:
        cursor = await conn.execute(_BOUTIQUES.encode(), {"slug": slug})
        boutiques = [(row["id"], row["slug"]) for row in await cursor.fetchall()]
        report = Report(boutiques=len(boutiques), checks=len(EVERY_CHECK))
        for check in safeguards.CHECKS:
            await _ask(conn, report, check, "", _rows(conn, check, _TRIGGERS))
        references = await tenants.references(conn)
    for boutique_id, its_slug in boutiques:
        async with database.audit_connection(within_s=within_s) as conn:
            given = {"boutique_id": boutique_id, "still": still}
            for check in OF_A_BOUTIQUE:
                await _ask(conn, report, check, its_slug, _rows(conn, check, given))
            await _walk(conn, report, references, boutique_id, its_slug)
    return report


async def _walk(
    conn: Connection,
    report: Report,
    references: Sequence[tenants.Reference],
    boutique_id: str,
    slug: str,
) -> None:
    for one in references:

        async def ask(one: tenants.Reference = one) -> Sequence[Mapping[str, Any]]:
            return await tenants.strangers(conn, one, boutique_id=boutique_id, limit=MOST_ROWS + 1)

        await _ask(conn, report, tenants.ROWS_KEEP_TO_THEIR_SHOP, slug, ask)


def _rows(conn: Connection, check: Check, given: Mapping[str, Any]) -> Ask:
    async def ask() -> Sequence[Mapping[str, Any]]:
        cursor = await conn.execute(check.sql, given)
        return await cursor.fetchmany(MOST_ROWS + 1)

    return ask


async def _ask(conn: Connection, report: Report, check: Check, slug: str, ask: Ask) -> None:
    """One check under a savepoint: one that takes too long stops none of the others."""
    try:
        async with conn.transaction():
            rows = await ask()
    except QueryCanceled as error:
        report.unanswered.append(Unanswered(check.name, slug, str(error)))
        return
    if rows:
        report.findings.append(
            Finding(
                check=check.name,
                boutique=slug,
                says=check.says,
                remedy=check.remedy,
                table=check.table,
                rows=tuple(rows[:MOST_ROWS]),
                more=len(rows) > MOST_ROWS,
            )
        )
