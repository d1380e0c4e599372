"""The job that sends an occurrence: claims, posts and records, then defers the next one.

    lock the run ─► end dead leases ─► claim what the paces let leave ─► post ─► record ─┐
         ▲                                                                               │
         └───────────────────── for some seconds, then another boutique's turn ◄─────────┘

Everything is a row, so the job may die anywhere and run twice. Pausing, resuming and cancelling are
rows too, and are seen at the next claim.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

import structlog

from dukani.campaigns import stopping
from dukani.campaigns.claiming import claim, skip
from dukani.campaigns.completing import finish
from dukani.campaigns.picturing import with_pieces
from dukani.campaigns.posting import Letter, TooFewTokens, approved_of, letters, post
from dukani.core.clients.messenger import Messenger
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError
from dukani.core.jobs import defer_campaign
from dukani.core.services import Services
from dukani.core.store import campaign_claims, campaign_runs
from dukani.core.store.campaign_runs import Run
from dukani.core.store.credentials import Credentials
from dukani.tools.messengers import messenger_of

log = structlog.get_logger()

LONGEST_ROUND_S = 5.0  # then other boutiques' campaigns get on
SOON = timedelta(seconds=0.2)  # a wait that is shorter is no job of its own
AT_MOST = timedelta(hours=1)  # between two looks
LOOK_FOR_FAILURES = timedelta(seconds=20)  # while accepted messages may still fail


@dataclass(frozen=True, slots=True)
class Step:
    """What a job does next; without a `run` it is over.

    It sends `letters`, or is deferred for `wait`. `halt`: why the campaign cannot go on. `done`:
    nothing is left to send.
    """

    run: Run | None = None
    letters: tuple[Letter, ...] = ()
    messenger: Messenger | None = None
    wait: timedelta | None = None
    halt: str | None = None
    done: bool = False


async def send_campaign(
    services: Services, *, boutique_id: str, occurrence_id: str, chain: int
) -> None:
    """Sends what is due of an occurrence for some seconds, and defers the chain's next job."""
    over_at = time.monotonic() + LONGEST_ROUND_S
    while True:
        async with services.database.tenant_connection(boutique_id) as conn:
            step = await _next_step(conn, services, occurrence_id=occurrence_id, chain=chain)
        if step.run is None:
            return
        await _do(services, step.run, step)
        await campaign_runs.tell_soon(
            services.database.at_once(boutique_id), occurrence_id=occurrence_id
        )
        if step.halt or step.done:
            return
        if step.wait is not None or time.monotonic() >= over_at:
            await _defer_next(services, step.run, chain=chain, wait=step.wait or timedelta(0))
            return


async def _do(services: Services, run: Run, step: Step) -> None:
    halt = step.halt
    if step.letters and step.messenger is not None:
        try:
            letters = await with_pieces(services, run, step.letters)
            await post(services, run, letters, step.messenger)
        except TooFewTokens:
            halt = "no_tokens"
    if halt is not None:
        await _halt(services, run, step, reason=halt)
    if step.done:
        await finish(services, run)


async def _halt(services: Services, run: Run, step: Step, *, reason: str) -> None:
    """Locks the campaign first, as whoever pauses or cancels it does."""
    async with services.database.tenant_connection(run.boutique_id) as conn:
        await stopping.halt(
            conn,
            boutique_id=run.boutique_id,
            campaign_id=run.campaign_id,
            occurrence_id=run.occurrence_id,
            reason=reason,
        )
        await campaign_claims.give_back(conn, ids=[letter.to.id for letter in step.letters])


async def _defer_next(services: Services, run: Run, *, chain: int, wait: timedelta) -> None:
    async with services.database.tenant_connection(run.boutique_id) as conn:
        if await campaign_runs.note_next_run(
            conn, occurrence_id=run.occurrence_id, chain=chain, delay=wait
        ):
            await defer_campaign(
                conn,
                boutique_id=run.boutique_id,
                occurrence_id=run.occurrence_id,
                chain=chain,
                delay=wait,
            )


async def _next_step(
    conn: Connection, services: Services, *, occurrence_id: str, chain: int
) -> Step:
    run = await campaign_runs.lock(conn, occurrence_id=occurrence_id)
    if run is None or run.chain != chain:
        return Step()
    _, unknown = await campaign_claims.end_leases(conn, occurrence_id=occurrence_id)
    if unknown:
        log.warning("campaign_messages_unclear", campaign=run.campaign_id, messages=unknown)
    if run.status != "sending" or run.campaign_status != "sending":
        return Step()
    messenger = _messenger(services, run)
    if messenger is None:
        return Step(run, halt="set_up")
    approved = await approved_of(conn, run)
    if not any(approved.values()):
        return Step(run, halt="template_unapproved")
    claimed = await claim(conn, services, run)
    if claimed.recipients:
        written, without = letters(claimed.recipients, approved, run)
        if without:
            await skip(conn, without)
        return Step(run, tuple(written), messenger)
    if claimed.wait is not None:
        return Step(run, wait=max(claimed.wait, SOON))
    return await _idle(conn, services, run)


async def _idle(conn: Connection, services: Services, run: Run) -> Step:
    """Nobody is due: wait for who is due next, or for what is on its way, or be done."""
    settle = timedelta(seconds=services.settings.campaigns.settle_s)
    left = await campaign_claims.left(conn, occurrence_id=run.occurrence_id, settle=settle)
    if left.next_at is not None and left.next_at <= left.now:
        return Step(run)  # claimed by another job a moment ago, or due since
    if left.next_at is None and not left.leased and not left.unsettled:
        return Step(run, done=True)
    waits = [AT_MOST]
    waits += [left.next_at - left.now] if left.next_at else []
    waits += [left.leased_until - left.now + SOON] if left.leased_until else []
    waits += [LOOK_FOR_FAILURES] if left.unsettled else []
    return Step(run, wait=max(min(waits), SOON))


def _messenger(services: Services, run: Run) -> Messenger | None:
    """The messenger of the boutique's number; None, with a log line, if it is not set up."""
    try:
        if run.account is None or run.secrets is None:
            raise ConfigurationError("no credentials for this provider")
        keys = Credentials(run.provider, run.account, services.secrets.open(run.secrets))
        return messenger_of(services, keys)
    except ConfigurationError as error:
        log.error("campaign_without_number", boutique=run.slug, reason=str(error))
        return None
