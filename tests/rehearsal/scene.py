"""An installation of its own for the rehearsal: database, outside world, API and worker."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from dukani.core.settings import GivenSettings
from dukani.running import open_services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue import demo_boutiques
from dukani.sandbox.templates import register_templates
from dukani.tools.catalogue import add_product
from tests.integration.killing.town import DRESS
from tests.processes import free_port, outside_world, own_environment, separate_settings
from tests.rehearsal.alarm import Scrape, scrape_of

# Generous: a machine that does much else is no reason to say that a chapter does not hold.
UP_WITHIN_S = 600.0
NEWS_WITHIN_S = 120.0  # figures are read at most once in 15 s
COMMAND_S = 300.0
SOON_S = 180.0
# What keeps processes does so here too: a worker that is started stays.
NAME = "shop"
KEPT = ("dukani worker", "dukani serve")

# What is due at some time is due now: nobody waits for hours here.
_HURRY = "update jobs.procrastinate_jobs set scheduled_at = now() where status = 'todo'"
_TEN_MINUTES_LATER = """
set session_replication_role = replica;
update messages set updated_at = updated_at - interval '10 minutes'
  where direction = 'out' and status = 'sending' and error_code is not null
"""


@dataclass
class Ran:
    """A command of the runbook, and what it printed."""

    command: str
    printed: str
    code: int


@dataclass
class Scene:
    """`url` is the superuser's. `env` is what every command and process is given."""

    folder: Path
    server: EmbeddedServer
    name: str  # of the database
    url: str
    settings: dict[str, Any]
    http: httpx.AsyncClient  # to the outside world
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    doors: dict[str, int] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    typed: str = ""  # by whoever is asked for a secret

    # commands

    async def run(self, block: str, *, until_failed: bool = False) -> list[Ran]:
        """Each line of a block as it is written; what has to stay is started and kept.

        `until_failed`: nothing behind a command that fails.
        """
        done: list[Ran] = []
        for line in block.splitlines():
            if until_failed and done and done[-1].code != 0:
                break
            command = line.partition("  #")[0].strip()
            if command.startswith(KEPT):
                done.append(await self._keep(command))
            elif command:
                done.append(await asyncio.to_thread(self._shell, command))
        return done

    def _shell(self, command: str) -> Ran:
        ran = subprocess.run(
            ["bash", "-c", f"{self._prelude()}\n{command}"], env=self._environment(),
            cwd=self.folder, capture_output=True, text=True, timeout=COMMAND_S,
            # Without a terminal of its own a command that asks for a secret reads what is typed.
            input=self.typed, start_new_session=True,
        )  # fmt: skip
        return Ran(command, ran.stdout + ran.stderr, ran.returncode)

    async def _keep(self, command: str) -> Ran:
        name = command.split()[1]
        await self.start(name, *command.split()[2:])
        return Ran(command, "", 0)

    def _prelude(self) -> str:
        return f'dukani() {{ {sys.executable} -m dukani "$@"; }}'

    def _environment(self, **more: str) -> dict[str, str]:
        groups = {
            f"DUKANI_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
            for name, value in self.settings.items()
        }
        door = f"http://127.0.0.1:{self.doors.get('serve', 0)}"
        return own_environment(
            DUKANI_DATABASE__URL=self.url,
            COLUMNS="200",
            DOOR=door,
            WORKER_DOOR=f"http://127.0.0.1:{self.doors.get('worker', 0)}",
            BOUTIQUE=PWANI.key,
            **groups,
            **(self.variables | more),
        )

    # processes

    async def start(self, what: str, *options: str) -> None:
        """`serve` is the API, `worker` a worker; it returns when the process is ready."""
        door = free_port()
        self._begin(what, door, options)
        async with asyncio.timeout(UP_WITHIN_S):
            while await self._status(door) != 200:
                assert self.processes[what].poll() is None, f"{what} ended: see {what}.log"
                await asyncio.sleep(0.2)

    def _begin(self, what: str, door: int, options: Sequence[str]) -> None:
        assert what not in self.processes or self.processes[what].poll() is not None
        words = [sys.executable, "-m", "dukani", what, *options]
        env = self._environment(DUKANI_WATCH__PORT=str(door))
        with (self.folder / f"{what}.log").open("ab") as log:
            self.processes[what] = subprocess.Popen(
                words, env=env, cwd=self.folder, stdout=log, stderr=log
            )
        self.doors[what] = door

    async def kill(self, what: str) -> None:
        """As kill -9 does."""
        process = self.processes[what]
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)

    async def stop(self, what: str) -> None:
        process = self.processes[what]
        process.terminate()
        await asyncio.to_thread(process.wait)

    async def restart(self) -> None:
        """Both processes anew, by the settings of now."""
        for what in ("serve", "worker"):
            await self.stop(what)
        await asyncio.gather(self.start("serve"), self.start("worker"))

    def drop_database(self) -> None:
        with psycopg.connect(self.server.url("postgres", user="postgres"), autocommit=True) as conn:
            conn.execute(f'drop database "{self.name}" with (force)'.encode())

    def end(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    # what is seen

    async def scrape(self) -> Scrape:
        """What all processes show, read from the database after this moment."""
        asked = time.monotonic()
        pages = {what: await self._news(door, asked) for what, door in self.doors.items()}
        return scrape_of(pages)

    async def _news(self, door: int, asked: float) -> str | None:
        while True:
            page = await self._page(door)
            if page is None or "dukani_database_up 0.0" in page:
                return page
            (age,) = (
                float(line.split()[1])
                for line in page.splitlines()
                if line.startswith("dukani_figures_age_seconds ")
            )
            if age < time.monotonic() - asked:
                return page
            assert time.monotonic() < asked + NEWS_WITHIN_S
            await asyncio.sleep(0.5)

    async def _page(self, door: int) -> str | None:
        try:
            async with httpx.AsyncClient(timeout=10.0) as client:
                return (await client.get(f"http://127.0.0.1:{door}/metrics")).text
        except httpx.HTTPError:
            return None

    async def _status(self, door: int) -> int | None:
        try:
            async with httpx.AsyncClient(timeout=10.0) as client:
                return (await client.get(f"http://127.0.0.1:{door}/readyz")).status_code
        except httpx.HTTPError:
            return None

    # the world

    async def fault(self, **services: Mapping[str, Any]) -> None:
        (await self.http.post("/faults", json=services)).raise_for_status()

    async def no_faults(self) -> None:
        (await self.http.delete("/faults")).raise_for_status()

    async def write(self, phone: str, text: str) -> None:
        message = {"account": PWANI.key, "contact": phone, "text": text}
        (await self.http.post("/phone/api/messages", json=message)).raise_for_status()

    async def answers(self, phone: str) -> list[str]:
        """What the boutique wrote to this phone and what arrived."""
        where = {"account": PWANI.key, "contact": phone}
        chat = (await self.http.get("/phone/api/chat", params=where)).json()
        return [
            one["text"]
            for one in chat["messages"]
            if one["author"] == "boutique" and one["status"] != "failed"
        ]

    async def is_answered(
        self, phone: str, *, more_than: int = 0, within_s: float = SOON_S
    ) -> bool:
        give_up = time.monotonic() + within_s
        while time.monotonic() < give_up:
            if len(await self.answers(phone)) > more_than:
                return True
            await asyncio.sleep(0.2)
        return False

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url, options="-c search_path=public,jobs") as conn:
            conn.execute(statement.encode())

    def value(self, statement: str) -> Any:
        with psycopg.connect(self.url, options="-c search_path=public,jobs") as conn:
            row = conn.execute(statement.encode()).fetchone()
        return row[0] if row else None

    def hurry(self) -> None:
        self.execute(_HURRY)

    def ten_minutes_later(self) -> None:
        """What a provider refused is tried again now, and not in ten minutes."""
        self.execute(_TEN_MINUTES_LATER)
        self.hurry()

    async def wait_for(self, statement: str, wanted: Any, *, within_s: float = SOON_S) -> None:
        """Raises TimeoutError when the statement's value does not come to be this."""
        async with asyncio.timeout(within_s):
            while await asyncio.to_thread(self.value, statement) != wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def until(self, statement: str, wanted: Any, *, within_s: float = SOON_S) -> bool:
        """Whether the statement's value comes to be this, while what is due is hurried."""
        give_up = time.monotonic() + within_s
        while time.monotonic() < give_up:
            if await asyncio.to_thread(self.value, statement) == wanted:
                return True
            await asyncio.to_thread(self.hurry)
            await asyncio.sleep(0.5)
        return False


