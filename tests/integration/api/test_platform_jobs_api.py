"""Jobs and queues by the platform's API: what is stuck is seen, retried, cancelled, let go on."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.queue import defer
from dukani.core.services import Services
from tests.integration.api.platform_room import Admin
from tests.wiring import rows


@pytest.fixture
def admin(client: httpx.AsyncClient, superuser_url: str) -> Admin:
    return Admin(client, superuser_url)


async def a_job(database: Database, url: str, status: str, **args: Any) -> int:
    """The id of a job that stands so; one that is `doing` has a worker that has died."""
    async with database.system_connection() as conn:
        await defer(conn, "send_mail", lock="mail:1", **args)
    with psycopg.connect(url) as admin:
        admin.execute("set search_path = jobs")
        row = admin.execute(
            "update procrastinate_jobs set status = %s where id ="
            " (select max(id) from procrastinate_jobs) returning id",
            (status,),
        ).fetchone()
    assert row is not None
    return int(row[0])


async def status_of(services: Services, job_id: int) -> str:
    found = await rows(services, "jobs.procrastinate_jobs", "id, status::text")
    return str(next(row["status"] for row in found if row["id"] == job_id))


async def test_a_failed_job_is_seen_with_its_error_and_retried_once(
    admin: Admin, services: Services, database: Database, superuser_url: str, boutique: str
) -> None:
    # given
    job_id = await a_job(
        database, superuser_url, "failed", boutique_id=boutique, phone="+254712000001"
    )
    async with database.system_connection() as conn:
        await conn.execute(
            "insert into private.job_errors (job_id, attempt, error) values (%s, 1, 'Old'),"
            " (%s, 2, 'ValueError: no')",
            (job_id, job_id),
        )

    # when
    [job] = (await admin.get("/jobs"))["items"]
    done = await admin.post("/jobs/retry", {"job_ids": [job_id, 999]})
    again = await admin.post("/jobs/retry", {"job_ids": [job_id]})

    # then
    assert (job["id"], job["task"], job["error"]) == (job_id, "send_mail", "ValueError: no")
    assert job["boutique_id"] == boutique and job["may_be_retried"]
    assert "712000001" not in str(job["args"]).replace(" ", "")
    assert done == {"changed": [job_id], "left": [999]}
    assert again == {"changed": [], "left": [job_id]}
    assert await status_of(services, job_id) == "todo"
    [act] = await rows(services, "private.platform_acts")
    assert (act["actor"], act["act"], act["subject"]) == (admin.actor, "retry_job", f"job:{job_id}")


async def test_a_stalled_job_is_told_from_one_that_runs(
    admin: Admin, services: Services, database: Database, superuser_url: str
) -> None:
    job_id = await a_job(database, superuser_url, "doing")
    [stalled] = (await admin.get("/jobs", state="stalled"))["items"]
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "with w as (insert into jobs.procrastinate_workers default values returning id)"
            " update jobs.procrastinate_jobs set worker_id = (select id from w)"
        )
    assert (await admin.get("/jobs", state="stalled"))["items"] == []
    [runs] = (await admin.get("/jobs", state="doing"))["items"]
    assert stalled["id"] == runs["id"] == job_id
    assert (await admin.post("/jobs/retry", {"job_ids": [job_id]}))["left"] == [job_id]
    assert await status_of(services, job_id) == "doing"


async def test_a_waiting_job_is_cancelled_and_a_failed_one_is_not(
    admin: Admin, services: Services, database: Database, superuser_url: str
) -> None:
    failed = await a_job(database, superuser_url, "failed")
    waits = await a_job(database, superuser_url, "todo")
    done = await admin.post("/jobs/cancel", {"job_ids": [waits, failed]})
    assert done == {"changed": [waits], "left": [failed]}
    assert await status_of(services, waits) == "cancelled"
    assert [job["id"] for job in (await admin.get("/jobs", state="cancelled"))["items"]] == [waits]


async def test_jobs_are_read_page_by_page(
    admin: Admin, database: Database, superuser_url: str
) -> None:
    ids = [await a_job(database, superuser_url, "failed") for _ in range(5)]
    first = await admin.get("/jobs", limit=3)
    rest = await admin.get("/jobs", limit=3, cursor=first["next_cursor"])
    read = [job["id"] for job in first["items"] + rest["items"]]
    assert read == ids[::-1] and rest["next_cursor"] is None
    assert (await admin.get("/jobs", queue="turns"))["items"] == []


async def test_a_queue_is_paused_and_goes_on_and_both_are_told(
    admin: Admin, services: Services, database: Database, superuser_url: str
) -> None:
    # given a worker, and a job that has waited for two minutes
    await a_job(database, superuser_url, "todo")
    with psycopg.connect(superuser_url) as conn:
        conn.execute("insert into jobs.procrastinate_workers default values")
        conn.execute("update jobs.procrastinate_events set at = now() - interval '2 minutes'")

    # when
    before = await admin.get("/queues")
    paused = await admin.call("PUT", "/queues/sending/pause", {"reason": "the provider is down"})
    resumed = await admin.call("DELETE", "/queues/sending/pause")

    # then
    assert [one["name"] for one in before["queues"]][:3] == ["payments", "turns", "sending"]
    was, is_paused, goes_on = (
        next(q for q in answer["queues"] if q["name"] == "sending")
        for answer in (before, paused.json(), resumed.json())
    )
    assert (was["trouble"], was["waiting"], was["listening"]) == ("late", 1, 1)
    assert (is_paused["trouble"], is_paused["paused_by"]) == ("paused", admin.actor)
    assert is_paused["pause_reason"] == "the provider is down"
    assert (goes_on["trouble"], goes_on["paused_by"]) == ("late", None)
    acts = [act["act"] for act in await rows(services, "private.platform_acts")]
    assert acts == ["pause_queue", "resume_queue"]
    unknown = await admin.call("PUT", "/queues/nonsense/pause", {"reason": "curious"})
    assert unknown.status_code == 404
