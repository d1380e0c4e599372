"""Runs simulated shoppers, grouped by shop, on a temporary database and in several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pydantic import SecretStr

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import DATABASE, EmbeddedServer
from dukani.core.observability.logs import set_up_logging
from dukani.core.services import Services
from dukani.core.settings import GivenSettings
from dukani.core.store import token_usage
from dukani.core.store.token_usage import TokensUsed
from dukani.evals.effort import Effort
from dukani.evals.shoppers import conversation
from dukani.evals.shoppers.harm import do_harm
from dukani.evals.shoppers.mending import goods_meant
from dukani.evals.shoppers.mind_names import MindName
from dukani.evals.shoppers.minds import Tell, shopper_mind
from dukani.evals.shoppers.plans import plan
from dukani.evals.shoppers.result import Result
from dukani.evals.shoppers.served import Served, open_shop
from dukani.evals.shoppers.session import Session
from dukani.evals.shoppers.shopper import Shopper
from dukani.evals.shoppers.shops import generate
from dukani.graph.turn import TurnHandler
from dukani.running import open_services

SHOPFUL = 20  # shoppers in one shop
AT_ONCE = 4  # shoppers at once in one process


@dataclass(frozen=True, slots=True)
class Shopful:
    """The shoppers of one shop, by their indices."""

    seed: int
    mind: MindName
    indices: tuple[int, ...]

    @property
    def shop_number(self) -> int:
        return self.indices[0] // SHOPFUL


def shopfuls(seed: int, mind: MindName, indices: Sequence[int]) -> list[Shopful]:
    """The shoppers with these indices, grouped by shop."""
    by_shop: dict[int, list[int]] = {}
    for index in indices:
        by_shop.setdefault(index // SHOPFUL, []).append(index)
    return [Shopful(seed, mind, tuple(of)) for of in by_shop.values()]


# ── one shop ────────────────────────────────────────────────────────────────


async def run_shopful(services: Services, shopful: Shopful) -> list[Result]:
    """Run all shoppers of one shop, AT_ONCE at a time."""
    served = await open_shop(services, generate(shopful.seed, shopful.shop_number))
    mind = shopper_mind(shopful.mind)
    handler = TurnHandler(services, mind.senses)
    others = served
    if shopful.mind == "malicious":
        others = await open_shop(services, generate(shopful.seed, shopful.shop_number + 1))
    turn = asyncio.Semaphore(1 if mind.one_at_a_time else AT_ONCE)

    async def one(index: int) -> Result:
        async with turn:
            return await run_shopper(services, handler, mind.tell, served, others, shopful, index)

    return list(await asyncio.gather(*(one(index) for index in shopful.indices)))


async def run_shopper(
    services: Services,
    handler: TurnHandler,
    tell: Tell,
    served: Served,
    others: Served,
    shopful: Shopful,
    index: int,
) -> Result:
    planned = plan(served.shop, shopful.seed, index)
    result = Result(
        seed=shopful.seed,
        index=index,
        mind=shopful.mind,
        language=planned.language,
        bends=planned.bends,
        goal=goods_meant(planned.goal),
    )
    talk = await conversation.begin(services.database, handler, served, phone=planned.own_phone)
    if shopful.mind == "malicious":
        return await do_harm(talk, others, result)
    return await Session(talk, Shopper(planned, shopful.seed), result, tell).run()


# ── all of them ─────────────────────────────────────────────────────────────


def run_all(
    work: Sequence[Shopful], *, processes: int, done: Callable[[int], None] = lambda _: None
) -> tuple[list[Result], Effort]:
    """The results of all shoppers, by index, and what their turns took.

    `done` is called with the number just finished.
    """
    results: list[Result] = []
    with TemporaryDirectory(prefix="dukani-") as folder, _database(Path(folder)) as url:
        pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
        with pool:
            waiting = [pool.submit(_in_process, url, folder, shopful) for shopful in work]
            try:
                for finished in as_completed(waiting):
                    results += finished.result()
                    done(len(finished.result()))
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        tokens = asyncio.run(_tokens_used(url, Path(folder)))
    seconds = tuple(one for result in results for one in result.turn_seconds)
    return sorted(results, key=lambda result: result.index), Effort(tokens, seconds)


async def _tokens_used(url: str, folder: Path) -> dict[str, TokensUsed]:
    async with services_at(url, folder) as services, services.database.system_connection() as conn:
        return await token_usage.by_model(conn)


def _in_process(url: str, folder: str, shopful: Shopful) -> list[Result]:
    set_up_logging(level="CRITICAL", as_json=False)
    return asyncio.run(_alone(url, Path(folder), shopful))


async def _alone(url: str, folder: Path, shopful: Shopful) -> list[Result]:
    async with services_at(url, folder) as services:
        return await run_shopful(services, shopful)


@asynccontextmanager
async def services_at(url: str, folder: Path) -> AsyncIterator[Services]:
    settings = GivenSettings(data_dir=folder)
    settings.security.encryption_keys = [SecretStr(new_key())]
    settings.conversation.quiet_time_s = 0
    async with open_services(settings, url) as services:
        yield services


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """A migrated temporary database, without fsync, as it need not survive a crash."""
    server = EmbeddedServer(folder)
    server.start()
    try:
        with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                conn.execute(f"alter system set {setting} = off".encode())
            conn.execute("select pg_reload_conf()")
        migrations.create_database(server.url("postgres", user="postgres"), DATABASE)
        migrations.migrate(server.url(user="postgres"), bootstrap=True)
        yield server.url()
    finally:
        server.stop()