def settings_of(folder: Path) -> dict[str, Any]:
    port, sandbox_port = free_port(), free_port()
    return separate_settings(
        folder,
        port=port,
        sandbox_port=sandbox_port,
        key=new_key(),
        log_level="WARNING",
        queue={"heartbeat_s": 1.0, "stalled_after_s": 15.0},
        gemini={"api_key": "sandbox", "base_url": f"http://127.0.0.1:{sandbox_port}"},
    )


@contextmanager
def _database(folder: Path) -> Iterator[EmbeddedServer]:
    (folder / "database").mkdir()
    server = EmbeddedServer(folder / "database")
    server.start()
    try:
        migrations.create_database(server.url("postgres", user="postgres"), NAME)
        migrations.migrate(server.url(NAME, user="postgres"), bootstrap=True)
        yield server
    finally:
        server.stop()


@asynccontextmanager
async def a_scene(folder: Path, **given: Any) -> AsyncIterator[Scene]:
    """A shop with one dress, served; nothing is wrong yet. `given`: further settings."""
    settings = settings_of(folder) | given
    with _database(folder) as server, outside_world(settings, within_s=UP_WITHIN_S) as outside:
        await _open_shop(settings, server.url(NAME))
        url = server.url(NAME, user="postgres")
        async with httpx.AsyncClient(base_url=outside, timeout=30.0) as http:
            scene = Scene(folder, server, NAME, url, settings, http)
            try:
                await asyncio.gather(scene.start("serve"), scene.start("worker"))
                yield scene
            finally:
                await asyncio.to_thread(scene.end)


async def _open_shop(settings: dict[str, Any], url: str) -> None:
    async with open_services(GivenSettings(**settings), url) as services:
        pwani = demo_boutiques()[1].model_copy(update={"zones": ()})
        boutique_id = await seed.add_boutique(services, pwani, PWANI)
        assert boutique_id is not None, "the database is new"
        async with services.database.tenant_connection(boutique_id) as conn:
            await add_product(conn, DRESS, boutique_id=boutique_id)
        await seed.open_boutique(services, boutique_id)
        await register_templates(services)
