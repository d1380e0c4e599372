"""Who is in which rule because of what, and when her next step is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Json, Jsonb

from dukani.core.database import Connection

State = Literal["active", "done", "stopped"]
Subject = Literal["cart", "window_cart", "order", "product", "conversation"]


@dataclass(frozen=True, slots=True)
class NewEnrolment:
    """`counted_from`: from when on the steps' waits are counted. `facts`: the event's payload."""

    rule_id: str
    customer_id: str
    subject_kind: Subject
    subject_id: str
    due_at: datetime
    counted_from: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    variant: str | None = None
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`step`: the next one, from 0. `due_at`: from when on it is judged."""

    id: str
    rule_id: str
    customer_id: str
    subject_kind: Subject
    subject_id: str
    facts: Mapping[str, Any]
    state: State
    step: int
    due_at: datetime
    counted_from: datetime
    began_at: datetime
    variant: str | None
    held_out: bool


_COLUMNS: LiteralString = """e.id::text as id, e.rule_id::text as rule_id,
  e.customer_id::text as customer_id, e.subject_kind, e.subject_id::text as subject_id, e.facts,
  e.state, e.step, e.due_at, e.counted_from, e.began_at, e.variant, e.held_out"""

# Who is in the rule because of the same thing stays as she is: a cart that was changed again counts
# from its last change, a price that goes up and down keeps the one it first fell from.
_ENROL: LiteralString = """
with new as (
  select * from json_to_recordset(%(new)s) as n (rule_id uuid, customer_id uuid,
    subject_kind text, subject_id uuid, due_at timestamptz, counted_from timestamptz, facts jsonb,
    variant text, held_out boolean)
), written as (
  insert into automation_enrolments as e (boutique_id, rule_id, customer_id, subject_kind,
    subject_id, due_at, counted_from, facts, variant, held_out)
  select private.current_boutique(), n.rule_id, n.customer_id, n.subject_kind, n.subject_id,
    n.due_at, n.counted_from, coalesce(n.facts, '{}'), n.variant, n.held_out
  from new n
  -- One by one, by their ids: a join would be made by reading all customers of the boutique.
  cross join lateral (select from customers c
    where c.boutique_id = private.current_boutique() and c.id = n.customer_id limit 1) she
  on conflict (boutique_id, rule_id, customer_id, subject_id) where state = 'active'
  do update set facts = excluded.facts || case when e.facts ? 'was_minor'
      then jsonb_build_object('was_minor', e.facts -> 'was_minor') else '{}' end,
    counted_from = case when e.subject_kind in ('cart', 'window_cart')
      then greatest(e.counted_from, excluded.counted_from) else e.counted_from end,
    due_at = case when e.subject_kind in ('cart', 'window_cart')
      then greatest(e.due_at, excluded.due_at) else e.due_at end
  returning e.id, e.rule_id, e.customer_id, (xmax = 0) as is_new
), told as (
  insert into automation_decisions (boutique_id, rule_id, enrolment_id, customer_id, step, verdict)
  select private.current_boutique(), w.rule_id, w.id, w.customer_id, 0, 'enrolled'
  from written w where w.is_new
)
select id::text from written where is_new
"""


async def enrol(conn: Connection, new: Sequence[NewEnrolment]) -> list[str]:
    """The ids of those who were not in it; twice is once. One of a customer and subject."""
    if not new:
        return []
    cursor = await conn.execute(_ENROL.encode(), {"new": Json([_plain(one) for one in new])})
    return [row["id"] for row in await cursor.fetchall()]


def _plain(one: NewEnrolment) -> dict[str, Any]:
    return {
        "rule_id": one.rule_id,
        "customer_id": one.customer_id,
        "subject_kind": one.subject_kind,
        "subject_id": one.subject_id,
        "due_at": one.due_at.isoformat(),
        "counted_from": one.counted_from.isoformat(),
        "facts": dict(one.facts),
        "variant": one.variant,
        "held_out": one.held_out,
    }


