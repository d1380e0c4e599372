"""A message that a rule sent to a customer, as it stands in the tables."""

from __future__ import annotations

from dukani.core.database import Database

RULE = "0a0a0a0a-0000-4000-8000-000000000001"


async def a_send(
    database: Database,
    boutique_id: str,
    customer_id: str,
    *,
    code: str = "Ab3dEf6hIj9k",
    target: str = "",
    channel: str = "whatsapp",
    sent_s_ago: int | None = 60,
    subject: tuple[str, str] | None = None,
) -> str:
    """Its id. `sent_s_ago`: None: it has not left yet."""
    kind, subject_id = subject or ("product", RULE)
    async with database.tenant_connection(boutique_id) as conn:
        cursor = await conn.execute(
            """with rule as (
                 insert into automation_rules (boutique_id, id, name, trigger, class, definition)
                 values (%(b)s, %(rule)s, 'Left carts', 'cart_abandoned', 'marketing', '{}')
                 on conflict do nothing
               ), enrolled as (
                 insert into automation_enrolments (boutique_id, rule_id, customer_id,
                   subject_kind, subject_id, due_at, counted_from)
                 values (%(b)s, %(rule)s, %(customer)s, %(kind)s, %(subject)s, now(), now())
                 returning id
               )
               insert into automation_sends (boutique_id, rule_id, rule_version, enrolment_id,
                 customer_id, step, class, channel, code, target, subject_kind, subject_id, state,
                 sent_at)
               select %(b)s, %(rule)s, 1, id, %(customer)s, 0, 'marketing', %(channel)s, %(code)s,
                 %(target)s, %(kind)s, %(subject)s,
                 case when %(ago)s::int is null then 'queued' else 'sent' end,
                 now() - make_interval(secs => %(ago)s::int)
               from enrolled returning id::text""",
            {
                "b": boutique_id,
                "rule": RULE,
                "customer": customer_id,
                "kind": kind,
                "subject": subject_id,
                "channel": channel,
                "code": code,
                "target": target,
                "ago": sent_s_ago,
            },
        )
        row = await cursor.fetchone()
    assert row is not None
    return str(row["id"])
