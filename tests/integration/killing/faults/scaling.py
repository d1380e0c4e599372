"""How many turns a second one, two or three workers handle, each a process, over one database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import mean
from typing import Any

import httpx
import psutil
import psycopg

from dukani.core.audit.check import Report
from dukani.core.audit.running import audit
from dukani.core.database import Database
from dukani.core.settings import GivenSettings
from dukani.running import open_services
from tests.integration.killing.faults.fleet import Fleet, a_fleet
from tests.integration.killing.faults.ground import a_server, settings_of_a_fleet, to_the_outside
from tests.integration.killing.faults.processor import Part, Share, share_of, used_s
from tests.integration.killing.faults.shops import open_shops
from tests.integration.killing.town import DRESS
from tests.processes import outside_world

WORDS = "what are your opening hours?"
FOR_A_PICTURE = f"Do you have the {DRESS.name} in blue?"  # it holds the next message back
# The first tenth is left out, since a process has just begun, and the last, when little is left.
FROM, TO = 0.1, 0.9
WITHIN_S = 600.0
_HANDLED = (
    "select count(*) filter (where handled_at is not null), count(*) from conversation_events"
)
_TO_SEND = "select count(*) from messages where status in ('queued', 'sending')"
_CONNECTIONS = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""


_IN_HAND = """
select count(*) filter (where task_name = 'handle_turn'),
  count(*) filter (where task_name = 'deliver')
from jobs.procrastinate_jobs where status = 'doing'
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What so many workers did.

    `cpu_ms` is the processor time of a turn, by part; `busy` how many processors the machine used
    of those it has, whoever used them. Of the time of a worker's event loop, `running` is the share
    in which it had a processor, and `queued` that in which it waited for one: the rest it waited
    for the database and for providers. `turning` and `sending` are the mean of jobs in hand.
    """

    workers: int
    turns: int
    per_second: float
    cpu_ms: Mapping[Part, float]
    busy: float
    running: float
    queued: float
    turning: float
    sending: float
    connections: int


async def steps(
    folder: Path, *, turns: int, shops: int, up_to: Sequence[int], pool: int, pictures: bool
) -> tuple[list[Step], Report]:
    """A step for each number of workers, and what the audit finds after the last.

    With `pictures`, replies carry one each.
    """
    found = []
    with a_server(folder, "scale") as server:
        settings = settings_of_a_fleet(folder, dead_after_s=30.0) | {
            "database": {"pool_size": pool}
        }
        url, superuser = server.url("scale"), server.url("scale", user="postgres")
        with outside_world(settings) as outside:
            async with to_the_outside(outside) as http:
                async with open_services(GivenSettings(**settings), url) as services:
                    accounts = await open_shops(services, http, shops=shops, with_picture=pictures)
                for workers in up_to:
                    async with a_fleet(server, folder, url, settings, workers=workers) as fleet:
                        written = Written(
                            http, accounts, turns, FOR_A_PICTURE if pictures else WORDS
                        )
                        found.append(await _step(fleet, written, superuser))
        async with Database(url) as database:
            return found, await audit(database, still=timedelta(0))


@dataclass(frozen=True, slots=True)
class Written:
    """Messages, each of another customer, to one shop after another."""

    http: httpx.AsyncClient
    accounts: Sequence[str]
    number: int
    words: str

    async def send(self, step: int) -> None:
        for n in range(self.number):
            account = self.accounts[n % len(self.accounts)]
            message = {
                "account": account,
                "contact": f"+2547{step}2{n:06d}",
                "text": self.words,
            }
            (await self.http.post("/phone/api/messages", json=message)).raise_for_status()


async def _step(fleet: Fleet, written: Written, url: str) -> Step:
    """What waits is written first, so that the workers never wait for it."""
    for worker in fleet.workers:
        worker.stop()
    turns = written.number
    before, _ = _counted(url)
    await written.send(len(fleet.workers))
    await _until_written(url, before + turns)
    used_before = used_s(fleet)
    for worker in fleet.workers:
        worker.start()
    seen = await _watch(fleet, url, before, turns)
    await _until_sent(url)
    used = used_s(fleet)
    first = next(one for one in seen if one.done >= FROM * turns)
    last = next(one for one in seen if one.done >= TO * turns)
    took_s = last.at - first.at
    between = seen[seen.index(first) : seen.index(last) + 1]
    return Step(
        workers=len(fleet.workers),
        turns=turns,
        per_second=(last.done - first.done) / took_s,
        cpu_ms={
            part: 1000 * (used[part] - (used_before[part] if part != "workers" else 0)) / turns
            for part in used
        },
        busy=(last.busy_s - first.busy_s) / took_s,
        running=(last.share.ran_s - first.share.ran_s) / took_s / len(fleet.workers),
        queued=(last.share.queued_s - first.share.queued_s) / took_s / len(fleet.workers),
        turning=mean(one.turning for one in between),
        sending=mean(one.sending for one in between),
        connections=max(one.connections for one in seen),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    at: float
    busy_s: float  # of all processors since the machine began
    share: Share  # of the workers
    done: int
    turning: int
    sending: int
    connections: int


async def _watch(fleet: Fleet, url: str, before: int, turns: int) -> list[_Seen]:
    """What is seen ten times a second until all turns are handled."""
    seen: list[_Seen] = []
    async with asyncio.timeout(WITHIN_S):
        with psycopg.connect(url, autocommit=True) as conn:
            while not seen or seen[-1].done < turns:
                done, _ = _asked(conn, _HANDLED)
                turning, sending = _asked(conn, _IN_HAND)
                [connections] = _asked(conn, _CONNECTIONS)
                share = share_of(fleet.workers)
                seen.append(
                    _Seen(
                        time.monotonic(),
                        _busy_s(),
                        share,
                        done - before,
                        turning,
                        sending,
                        connections,
                    )
                )
                await asyncio.sleep(0.1)
    return seen


def _busy_s() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system)


async def _until_written(url: str, events: int) -> None:
    for _ in range(int(10 * WITHIN_S)):
        if _counted(url)[1] >= events:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(f"fewer than {events} messages came in")


async def _until_sent(url: str) -> None:
    """The last replies leave after the last turn."""
    for _ in range(int(10 * WITHIN_S)):
        if _rows(url, _TO_SEND) == (0,):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("replies are still waiting")


def _counted(url: str) -> tuple[int, int]:
    handled, there = _rows(url, _HANDLED)
    return handled, there


def _rows(url: str, statement: str) -> tuple[int, ...]:
    with psycopg.connect(url) as conn:
        return _asked(conn, statement)


def _asked(conn: psycopg.Connection[Any], statement: str) -> tuple[int, ...]:
    row = conn.execute(statement.encode()).fetchone()
    assert row is not None  # an aggregate has one row
    return tuple(int(value) for value in row)
