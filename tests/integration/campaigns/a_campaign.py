"""A campaign whose recipients are written down, and the jobs that send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from dukani.campaigns.dispatch import send_campaign
from dukani.campaigns.starting import start
from dukani.core.services import Services
from dukani.core.store import (
    campaign_occurrences,
    campaign_recipients,
    campaigns,
    consents,
    message_templates,
    wallet,
)
from dukani.core.store.campaign_recipients import NewRecipient
from dukani.core.store.campaigns import CampaignDocuments
from dukani.domain.campaigns import Pace
from tests.factories import a_customer
from tests.wiring import META_NUMBER, TWILIO_NUMBER, a_line, rows

TEMPLATE = "customer_purchase_notification"
TOKENS = 1000

# Mobile numbers of countries, one of which has day at whatever hour the tests run.
COUNTRIES = (
    ("+2547120", "Africa/Nairobi"),
    ("+9198100", "Asia/Kolkata"),
    ("+6421550", "Pacific/Auckland"),
    ("+55219810", "America/Sao_Paulo"),
)


def by_day(n: int) -> str:
    """The n-th phone of a country where marketing may be sent now, and for an hour."""
    prefix, _ = day_in(datetime.now(UTC))
    return f"{prefix}{n:05d}"


def day_in(now: datetime) -> tuple[str, str]:
    """A prefix of mobile numbers, and the time zone of its country, where it is day."""
    for prefix, zone in COUNTRIES:
        if 9 <= now.astimezone(ZoneInfo(zone)).hour < 20:
            return prefix, zone
    raise AssertionError("it is day somewhere")


@dataclass(frozen=True, slots=True)
class Sending:
    """A campaign that is being sent, and to whom."""

    boutique_id: str
    campaign_id: str
    occurrence_id: str
    phones: tuple[str, ...]


async def a_shop(
    services: Services, provider: str = "meta", *, account: str | None = None, tokens: int = TOKENS
) -> str:
    """A boutique with a number, an approved template and message tokens."""
    account = account or (META_NUMBER if provider == "meta" else TWILIO_NUMBER)
    boutique = await a_line(services, provider, account)  # type: ignore[arg-type]
    async with services.database.operator_connection(boutique) as conn:
        await message_templates.put(
            conn,
            boutique_id=boutique,
            provider=provider,  # type: ignore[arg-type]
            name=TEMPLATE,
            language="en",
            status="approved",
            category="marketing",
            content_sid="HX" + "0" * 32 if provider == "twilio" else None,
        )
        if tokens:
            await wallet.grant(conn, key="start", tokens=tokens, note="")
    return boutique


async def a_fan(services: Services, boutique: str, n: int, *, agreed: bool = True) -> str:
    """The id of a customer who may be sent marketing."""
    customer = await a_customer(services.database, boutique, phone=by_day(n))
    async with services.database.tenant_connection(boutique) as conn:
        if agreed:
            await consents.record(
                conn, customer_id=customer, purpose="marketing", granted=True, source="whatsapp"
            )
    return customer


async def a_sending(
    services: Services,
    boutique: str,
    *,
    customers: int | list[str] = 1,
    due_in: timedelta = timedelta(0),
    begins: bool = True,
    template: str = TEMPLATE,
    rule: str | None = None,
    **pace: Any,
) -> Sending:
    """A campaign to so many new customers, or to these, begun unless told otherwise.

    Without a pace, five may leave at once, however fast the machine is.
    `rule`: it recurs by it, and its next hour comes in a week.
    """
    fans = (
        [await a_fan(services, boutique, n) for n in range(customers)]
        if isinstance(customers, int)
        else customers
    )
    documents = CampaignDocuments(
        name="December",
        audience={"kind": "all"},
        pieces=(),
        message={"template": template},
        schedule={"kind": "now"} if rule is None else a_rule(rule),
        pace=Pace(**({"per_minute": 4800} | pace)).model_dump(mode="json"),
        experiment=None,
    )
    now = datetime.now(UTC)
    async with services.database.tenant_connection(boutique) as conn:
        campaign = await campaigns.create(conn, documents)
        await campaigns.move(
            conn,
            campaign_id=campaign.id,
            since=("draft",),
            to="sending",
            next_at=None if rule is None else now + timedelta(days=7),
        )
        occurrence = await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=now
        )
        cursor = await conn.execute(
            "select id::text, phone from customers where id = any(%s::uuid[])", (fans,)
        )
        phones = {row["id"]: row["phone"] for row in await cursor.fetchall()}
        await campaign_recipients.add(
            conn,
            campaign_id=campaign.id,
            occurrence_id=occurrence.id,
            recipients=[
                NewRecipient(
                    id=str(uuid4()),
                    customer_id=fan,
                    identity=phones[fan],
                    variables={
                        "customer_name": f"Asha {n}",
                        "boutique_name": "Zuri",
                        "price": "KSh 4,500",
                        "pieces": "six pieces",
                        "slug": f"{n:012x}",
                    },
                    language="en",
                    due_at=now + due_in,
                )
                for n, fan in enumerate(fans)
            ],
        )
        if begins:
            await start(
                conn,
                boutique_id=boutique,
                campaign_id=campaign.id,
                occurrence_id=occurrence.id,
            )
    if begins and not pace:
        await all_may_leave_at_once(services)
    return Sending(boutique, campaign.id, occurrence.id, tuple(phones[fan] for fan in fans))


def a_rule(rule: str) -> dict[str, str]:
    return {"kind": "recurring", "rule": rule, "starts": "2026-11-20T09:00:00"}


async def run(services: Services, sending: Sending, *, times: int = 1) -> None:
    """Run the occurrence's job, as the worker does with the newest chain."""
    for _ in range(times):
        (chain,) = [
            row["chain"]
            for row in await rows(services, "campaign_occurrences", "id, chain")
            if str(row["id"]) == sending.occurrence_id
        ]
        await send_campaign(
            services,
            boutique_id=sending.boutique_id,
            occurrence_id=sending.occurrence_id,
            chain=chain,
        )


