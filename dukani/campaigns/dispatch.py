"""The job that sends an occurrence: claims, posts and records, then defers the next one.

    lock the run ─► end dead leases ─► claim what may leave now ─► post ─► record ─► draw ─┐
         ▲                                                                                 │
         └────────────────────── for some seconds, then another boutique's turn ◄──────────┘

Everything is a row, so the job may die anywhere and run twice. Pausing, resuming and cancelling are
rows too, and are seen at the next claim. `draw` makes the pictures that a claim found missing.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import stamina
import structlog
from psycopg.errors import DeadlockDetected

from dukani.campaigns.claiming import claim
from dukani.campaigns.completing import finish
from dukani.campaigns.letters import approved_of
from dukani.campaigns.noting import Post
from dukani.campaigns.patience import is_over
from dukani.campaigns.picturing import Pieces, draw
from dukani.campaigns.posting import post_all
from dukani.campaigns.recording import record
from dukani.campaigns.repricing import raise_hold
from dukani.campaigns.stopping import stop
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
WHILE_STOPPED = timedelta(minutes=1)  # the platform has paused it: it goes on by itself then
LOOK_FOR_FAILURES = timedelta(seconds=20)  # while accepted messages may still fail


@dataclass(frozen=True, slots=True)
class Step:
    """What a job does next; without a `run` it is over.

    It posts `posts` and draws `missing`, or is deferred for `wait`. `halt`: why the campaign cannot
    go on. `done`: nothing is left to send.
    """

    run: Run | None = None
    posts: Sequence[Post] = ()
    messenger: Messenger | None = None
    missing: Collection[Pieces] = ()
    wait: timedelta | None = None
    halt: str | None = None
    done: bool = False


async def send_campaign(
    services: Services, *, boutique_id: str, occurrence_id: str, chain: int
) -> None:
    """Sends what is due of an occurrence for some seconds, and defers the chain's next job."""
    over_at = time.monotonic() + LONGEST_ROUND_S
    while True:
        step = await _next_step(services, boutique_id, occurrence_id=occurrence_id, chain=chain)
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
    if step.posts and step.messenger is not None:
        await record(services, run, await post_all(services, step.posts, step.messenger))
    if step.missing:
        await draw(services, step.missing, boutique_id=run.boutique_id, currency=run.currency)
    if step.halt is not None:
        await _halt(services, run, reason=step.halt)
    if step.done:
        await finish(services, run)


async def _halt(services: Services, run: Run, *, reason: str) -> None:
    """Locks the campaign first, as whoever pauses or cancels it does."""
    async with services.database.tenant_connection(run.boutique_id) as conn:
        await stop(
            conn,
            "pause",
            boutique_id=run.boutique_id,
            campaign_id=run.campaign_id,
            occurrence_id=run.occurrence_id,
            reason=reason,
        )


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


# A job that records answers and a claim of another campaign may lock in opposite order. Nothing is
# noted of a claim that PostgreSQL aborts, so it is made again.
@stamina.retry(on=DeadlockDetected, attempts=3, wait_initial=0.05, wait_jitter=0.05)
async def _next_step(
    services: Services, boutique_id: str, *, occurrence_id: str, chain: int
) -> Step:
    """The next step, whose posts are noted once this returns."""
    async with services.database.tenant_connection(boutique_id) as conn:
        run = await campaign_runs.lock(conn, occurrence_id=occurrence_id)
        return await _step(conn, services, run, chain=chain)


async def _step(conn: Connection, services: Services, run: Run | None, *, chain: int) -> Step:
    if run is None or run.chain != chain:
        return Step()
    unknown = await campaign_claims.end_leases(conn, occurrence_id=run.occurrence_id)
    if unknown:
        log.warning("campaign_messages_unclear", campaign=run.campaign_id, messages=unknown)
    if run.status != "sending" or run.campaign_status != "sending":
        return Step()
    messenger = _messenger(services, run)
    if messenger is None:
        return Step(run, halt="set_up")
    if run.stopped:
        return Step(run, wait=WHILE_STOPPED)
    if run.held_for is not None:
        return Step(run, halt="held")
    approved = await approved_of(conn, run)
    if not any(approved.values()):
        return Step(run, halt="template_unapproved")
    claimed = await claim(conn, services, run, approved)
    if claimed.posts or claimed.missing:
        return Step(run, claimed.posts, messenger, claimed.missing)
    if claimed.too_few_tokens:
        return Step(run, halt=await raise_hold(conn, run, approved))
    if claimed.wait is not None:
        return Step(run, wait=max(claimed.wait, SOON))
    if claimed.full_until is not None:
        return _until_there_is_room(run, claimed.full_until)
    if claimed.left_out:
        return Step(run)  # the next ones at once
    return await _idle(conn, services, run)


def _until_there_is_room(run: Run, full_until: datetime) -> Step:
    """Who is not reached by the campaign's next hour is written down anew then."""
    now = datetime.now(UTC)
    if run.next_hour is not None and run.next_hour <= now:
        return Step(run, done=True)
    until = min(full_until, run.next_hour or full_until)
    return Step(run, wait=min(max(until - now, SOON), AT_MOST))


async def _idle(conn: Connection, services: Services, run: Run) -> Step:
    """Nobody is due: wait for who is due next, or for what is on its way, or be done."""
    settle = timedelta(seconds=services.settings.campaigns.settle_s)
    left = await campaign_claims.left(conn, occurrence_id=run.occurrence_id, settle=settle)
    if left.next_at is not None and left.next_at <= left.now:
        return Step(run, wait=SOON)  # somebody has their rows, or they are due since
    nobody_waits = left.next_at is None and not left.unsettled
    over = is_over(left, started_at=run.started_at, next_hour=run.next_hour)
    if not left.leased and (nobody_waits or over):
        return Step(run, done=True)
    waits = [AT_MOST]
    waits += [left.next_at - left.now] if left.next_at else []
    waits += [run.next_hour - left.now] if run.next_hour and run.next_hour > left.now else []
    waits += [left.leased_until - left.now + SOON] if left.leased_until else []
    waits += [LOOK_FOR_FAILURES] if left.unsettled else []
    return Step(run, wait=max(min(waits), SOON))


def _messenger(services: Services, run: Run) -> Messenger | None:
    """The messenger of the boutique's number; None, with a log line, if it is not set up."""
    try:
        if run.account is None or run.secrets is None:
            raise ConfigurationError("no credentials for this provider")
        keys = Credentials(run.provider, run.account, services.secrets.open(run.secrets))
        return messenger_of(services, keys, marketing_endpoint=bool(run.marketing_endpoint))
    except ConfigurationError as error:
        log.error("campaign_without_number", boutique=run.slug, reason=str(error))
        return None
