"""The worker: registers every task by name, and the periodic tasks, and runs jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import structlog
from procrastinate import App, RetryStrategy
from procrastinate.exceptions import ConnectorException

from dukani.agent.eye import Eye
from dukani.campaigns import clock
from dukani.campaigns.automations import left_carts
from dukani.campaigns.automations.running import look_after_automations, run_automations
from dukani.campaigns.beginning import begin_campaign
from dukani.campaigns.dispatch import send_campaign
from dukani.campaigns.ending import end_campaign
from dukani.campaigns.profile_renewal import ProfileRenewal
from dukani.campaigns.telling import tell_campaign
from dukani.core.channels import Channel
from dukani.core.observability import tracing
from dukani.core.queue import build_queue, heartbeat_s, retry_stalled_jobs
from dukani.core.queues import QUEUE_OF, QUEUES
from dukani.core.services import Services
from dukani.core.store import carts, consent_codes, window_prompts
from dukani.core.work_slots import CONCURRENCY
from dukani.core.worker_signs import SignManager
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler, ring_timer
from dukani.owner.desk import OwnerDesk
from dukani.tools import (
    alerts,
    daily_figures,
    delivery,
    embedding,
    recommending,
    shared_number,
    sweeper,
    template_sync,
)
from dukani.tools.boutique_export.job import export_boutique, remove_expired
from dukani.tools.consent_codes import send_consent_code
from dukani.tools.customer_erasing import remove_erased_files
from dukani.tools.mails import send_mail
from dukani.tools.meta_catalogue import syncing
from dukani.tools.payments import jobs as payment_jobs
from dukani.tools.payments import top_up_jobs, trial
from dukani.tools.piece_lists.importing import PieceImporter
from dukani.tools.purging import purge_without_boutique
from dukani.tools.retention import delete_what_is_old
from dukani.webhooks.missed import read_missed_messages
from dukani.webhooks.replaying import replay_webhooks

log = structlog.get_logger()

# After a crash a job is retried at once; after an error with exponential backoff.
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=2)

Task = Callable[..., Awaitable[Any]]


def build_worker(services: Services, senses: Senses, *, url: str) -> App:
    """The queue with every task registered; it is not started yet."""
    queue = build_queue(
        url,
        services.settings.queue,
        transaction_pooler=services.settings.database.transaction_pooler,
    )
    handler = TurnHandler(services, senses)
    tasks: dict[str, Task] = {
        # A turn also sends its replies: a job for every reply would cost a third of the worker and
        # of the database. A retried turn sends the replies that a dead worker left queued.
        "handle_turn": handler.handle,
        "handle_owner_messages": OwnerDesk(services, senses.eye).handle,
        "ring_timer": _with(services, ring_timer),
        "deliver": _with(services, _deliver),
        # The same task, in the queue for messages to many customers.
        "deliver_bulk": _with(services, _deliver),
        "send_alerts": _with(services, alerts.send_alerts),
        "renew_profile": ProfileRenewal(services.database, model=senses.eye.model).renew,
        "remove_erased_files": _with(services, remove_erased_files),
        "export_boutique": _with(services, export_boutique),
        "sync_catalogue": _with(services, syncing.sync_catalogue),
        "import_pieces": PieceImporter(services, senses.eye).run,
        "embed_pictures": partial(embedding.embed_pictures, services, senses.eye),
        "begin_campaign": _with(services, begin_campaign),
        "send_campaign": _with(services, send_campaign),
        "end_campaign": _with(services, end_campaign),
        "tell_campaign": _with(services, tell_campaign),
        "run_automations": _with(services, run_automations),
        "push_payment": _with(services, payment_jobs.push_payment),
        "reconcile_payment": _with(services, payment_jobs.reconcile_payment),
        "check_payment_now": _with(services, payment_jobs.check_payment_now),
        "handle_payment_callback": _with(services, payment_jobs.handle_payment_callback),
        "send_mail": _with(services, send_mail),
        "send_number_note": _with(services, shared_number.send_number_note),
        "send_consent_code": _with(services, send_consent_code),
        "push_trial": _with(services, trial.push_trial),
        "ask_about_trial": _with(services, trial.ask_about_trial),
        "push_top_up": _with(services, top_up_jobs.push_top_up),
        "ask_about_top_up": _with(services, top_up_jobs.ask_about_top_up),
        "handle_top_up_callback": _with(services, top_up_jobs.handle_top_up_callback),
        "read_missed_messages": _with(services, read_missed_messages),
        "replay_webhooks": _with(services, replay_webhooks),
        "sync_templates": _with(services, template_sync.sync_again),
    }
    for name, task in tasks.items():
        queue.task(name=name, queue=QUEUE_OF[name], retry=_RETRY)(task)
    _add_periodic_tasks(queue, services)
    _add_clock_of_pictures(queue, services, senses.eye)
    return queue


async def _deliver(
    services: Services,
    *,
    boutique_id: str,
    conversation_id: str | None = None,
    channel: Channel = "whatsapp",
) -> None:
    with tracing.conversation(boutique_id=boutique_id, conversation_id=conversation_id):
        await delivery.deliver(
            services, boutique_id=boutique_id, conversation_id=conversation_id, channel=channel
        )


def _with(services: Services, task: Task) -> Task:
    async def run(**arguments: Any) -> Any:
        return await task(services, **arguments)

    return run


def _periodic_task(queue: App, name: str) -> Callable[..., Any]:
    priority = QUEUES[QUEUE_OF[name]].priority
    return queue.task(name=name, queue=QUEUE_OF[name], priority=priority, queueing_lock=name)


def _add_periodic_tasks(queue: App, services: Services) -> None:
    @queue.periodic(cron="17 * * * *")
    @_periodic_task(queue, "abandon_expired_carts")
    async def abandon_expired_carts(timestamp: int) -> None:
        async with services.database.system_connection() as conn:
            await carts.abandon_expired(conn)

    @queue.periodic(cron="37 * * * *")
    @_periodic_task(queue, "purge_strangers")
    async def purge_strangers(timestamp: int) -> None:
        await purge_without_boutique(services)
        await remove_expired(services)
        async with services.database.system_connection() as conn:
            await window_prompts.purge(conn)
            await consent_codes.purge(conn)

    @queue.periodic(cron="*/10 * * * *")
    @_periodic_task(queue, "look_for_missed_messages")
    async def look_for_missed_messages(timestamp: int) -> None:
        await read_missed_messages(services)

    @queue.periodic(cron="13,43 * * * *")
    @_periodic_task(queue, "sync_every_template")
    async def sync_every_template(timestamp: int) -> None:
        await template_sync.sync_all(services)

    @queue.periodic(cron="29 0 * * *")  # the night of East Africa
    @_periodic_task(queue, "fit_product_pairs")
    async def fit_product_pairs(timestamp: int) -> None:
        await recommending.fit_every_boutique(services)

    @queue.periodic(cron="7 * * * *")
    @_periodic_task(queue, "write_daily_figures")
    async def write_daily_figures(timestamp: int) -> None:
        await daily_figures.write_every_boutique(services)

    @queue.periodic(cron="47 0 * * *")
    @_periodic_task(queue, "delete_what_is_old")
    async def nightly_deletion(timestamp: int) -> None:
        await delete_what_is_old(services)

    @queue.periodic(cron="* * * * *")
    @_periodic_task(queue, "look_after_campaigns")
    async def look_after_campaigns(timestamp: int) -> None:
        await clock.look_after_campaigns(services)

    @queue.periodic(cron="* * * * *")
    @_periodic_task(queue, "find_left_carts")
    async def look_for_left_carts(timestamp: int) -> None:
        await left_carts.find_left_carts(services)

    @queue.periodic(cron="* * * * * */5")  # the last field: seconds
    @_periodic_task(queue, "look_after_automations")
    async def hear_and_wake(timestamp: int) -> None:
        await look_after_automations(services)

    @queue.periodic(cron="* * * * * */10")
    @_periodic_task(queue, "look_after_catalogues")
    async def find_catalogues(timestamp: int) -> None:
        await syncing.look_after_catalogues(services)

    @queue.periodic(cron="*/2 * * * *")
    @_periodic_task(queue, "sweep")
    async def sweep(timestamp: int) -> None:
        await sweeper.sweep(services)


def _add_clock_of_pictures(queue: App, services: Services, eye: Eye) -> None:
    @queue.periodic(cron="*/5 * * * *")
    @_periodic_task(queue, "look_after_pictures")
    async def find_unseen_pictures(timestamp: int) -> None:
        await embedding.look_after_pictures(services, eye)


async def run_worker(
    queue: App, *, concurrency: int = CONCURRENCY, queues: Sequence[str] | None = None
) -> None:
    """Run jobs of all or the named queues until cancelled; started jobs are finished first."""
    async with queue.open_async():
        beside = [asyncio.create_task(_sweep(queue), name="sweep")]
        if isinstance(queue.job_manager, SignManager):
            queue.job_manager.queues = queues
            beside.append(asyncio.create_task(queue.job_manager.watch_pauses(), name="pauses"))
        try:
            await _work(queue, concurrency, queues)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _work(queue: App, concurrency: int, queues: Sequence[str] | None) -> None:
    """Restart the library's worker, which ends when its heartbeat finds no database.

    Cancelled while there is none, it cannot sign off, and raises that in the place of the
    cancellation: it would go on for as long as the database is away.
    """
    only: dict[str, Any] = {} if queues is None else {"queues": queues}
    this = asyncio.current_task()
    while True:
        try:
            await queue.run_worker_async(concurrency=concurrency, **only)
        except ConnectorException as error:
            log.error("worker_lost_the_database", reason=str(error.__cause__))
            if this is not None and this.cancelling():
                raise asyncio.CancelledError from error
        else:
            log.error("worker_stopped_by_itself")
        await asyncio.sleep(heartbeat_s(queue))


async def _sweep(queue: App) -> None:
    """Retry the jobs of dead workers at every heartbeat.

    The sweep is no job: a busy worker would start it late, and a sweep killed midway would itself
    wait for the next sweep.
    """
    while True:
        try:
            given_back = await retry_stalled_jobs(queue)
            if given_back:
                log.warning("stalled_jobs_given_back", jobs=given_back)
        except ConnectorException as error:
            log.error("sweep_failed", reason=str(error.__cause__))
        await asyncio.sleep(heartbeat_s(queue))