async def boutiques_with_due(conn: Connection, *, limit: int) -> list[str]:
    """Boutiques in which a step is due, or an SMS in place of what did not arrive.

    Needs a system connection. Costs by what is due, however much is not.
    """
    cursor = await conn.execute(
        """select boutique_id::text as boutique_id from (
             (select boutique_id from automation_enrolments
              where state = 'active' and due_at <= now() order by due_at limit %(limit)s)
             union all
             (select boutique_id from automation_fallbacks_due
              where at <= now() order by at limit %(limit)s)) due
           group by 1""",
        {"limit": limit},
    )
    return [row["boutique_id"] for row in await cursor.fetchall()]


async def due(conn: Connection, *, limit: int) -> list[Enrolment]:
    """The next due ones, locked until the transaction ends; another job passes them by."""
    return await _several(
        conn,
        f"""select {_COLUMNS} from automation_enrolments e
            where e.boutique_id = private.current_boutique() and e.state = 'active'
              and e.due_at <= now()
            order by e.due_at, e.id limit %(limit)s for no key update skip locked""",
        {"limit": limit},
    )


async def get(conn: Connection, *, enrolment_id: str, for_update: bool = False) -> Enrolment | None:
    found = await _several(
        conn,
        f"""select {_COLUMNS} from automation_enrolments e
            where e.boutique_id = private.current_boutique() and e.id = %(id)s
            {"for no key update" if for_update else ""}""",
        {"id": enrolment_id},
    )
    return found[0] if found else None


async def active_of(
    conn: Connection, *, rule_id: str, customer_id: str, subject_id: str
) -> Enrolment | None:
    """Hers that is under way because of this subject, locked."""
    found = await _several(
        conn,
        f"""select {_COLUMNS} from automation_enrolments e
            where e.boutique_id = private.current_boutique() and e.state = 'active'
              and e.rule_id = %(rule_id)s and e.customer_id = %(customer_id)s
              and e.subject_id = %(subject_id)s for no key update""",
        {"rule_id": rule_id, "customer_id": customer_id, "subject_id": subject_id},
    )
    return found[0] if found else None


async def postpone(
    conn: Connection, *, enrolment_id: str, until: datetime, reason: str | None
) -> bool:
    """Judged again then; the step stays. Whether it waits for another reason than before."""
    cursor = await conn.execute(
        """update automation_enrolments e set due_at = %(until)s, reason = %(reason)s
           from automation_enrolments before
           where e.boutique_id = private.current_boutique() and e.id = %(id)s
             and e.state = 'active' and before.boutique_id = e.boutique_id and before.id = e.id
           returning before.reason is distinct from %(reason)s as is_new""",
        {"id": enrolment_id, "until": until, "reason": reason},
    )
    row = await cursor.fetchone()
    return bool(row and row["is_new"])


async def advance(conn: Connection, *, enrolment_id: str, step: int, due_at: datetime) -> None:
    """Its next step, and when it is due."""
    await conn.execute(
        """update automation_enrolments set step = %(step)s, due_at = %(due_at)s,
             reason = null
           where boutique_id = private.current_boutique() and id = %(id)s and state = 'active'""",
        {"id": enrolment_id, "step": step, "due_at": due_at},
    )


async def end(
    conn: Connection, *, enrolment_id: str, state: Literal["done", "stopped"], reason: str | None
) -> None:
    """Done when its last step was judged; stopped when it makes no sense any more."""
    await conn.execute(
        """update automation_enrolments
           set state = %(state)s, reason = %(reason)s, ended_at = now()
           where boutique_id = private.current_boutique() and id = %(id)s and state = 'active'""",
        {"id": enrolment_id, "state": state, "reason": reason},
    )


async def set_facts(conn: Connection, *, enrolment_id: str, facts: Mapping[str, Any]) -> None:
    await conn.execute(
        """update automation_enrolments set facts = %(facts)s
           where boutique_id = private.current_boutique() and id = %(id)s""",
        {"id": enrolment_id, "facts": Jsonb(dict(facts))},
    )


async def _several(conn: Connection, statement: str, values: Mapping[str, Any]) -> list[Enrolment]:
    async with conn.cursor(row_factory=class_row(Enrolment)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
