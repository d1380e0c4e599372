"""What an owner does with a campaign that is written: sends, pauses, resumes, cancels, tries it.

Each act is a change of rows; the jobs see it at their next claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter

from dukani.campaigns.ending import end
from dukani.campaigns.filling import Filled, Lacks, chosen, filled
from dukani.campaigns.holding import hold_the_rest
from dukani.campaigns.lifecycle import MOVES, Act, first_at
from dukani.campaigns.starting import wake
from dukani.campaigns.wallet import NotEnoughTokens
from dukani.campaigns.written import written_in
from dukani.core.database import Connection
from dukani.core.errors import CallerError, Conflict, InvalidValue, NotFound
from dukani.core.jobs import Partition, defer_beginning, defer_delivery
from dukani.core.store import (
    boutiques,
    campaign_occurrences,
    campaign_runs,
    campaigns,
    message_templates,
    messages,
    wallet,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.campaigns import Campaign
from dukani.domain.campaigns import Schedule

_SCHEDULE: TypeAdapter[Schedule] = TypeAdapter(Schedule)


class NotNow(Conflict):
    """The campaign is not in the state for that."""

    def __init__(self, act: str, status: str) -> None:
        since = ", ".join(MOVES[act].since)  # type: ignore[index]
        super().__init__(f"The campaign is {status}: only one that is {since} can do that.")


class TemplateNotApproved(CallerError):
    """WhatsApp has not approved the campaign's template: submit it, or choose another."""

    http_status = 409


@dataclass(frozen=True, slots=True)
class Resumed:
    """`tokens_short`: the wallet does not reach for the last ones; it halts again before them."""

    campaign: Campaign
    tokens_short: int


async def send(conn: Connection, *, boutique_id: str, campaign_id: str) -> Campaign:
    """Schedules a draft, or begins it if its hour is now.

    Raises NotFound, NotNow, TemplateNotApproved, NotEnoughTokens, or InvalidValue for a schedule
    that names no hour to come.
    """
    campaign = await _locked(conn, campaign_id)
    boutique = await _boutique(conn, boutique_id)
    await _require_template(conn, campaign, boutique)
    available = (await wallet.balance(conn)).available
    if available < 1:
        raise NotEnoughTokens(available=available, needed=1)
    now = datetime.now(UTC)
    schedule = _SCHEDULE.validate_python(campaign.schedule)
    at = first_at(schedule, now=now, zone=boutique.timezone)
    if at is None:
        raise InvalidValue(field="schedule", remedy="Choose a rule that has an hour to come.")
    moved = await _move(conn, "send", campaign, next_at=at)
    if at <= now:
        await defer_beginning(conn, boutique_id=boutique_id, campaign_id=campaign_id, due_at=at)
    return moved


async def pause(conn: Connection, *, campaign_id: str) -> Campaign:
    """Stops sending until it is resumed. Raises NotFound or NotNow."""
    campaign = await _locked(conn, campaign_id)
    moved = await _move(conn, "pause", campaign, reason="by_owner", next_at=campaign.next_at)
    for occurrence in await campaign_occurrences.of_campaign(conn, campaign_id=campaign_id):
        await campaign_occurrences.move(
            conn, occurrence_id=occurrence.id, since=("sending",), to="paused"
        )
        await campaign_runs.tell_soon(conn, occurrence_id=occurrence.id)
    return moved


async def resume(conn: Connection, *, boutique_id: str, campaign_id: str) -> Resumed:
    """Goes on where it was paused. Raises NotFound, NotNow, TemplateNotApproved or NotEnoughTokens.

    The hold is raised to what those still due will cost by today's prices.
    """
    campaign = await _locked(conn, campaign_id)
    await _require_template(conn, campaign, await _boutique(conn, boutique_id))
    moved = await _move(conn, "resume", campaign, next_at=campaign.next_at)
    short = 0
    for occurrence in await campaign_occurrences.of_campaign(conn, campaign_id=campaign_id):
        if occurrence.status == "planning":  # paused while its recipients were written down
            await defer_beginning(
                conn, boutique_id=boutique_id, campaign_id=campaign_id, due_at=datetime.now(UTC)
            )
        elif await campaign_occurrences.move(
            conn, occurrence_id=occurrence.id, since=("paused",), to="sending"
        ):
            short += await hold_the_rest(
                conn, campaign, boutique_id=boutique_id, occurrence_id=occurrence.id
            )
            await wake(conn, boutique_id=boutique_id, occurrence_id=occurrence.id)
        await campaign_runs.tell_soon(conn, occurrence_id=occurrence.id)
    return Resumed(moved, short)


