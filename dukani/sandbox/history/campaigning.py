"""The month's campaign, written and sent by the doors that every campaign goes through."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from psycopg import Rollback

from dukani.campaigns import frequency, score_rules, wallet, writing
from dukani.campaigns.audience import CHUNK, load
from dukani.campaigns.claiming import source_of
from dukani.campaigns.completing import finish_within
from dukani.campaigns.letters import Letter, approved_of, letters
from dukani.campaigns.lifecycle import MOVES, Act
from dukani.campaigns.noting import note, payable
from dukani.campaigns.picturing import draw_ahead, with_pictures
from dukani.campaigns.planning import planner_of
from dukani.campaigns.pricing import tokens_to_come
from dukani.campaigns.profile_renewal import ProfileRenewal
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import (
    campaign_claims,
    campaign_occurrences,
    campaign_posts,
    campaign_runs,
    campaigns,
    message_templates,
)
from dukani.core.store import wallet as wallet_rows
from dukani.core.store.campaign_runs import Run
from dukani.domain.campaigns import CampaignMessage, Pace, WrittenCampaign
from dukani.domain.template_forms import PURCHASE_NOTIFICATION
from dukani.sandbox.history import past
from dukani.sandbox.history.answering import Sent, answer
from dukani.sandbox.history.scene import Shop

NAME = "New in for the weekend"
FEWEST_TOKENS = 100  # more than the month has customers
EVERY = timedelta(seconds=6)  # at ten a minute
OVER_AFTER = timedelta(hours=10)
_NOT_ON_WHATSAPP = {"twilio": "63024", "meta": "131026"}


async def send_a_campaign(
    services: Services, shop: Shop, *, at: datetime, busy: frozenset[str], model: str
) -> None:
    """To all who agreed; what came of it is told until the next day.

    `busy`: phones of those who come by themselves around then, who only read it. `model`: whose
    vectors of the pieces tell what customers like. A shop without an approved template sends none.
    """
    run = await _begin(services, shop, at=at, model=model)
    if run is None:
        return
    sent = []
    for number, letter in enumerate(await _letters(services, run)):
        sent.append(await _post(services, shop, run, letter, at=at + EVERY * number))
    free = 0
    for number, one in enumerate(sent):
        if number == 1 and len(sent) > 4:
            await _fail(services, shop, run, one)
        elif one.phone in busy:
            await answer(services, shop, one, turn=None)
        else:
            await answer(services, shop, one, turn=free)
            free += 1
    async with services.database.tenant_connection(run.boutique_id) as conn:
        campaign = await campaigns.get_for_update(conn, campaign_id=run.campaign_id)
        assert campaign is not None, "it was begun above"
        await finish_within(
            conn, campaign, boutique_id=run.boutique_id, occurrence_id=run.occurrence_id
        )
        await past.happened(conn, boutique_id=run.boutique_id, at=at + OVER_AFTER)


async def _begin(services: Services, shop: Shop, *, at: datetime, model: str) -> Run | None:
    """The campaign with its recipients and their tokens, as it was written and begun at `at`."""
    boutique_id, database = shop.boutique.id, services.database
    async with database.tenant_connection(boutique_id) as conn:
        approved = await message_templates.approved(
            conn, provider=shop.boutique.whatsapp_provider, name=PURCHASE_NOTIFICATION
        )
        tokens = (await wallet_rows.balance(conn)).available
    if not approved or tokens < FEWEST_TOKENS:
        return None
    await ProfileRenewal(database, model=model).renew_all(boutique_id=boutique_id)
    async with database.tenant_connection(boutique_id) as conn, conn.transaction() as everything:
        run = await _write(conn, shop, at=at)
        if run is None:
            raise Rollback(everything)
        await past.happened(conn, boutique_id=boutique_id, at=at)
        return run
    return None


async def _write(conn: Connection, shop: Shop, *, at: datetime) -> Run | None:
    """None: nobody would get it."""
    boutique_id = shop.boutique.id
    owner = next(one for one in shop.members if one.role == "owner")
    await past.act_as(conn, user_id=owner.user_id, role=owner.role)
    written = WrittenCampaign(
        name=NAME, message=CampaignMessage(template=PURCHASE_NOTIFICATION), pace=Pace(per_minute=10)
    )
    campaign = await writing.create(conn, written, created_by=owner.user_id)
    await _move(conn, "send", campaign.id, next_at=at)
    await _move(conn, "begin", campaign.id)
    occurrence = await campaign_occurrences.open_occurrence(
        conn, campaign_id=campaign.id, due_at=at
    )
    await _plan(conn, shop, written, campaign.id, occurrence.id, at=at)
    begun = await campaigns.get(conn, campaign_id=campaign.id)
    assert begun is not None, "it was written above"
    tokens = await tokens_to_come(conn, begun, boutique_id=boutique_id, occurrence_id=occurrence.id)
    if not tokens:
        return None
    await wallet.hold(conn, key=occurrence.id, tokens=tokens, campaign_id=campaign.id)
    await campaign_occurrences.move(
        conn, occurrence_id=occurrence.id, since=("planning",), to="sending"
    )
    return await campaign_runs.lock(conn, occurrence_id=occurrence.id)


async def _move(
    conn: Connection, act: Act, campaign_id: str, *, next_at: datetime | None = None
) -> None:
    since, to = MOVES[act]
    await campaigns.move(conn, campaign_id=campaign_id, since=since, to=to, next_at=next_at)


async def _plan(
    conn: Connection,
    shop: Shop,
    written: WrittenCampaign,
    campaign_id: str,
    occurrence_id: str,
    *,
    at: datetime,
) -> None:
    """As `planning.plan`, in one transaction, which can be moved."""
    judge = await load(
        conn,
        written,
        boutique_id=shop.boutique.id,
        campaign_id=campaign_id,
        rules=await score_rules.of_campaign(conn, campaign_id=campaign_id),
        at=at,
    )
    planner = await planner_of(conn, judge)
    while True:
        occurrence = await campaign_occurrences.get(conn, occurrence_id=occurrence_id)
        assert occurrence is not None, "it was opened in this transaction"
        chunk = await judge.chunk(conn, after=occurrence.planned_after, limit=CHUNK)
        if chunk is None:
            await campaign_occurrences.note_all_planned(conn, occurrence_id=occurrence_id)
            return
        await planner.write_down(conn, occurrence, chunk)


async def _letters(services: Services, run: Run) -> Sequence[Letter]:
    await draw_ahead(services, boutique_id=run.boutique_id, occurrence_id=run.occurrence_id)
    async with services.database.tenant_connection(run.boutique_id) as conn:
        due = await campaign_claims.due(conn, occurrence_id=run.occurrence_id, limit=CHUNK)
        written, _ = letters(due, await approved_of(conn, run), run)
        return (await with_pictures(conn, run, written)).letters


async def _post(services: Services, shop: Shop, run: Run, letter: Letter, *, at: datetime) -> Sent:
    """As `posting.post`, but the provider is not called: it took the message long ago."""
    her = letter.to
    async with services.database.tenant_connection(run.boutique_id) as conn:
        await frequency.reserve(conn, [(source_of(her.id), her.identity)])
        paid, tokens = await payable(conn, run, [letter])
        (post,) = await note(conn, run, paid, tokens)
        posting = post.posting
        provider_id = f"past-{secrets.token_hex(12)}"
        await campaign_posts.note_accepted(conn, [(posting, provider_id, False)])
        await past.happened(conn, boutique_id=shop.boutique.id, at=at)
    return Sent(
        recipient_id=her.id,
        message_id=posting.message_id,
        provider_id=provider_id,
        phone=her.phone or "",
        slug=str(her.variables["slug"]),
        at=at,
    )


async def _fail(services: Services, shop: Shop, run: Run, one: Sent) -> None:
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        await campaign_posts.fail(
            conn, recipient_id=one.recipient_id, code=_NOT_ON_WHATSAPP[run.provider]
        )
        await wallet_rows.end_sends(conn, recipients=[one.recipient_id], delivered=False)
        await past.happened(conn, boutique_id=shop.boutique.id, at=one.at + timedelta(seconds=3))
