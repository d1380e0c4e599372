"""`dukani campaigns send` and `status`: a bar that fills while the worker sends."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dukani.campaigns import running
from dukani.commands.campaigns import found_campaign
from dukani.commands.frame import console, read_settings, with_services
from dukani.core.services import Services
from dukani.core.store import campaign_recipients, campaigns

LOOK_EVERY_S = 1.0
_TO_DO = ("planned", "posting")
_UNDER_WAY = ("scheduled", "sending")


def send(campaign_id: str) -> None:
    async def work(services: Services) -> None:
        boutique, campaign = await found_campaign(services, campaign_id)
        async with services.database.tenant_connection(boutique.id) as conn:
            await running.send(conn, boutique_id=boutique.id, campaign_id=campaign.id)
        await _watch(services, boutique.id, campaign.id)

    with_services(read_settings(quiet=True), work)


def show(campaign_id: str) -> None:
    async def work(services: Services) -> None:
        boutique, campaign = await found_campaign(services, campaign_id)
        await _watch(services, boutique.id, campaign.id)

    with_services(read_settings(quiet=True), work)


async def _watch(services: Services, boutique_id: str, campaign_id: str) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=None)
        while True:
            async with services.database.tenant_connection(boutique_id) as conn:
                campaign = await campaigns.get(conn, campaign_id=campaign_id)
                counts = await campaign_recipients.counts(conn, campaign_id=campaign_id)
            assert campaign is not None, "a campaign that was scheduled is kept"
            total = sum(counts.values())
            done = total - sum(counts.get(state, 0) for state in _TO_DO)
            told = said(campaign.status, campaign.status_reason, counts)
            progress.update(bar, description=told, total=total or None, completed=done)
            if campaign.status not in _UNDER_WAY:
                return
            await asyncio.sleep(LOOK_EVERY_S)


def said(status: str, reason: str | None, counts: Mapping[str, int]) -> str:
    """The campaign's status in words: `sending: 12 delivered, 3 planned`."""
    parts = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    why = f" ({reason})" if reason else ""
    return f"{status}{why}: {parts or 'nobody yet'}"