async def cancel(conn: Connection, *, boutique_id: str, campaign_id: str) -> Campaign:
    """Ends it for good; what is on its way arrives still. Raises NotFound or NotNow.

    Nothing is claimed from the commit on; who is left is skipped by a job, if they are many.
    """
    campaign = await _locked(conn, campaign_id)
    moved = await _move(conn, "cancel", campaign)
    for occurrence in await campaign_occurrences.of_campaign(conn, campaign_id=campaign_id):
        await end(conn, boutique_id=boutique_id, occurrence_id=occurrence.id, to="cancelled")
        await campaign_runs.tell_soon(conn, occurrence_id=occurrence.id)
    return moved


async def send_late(conn: Connection, *, boutique_id: str, campaign_id: str) -> Campaign:
    """Begins one whose hour was missed. Raises NotFound or NotNow."""
    now = datetime.now(UTC)
    moved = await _move(conn, "send_late", await _locked(conn, campaign_id), next_at=now)
    await defer_beginning(conn, boutique_id=boutique_id, campaign_id=campaign_id, due_at=now)
    return moved


async def try_out(conn: Connection, *, boutique_id: str, campaign_id: str) -> str:
    """Sends the message to the owner's own phone, with the template's examples; its id.

    It is no marketing to a customer: it is not counted, and costs no token of the boutique's.
    Raises NotFound, TemplateNotApproved, or InvalidValue for a boutique without an owner's phone.
    """
    campaign = await _found(conn, campaign_id)
    boutique = await _boutique(conn, boutique_id)
    if boutique.owner_phone is None:
        raise InvalidValue(field="owner_phone", remedy="Put the owner's phone into Settings.")
    made = await _example(conn, campaign, boutique)
    queued = await messages.queue_outbound(
        conn,
        recipient=boutique.owner_phone,
        provider=boutique.whatsapp_provider,
        kind="template",
        body=made.text,
        media_path=made.picture,
        template=made.template.as_plain(),
        purpose="utility",
        reference=f"campaign:{campaign_id}",
    )
    await defer_delivery(conn, Partition(boutique_id, None))
    return queued.id


async def _example(conn: Connection, campaign: Campaign, boutique: Boutique) -> Filled:
    message = written_in(campaign).message
    approved = await message_templates.approved(
        conn, provider=boutique.whatsapp_provider, name=message.template
    )
    found = chosen(approved, message, boutique.language, shop=boutique.language)
    if found is None:
        raise TemplateNotApproved
    form = found.form or {}
    picture = form.get("header_picture")
    examples = {"slug": "0" * 12, **(form.get("examples") or {})}
    made = filled(found, message, examples | ({"picture": picture} if picture else {}))
    if isinstance(made, Lacks):
        raise InvalidValue(field=f"message.variables.{made.variable}", remedy="Give it a value.")
    return made


async def _require_template(conn: Connection, campaign: Campaign, boutique: Boutique) -> None:
    message = written_in(campaign).message
    approved = await message_templates.approved(
        conn, provider=boutique.whatsapp_provider, name=message.template
    )
    if chosen(approved, message, boutique.language, shop=boutique.language) is None:
        raise TemplateNotApproved


async def _move(
    conn: Connection,
    act: Act,
    campaign: Campaign,
    *,
    reason: str | None = None,
    next_at: datetime | None = None,
) -> Campaign:
    since, to = MOVES[act]
    moved = await campaigns.move(
        conn, campaign_id=campaign.id, since=since, to=to, reason=reason, next_at=next_at
    )
    if moved is None:
        raise NotNow(act, campaign.status)
    return moved


async def _locked(conn: Connection, campaign_id: str) -> Campaign:
    found = await campaigns.get_for_update(conn, campaign_id=campaign_id)
    if found is None:
        raise NotFound("There is no such campaign here.")
    return found


async def _found(conn: Connection, campaign_id: str) -> Campaign:
    found = await campaigns.get(conn, campaign_id=campaign_id)
    if found is None:
        raise NotFound("There is no such campaign here.")
    return found


async def _boutique(conn: Connection, boutique_id: str) -> Boutique:
    found = await boutiques.get(conn, boutique_id=boutique_id)
    assert found is not None, "the caller works in it"
    return found
