"""The door for whoever watches: what it says, and to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.observability.metric_figures import MetricFigures
from dukani.core.queues import QUEUES
from dukani.health import EXHAUSTED, READ_ONLY, SignAge, why_not_ready, why_silent
from dukani.ports import free_port
from dukani.running import build_senses
from dukani.watching import create_door, watched
from dukani.worker import build_worker
from tests.wiring import some_services


def value_of(page: str, name: str, **labels: str) -> float | None:
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return None


async def page_of(app: Any, *, token: str | None = None) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        return await client.get("/metrics", headers=headers)


@pytest.mark.parametrize(
    ("watch", "given", "status"),
    [
        ({}, None, 200),  # a port that only this machine reaches
        ({"host": "0.0.0.0"}, None, 401),  # without a token it is closed, not open
        ({"host": "0.0.0.0", "token": "a-long-one"}, None, 401),
        ({"host": "0.0.0.0", "token": "a-long-one"}, "another", 401),
        ({"host": "0.0.0.0", "token": "a-long-one"}, "a-long-one", 200),
        ({"token": "a-long-one"}, None, 401),  # where one is set, it is asked for here too
    ],
)
async def test_the_door_shows_metrics_to_this_machine_or_for_the_token(
    database: Database, tmp_path: Path, watch: dict[str, str], given: str | None, status: int
) -> None:
    async with some_services(database, tmp_path, watch=watch) as services:
        answer = await page_of(create_door(services), token=given)

    assert answer.status_code == status


async def test_the_api_has_no_metrics_on_its_own_port_without_a_token(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        closed = await page_of(create_app(services))
    async with some_services(database, tmp_path, watch={"token": "a-long-one"}) as services:
        app = create_app(services)
        refused, shown = await page_of(app), await page_of(app, token="a-long-one")

    assert "dukani_" not in closed.text  # whatever the dashboard answers for a path of nobody's
    assert (refused.status_code, shown.status_code) == (401, 200)


async def test_the_page_tells_of_each_queue_and_of_the_database(
    database: Database, tmp_path: Path
) -> None:
    async with some_services(database, tmp_path) as services:
        page = (await page_of(create_door(services))).text

    assert value_of(page, "dukani_database_up") == 1
    assert value_of(page, "dukani_database_writable") == 1
    for queue in QUEUES:
        assert value_of(page, "dukani_queue_jobs", queue=queue, state="waiting") == 0
        assert value_of(page, "dukani_queue_listeners", queue=queue) == 0


async def test_scrapes_ask_the_database_once_while_the_figures_are_fresh(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a process that is scraped by several
    asked = []
    read = MetricFigures._read

    async def counted(self: MetricFigures) -> None:
        asked.append(self)
        await read(self)

    monkeypatch.setattr(MetricFigures, "_read", counted)
    async with some_services(database, tmp_path) as services:
        door = create_door(services)

        # when they all come at once
        for _ in range(5):
            await page_of(door)

    assert len(asked) == 1


async def test_figures_disappear_when_the_database_does(tmp_path: Path) -> None:
    # given a database that is not there
    gone = Database(f"postgresql://nobody@/none?host={tmp_path}")
    async with some_services(gone, tmp_path) as services:
        page = (await page_of(create_door(services))).text

    # then nothing of before is told as if it were of now
    assert value_of(page, "dukani_database_up") == 0
    assert value_of(page, "dukani_queue_jobs", queue="turns") is None


async def test_a_worker_is_asked_whether_it_lives_on_a_port_of_its_own(
    database: Database, tmp_path: Path
) -> None:
    watch = {"port": free_port("127.0.0.1")}
    async with some_services(database, tmp_path, watch=watch) as services:
        worker = build_worker(services, build_senses(), url=database.url)
        async with watched(services, worker=worker), httpx.AsyncClient() as client:
            door = f"http://127.0.0.1:{watch['port']}"
            answers = [
                (await client.get(f"{door}{path}")).status_code
                for path in ("/healthz", "/readyz", "/metrics", "/api/v1/me")
            ]

    assert answers == [200, 200, 200, 404]


def test_a_worker_without_a_sign_of_life_is_not_ready() -> None:
    assert why_silent(None) is None
    assert why_silent(SignAge(lambda: 10.0, most_s=30.0)) is None
    assert why_silent(SignAge(lambda: 31.0, most_s=30.0)) == (
        "The worker has given no sign of life for 31 s."
    )


async def test_a_database_that_takes_no_writes_is_not_ready(
    database: Database, database_name: str, superuser_url: str
) -> None:
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute(
            f'alter database "{database_name}" set default_transaction_read_only to on'.encode()
        )
    async with Database(database.url) as read_only:
        assert await why_not_ready(read_only) == READ_ONLY


@pytest.mark.slow  # it waits as long as those who ask do
async def test_an_exhausted_pool_is_told_from_a_database_that_is_away(database: Database) -> None:
    async with Database(database.url, pool_size=1) as small, small.system_connection():
        assert await why_not_ready(small) == EXHAUSTED
