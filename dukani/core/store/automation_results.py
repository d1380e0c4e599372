"""What came of automations: those who began a rule in a span, and all that followed for them.

Refunds correct the rows that are counted here (`orders_take_back_an_automations_sale`), so every
figure is true after them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.days import Span


@dataclass(frozen=True, slots=True)
class Funnel:
    """Enrolments of a rule's arm by how far it came; each count holds all who came that far.

    Of several messages of an enrolment, one that came so far is enough. `enrolled` holds those held
    out too, who are the arm `holdout`. `decided`: a message was written.
    """

    rule_id: str
    arm: str  # "" without an experiment
    enrolled: int
    decided: int
    sent: int
    delivered: int
    read: int
    clicked: int
    replied: int
    converted: int
    opted_out: int
    failed: int


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """Messages of a rule's step on a channel."""

    step: int
    channel: str
    messages: int
    sent: int
    delivered: int
    read: int
    clicked: int
    replied: int
    converted: int
    opted_out: int
    failed: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Money:
    """Orders that came of a rule's messages and stand, less what was given back."""

    rule_id: str
    currency: str
    orders: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class People:
    """Customers shared out to an arm, and how many of them bought within five days, by whatever
    way: it alone compares with those who got nothing.
    """

    rule_id: str
    arm: str
    people: int
    bought: int


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Enrolments of which was decided so, each once; without one, the decisions."""

    verdict: str
    reason: str
    times: int


_ARM: LiteralString = "case when e.held_out then 'holdout' else coalesce(e.variant, '') end"
_BEGAN: LiteralString = """e.boutique_id = private.current_boutique()
  and (%(rule_id)s::uuid is null or e.rule_id = %(rule_id)s::uuid)
  and e.began_at >= %(since)s and e.began_at < %(until)s"""


def _values(span: Span, rule_id: str | None) -> dict[str, object]:
    return {"since": span.since, "until": span.until, "rule_id": rule_id}


async def funnels(conn: Connection, *, span: Span, rule_id: str | None = None) -> list[Funnel]:
    """By rule and arm."""
    async with conn.cursor(row_factory=class_row(Funnel)) as cursor:
        await cursor.execute(
            f"""select rule_id::text as rule_id, arm, count(*)::int as enrolled,
                  count(*) filter (where decided)::int as decided,
                  count(*) filter (where sent)::int as sent,
                  count(*) filter (where delivered)::int as delivered,
                  count(*) filter (where read)::int as read,
                  count(*) filter (where clicked)::int as clicked,
                  count(*) filter (where replied)::int as replied,
                  count(*) filter (where converted)::int as converted,
                  count(*) filter (where opted_out)::int as opted_out,
                  count(*) filter (where failed and not sent_otherwise)::int as failed
                from (
                  select e.rule_id, {_ARM} as arm, count(s.id) > 0 as decided,
                    bool_or(s.sent_at is not null) as sent,
                    bool_or(s.delivered_at is not null) as delivered,
                    bool_or(s.read_at is not null) as read,
                    bool_or(s.clicked_at is not null) as clicked,
                    bool_or(s.replied_at is not null) as replied,
                    bool_or(s.converted_at is not null) as converted,
                    bool_or(s.opted_out_at is not null) as opted_out,
                    bool_or(s.state = 'failed') as failed,
                    bool_or(s.state not in ('failed', 'cancelled')) as sent_otherwise
                  from automation_enrolments e
                  left join automation_sends s
                    on s.boutique_id = e.boutique_id and s.enrolment_id = e.id
                  where {_BEGAN}
                  group by e.boutique_id, e.id, e.rule_id, e.held_out, e.variant
                ) each_one
                group by rule_id, arm order by rule_id, arm""".encode(),
            _values(span, rule_id),
        )
        return await cursor.fetchall()


async def by_step(conn: Connection, *, span: Span, rule_id: str) -> list[MessageCounts]:
    """By step and channel."""
    async with conn.cursor(row_factory=class_row(MessageCounts)) as cursor:
        await cursor.execute(
            f"""select s.step, s.channel, count(*)::int as messages,
                  count(s.sent_at)::int as sent, count(s.delivered_at)::int as delivered,
                  count(s.read_at)::int as read, count(s.clicked_at)::int as clicked,
                  count(s.replied_at)::int as replied, count(s.converted_at)::int as converted,
                  count(s.opted_out_at)::int as opted_out,
                  count(*) filter (where s.state = 'failed')::int as failed,
                  count(*) filter (where s.state = 'cancelled')::int as cancelled
                from automation_enrolments e
                join automation_sends s on s.boutique_id = e.boutique_id and s.enrolment_id = e.id
                where {_BEGAN}
                group by s.step, s.channel order by s.step, s.channel desc""".encode(),
            _values(span, rule_id),
        )
        return await cursor.fetchall()


async def money(conn: Connection, *, span: Span, rule_id: str | None = None) -> list[Money]:
    """By rule and currency."""
    async with conn.cursor(row_factory=class_row(Money)) as cursor:
        await cursor.execute(
            f"""select e.rule_id::text as rule_id, c.currency, count(*)::int as orders,
                  sum(c.amount_minor)::bigint as amount_minor
                from automation_enrolments e
                join automation_sends s on s.boutique_id = e.boutique_id and s.enrolment_id = e.id
                join automation_conversions c on c.boutique_id = s.boutique_id
                  and c.send_id = s.id and c.reversed_at is null
                where {_BEGAN}
                group by e.rule_id, c.currency order by e.rule_id, c.currency""".encode(),
            _values(span, rule_id),
        )
        return await cursor.fetchall()


async def people(conn: Connection, *, span: Span, rule_id: str | None = None) -> list[People]:
    """By rule and arm: each customer once, in the arm that she was first put in."""
    async with conn.cursor(row_factory=class_row(People)) as cursor:
        await cursor.execute(
            f"""select rule_id::text as rule_id, arm, count(*)::int as people,
                  count(*) filter (where bought)::int as bought
                from (
                  select e.rule_id, e.customer_id, (array_agg({_ARM} order by e.began_at, e.id))[1]
                      as arm,
                    bool_or(exists (
                      select from orders o
                      where o.boutique_id = e.boutique_id and o.customer_id = e.customer_id
                        and o.payment_status = 'paid' and o.refund_status <> 'all'
                        and o.fulfilment_status <> 'returned'
                        and o.paid_at >= e.began_at and o.paid_at < e.began_at + interval '5 days'
                    )) as bought
                  from automation_enrolments e where {_BEGAN}
                  group by e.rule_id, e.customer_id
                ) each_one
                group by rule_id, arm order by rule_id, arm""".encode(),
            _values(span, rule_id),
        )
        return await cursor.fetchall()


async def reasons(conn: Connection, *, span: Span, rule_id: str) -> list[ReasonCount]:
    """Why nothing was sent, of the span's decisions, the commonest first."""
    async with conn.cursor(row_factory=class_row(ReasonCount)) as cursor:
        await cursor.execute(
            """select d.verdict, d.reason,
                 count(distinct coalesce(d.enrolment_id::text, d.id::text))::int as times
               from automation_decisions d
               where d.boutique_id = private.current_boutique() and d.rule_id = %(rule_id)s
                 and d.created_at >= %(since)s and d.created_at < %(until)s
                 and d.verdict in ('waits', 'skipped', 'stopped') and d.reason is not null
               group by d.verdict, d.reason order by times desc, d.verdict, d.reason""",
            _values(span, rule_id),
        )
        return await cursor.fetchall()