async def all_may_leave_at_once(services: Services) -> None:
    """As for a job that woke late: the campaign's own pace is no hindrance."""
    async with services.database.system_connection() as conn:
        await conn.execute("update campaign_occurrences set next_send_at = now() - interval '1 m'")


async def recipients(services: Services, sending: Sending) -> list[dict[str, Any]]:
    """All recipients of the occurrence, as they are now."""
    found = await rows(services, "campaign_recipients")
    ours = [row for row in found if str(row["occurrence_id"]) == sending.occurrence_id]
    return sorted(ours, key=lambda row: row["identity"])


async def states(services: Services, sending: Sending) -> list[str]:
    return [row["state"] for row in await recipients(services, sending)]


async def reasons(services: Services, sending: Sending) -> list[tuple[str, str | None]]:
    return [(row["state"], row["reason"]) for row in await recipients(services, sending)]


async def campaign(services: Services, sending: Sending) -> dict[str, Any]:
    (row,) = [
        row for row in await rows(services, "campaigns") if str(row["id"]) == sending.campaign_id
    ]
    return row


async def prices_rise(services: Services, tokens: int) -> None:
    """From today on a marketing message costs so many tokens, wherever it goes."""
    async with services.database.system_connection() as conn:
        await conn.execute(
            """insert into private.message_rates
                 (category, region, valid_from, tokens, cost_minor, currency)
               select distinct category, region, current_date, %(tokens)s, 800, 'KES'
               from private.message_rates where category = 'marketing'""",
            {"tokens": tokens},
        )


async def top_up(services: Services, boutique: str, tokens: int) -> None:
    async with services.database.operator_connection(boutique) as conn:
        await wallet.grant(conn, key=str(uuid4()), tokens=tokens, note="")


async def balance(services: Services, boutique: str) -> tuple[int, int, int]:
    """Tokens available, held and spent."""
    async with services.database.tenant_connection(boutique) as conn:
        it = await wallet.balance(conn)
    return it.available, it.held, it.spent


async def time_passes(services: Services, by: timedelta = timedelta(days=1)) -> None:
    """Whatever waits for its hour is due: retries, leases, paces."""
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update campaign_recipients set due_at = due_at - %(by)s, lease_until ="
            " lease_until - %(by)s, posting_at = posting_at - %(by)s",
            {"by": by},
        )
        await conn.execute(
            "update campaign_occurrences set next_send_at = next_send_at - %(by)s,"
            " run_at = run_at - %(by)s, started_at = started_at - %(by)s,"
            " ended_at = ended_at - %(by)s",
            {"by": by},
        )
        await conn.execute("update sending_paces set next_at = next_at - %(by)s", {"by": by})
        await conn.execute("update messages set created_at = created_at - %(by)s", {"by": by})
