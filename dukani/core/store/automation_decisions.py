"""What was decided of a rule and a customer, and why: a row each time, and none is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

Verdict = Literal["enrolled", "sent", "waits", "skipped", "stopped"]


@dataclass(frozen=True, slots=True)
class Decision:
    """`step` from 0; `by`: the person who did it by hand. `rule_name` is that of today."""

    id: int
    rule_id: str
    rule_name: str
    customer_id: str | None
    customer_name: str | None
    enrolment_id: str | None
    step: int | None
    verdict: Verdict
    reason: str | None
    details: Mapping[str, Any]
    send_id: str | None
    by: str | None
    created_at: datetime


async def add(
    conn: Connection,
    *,
    rule_id: str,
    verdict: Verdict,
    reason: str | None = None,
    enrolment_id: str | None = None,
    customer_id: str | None = None,
    step: int | None = None,
    details: Mapping[str, Any] | None = None,
    send_id: str | None = None,
    by: str | None = None,
) -> int:
    """Note one; its number. No phone numbers in `details`."""
    cursor = await conn.execute(
        """insert into automation_decisions (boutique_id, rule_id, enrolment_id, customer_id, step,
             verdict, reason, details, send_id, by)
           values (private.current_boutique(), %(rule_id)s, %(enrolment_id)s, %(customer_id)s,
             %(step)s, %(verdict)s, %(reason)s, %(details)s, %(send_id)s, %(by)s)
           returning id""",
        {
            "rule_id": rule_id,
            "enrolment_id": enrolment_id,
            "customer_id": customer_id,
            "step": step,
            "verdict": verdict,
            "reason": reason,
            "details": Jsonb(dict(details or {})),
            "send_id": send_id,
            "by": by,
        },
    )
    row = await cursor.fetchone()
    assert row is not None, "an insert returns its row"
    return int(row["id"])


async def page(
    conn: Connection,
    *,
    rule_id: str | None = None,
    customer_id: str | None = None,
    verdict: Verdict | None = None,
    before: int | None = None,
    limit: int,
) -> list[Decision]:
    """The newest first, `before` the one of that number."""
    async with conn.cursor(row_factory=class_row(Decision)) as cursor:
        await cursor.execute(
            """select d.id, d.rule_id::text as rule_id, r.name as rule_name,
                 d.customer_id::text as customer_id, c.name as customer_name,
                 d.enrolment_id::text as enrolment_id, d.step, d.verdict, d.reason, d.details,
                 d.send_id::text as send_id, d.by::text as by, d.created_at
               from automation_decisions d
               join automation_rules r on r.boutique_id = d.boutique_id and r.id = d.rule_id
               left join customers c on c.boutique_id = d.boutique_id and c.id = d.customer_id
               where d.boutique_id = private.current_boutique()
                 and (%(rule_id)s::uuid is null or d.rule_id = %(rule_id)s::uuid)
                 and (%(customer_id)s::uuid is null or d.customer_id = %(customer_id)s::uuid)
                 and (%(verdict)s::text is null or d.verdict = %(verdict)s)
                 and (%(before)s::bigint is null or d.id < %(before)s)
               order by d.id desc limit %(limit)s""",
            {
                "rule_id": rule_id,
                "customer_id": customer_id,
                "verdict": verdict,
                "before": before,
                "limit": limit,
            },
        )
        return await cursor.fetchall()
