"""Named queues: what comes first, and workers of some of them only."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from dukani.cli import app
from dukani.core.database import Database
from dukani.core.queue import build_queue, defer
from dukani.core.queues import QUEUE_OF, QUEUES
from dukani.core.settings import Queue as QueueSettings
from dukani.running import build_senses
from dukani.worker import build_worker
from tests.wiring import some_services

BOUTIQUE = str(uuid4())
DEFERRED = sorted(set(QUEUE_OF) - {
    # the clock's own, which the library defers with what their tasks are declared with
    "abandon_expired_carts", "purge_strangers", "delete_what_is_old",
    "look_for_missed_messages", "sweep",
    "sync_every_template",
    "look_after_campaigns", "look_after_automations", "find_left_carts",
    "fit_product_pairs", "write_daily_figures", "look_after_catalogues",
    "look_after_pictures",
})  # fmt: skip


async def put(database: Database, *tasks: str) -> None:
    async with database.system_connection() as conn:
        for task in tasks:
            await defer(conn, task, lock=str(uuid4()), boutique_id=BOUTIQUE)


@pytest.mark.parametrize("task", DEFERRED)
async def test_the_database_puts_a_task_into_its_queue(database: Database, task: str) -> None:
    await put(database, task)
    async with database.system_connection() as conn:
        cursor = await conn.execute("select queue_name, priority from jobs.procrastinate_jobs")
        row = await cursor.fetchone()
    queue = QUEUE_OF[task]
    assert row == {"queue_name": queue, "priority": QUEUES[queue].priority}


async def test_every_task_of_the_worker_is_in_the_queue_that_is_said(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        worker = build_worker(services, build_senses(), url=database.url)
    ours = {name: task.queue for name, task in worker.tasks.items() if "." not in name}
    assert ours == QUEUE_OF


async def worked_off(database: Database, *, queues: list[str] | None = None) -> list[str]:
    """The tasks in the order they were begun, one at a time."""
    begun: list[str] = []
    queue = build_queue(database.url, QueueSettings())
    for task in ("handle_turn", "deliver", "push_payment", "read_missed_messages"):

        async def run(boutique_id: str, task: str = task) -> None:
            begun.append(task)

        queue.task(name=task)(run)
    async with queue.open_async(), asyncio.timeout(20):
        await queue.run_worker_async(wait=False, concurrency=1, queues=queues)
    return begun


async def test_money_comes_before_answers_and_answers_before_the_rest(database: Database) -> None:
    await put(database, "read_missed_messages", "deliver", "handle_turn", "push_payment")
    assert await worked_off(database) == [
        "push_payment", "handle_turn", "deliver", "read_missed_messages",
    ]  # fmt: skip


async def test_a_worker_of_some_queues_leaves_the_others_alone(database: Database) -> None:
    await put(database, "deliver", "handle_turn", "push_payment")
    assert await worked_off(database, queues=["turns", "sending"]) == ["handle_turn", "deliver"]
    assert await worked_off(database) == ["push_payment"]


def test_a_queue_that_is_not_there_is_named_with_those_that_are() -> None:
    result = CliRunner().invoke(app, ["worker", "--queue", "trns"])
    assert result.exit_code == 2
    assert "trns" in result.output and "turns" in result.output and "bulk" in result.output
