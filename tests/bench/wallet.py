"""`python -m tests.bench wallet`: what a send's tokens cost, beside the insert of a plain row.

Both are done one after another on one connection, each in a transaction of its own, as a claim is;
in turns, so that a busy minute weighs on both. The plain row has a unique key, as the claim's has.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from dukani.campaigns import wallet
from dukani.core import loop, migrations
from dukani.core.database import Connection, Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.store import wallet as ledger
from tests.factories import a_boutique

SENDS = 400
ROUNDS = 5
MOST_TIMES_A_ROW = 5.0

Work = Callable[[Connection, str], Awaitable[object]]


def main(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            migrations.create_database(server.url("postgres", user="postgres"), "wallet")
            migrations.migrate(server.url("wallet", user="postgres"), bootstrap=True)
            loop.run(_measure(console, server.url("wallet")))
        finally:
            server.stop()


async def _measure(console: Console, url: str) -> None:
    table = Table(title=f"A send's tokens, a transaction each; {ROUNDS} × {SENDS} of each")
    for heading in ("step", "a second", f"× a plain row's time (≤ {MOST_TIMES_A_ROW:g})"):
        table.add_column(heading, no_wrap=True)
    taken: dict[str, list[float]] = {}
    async with Database(url) as database:
        boutique = await a_boutique(database)
        async with database.operator_connection(boutique) as conn:
            await ledger.grant(conn, key="bench", tokens=SENDS * ROUNDS, note="")
        for number in range(ROUNDS):
            async with database.tenant_connection(boutique) as conn:
                await wallet.hold(conn, key=f"c{number}", tokens=SENDS)
            recipients = [f"{number}/{uuid4()}" for _ in range(SENDS)]
            for name, work in _steps(f"c{number}").items():
                began = time.perf_counter()
                for recipient in recipients:
                    async with database.tenant_connection(boutique) as conn:
                        await work(conn, recipient)
                taken.setdefault(name, []).append(time.perf_counter() - began)
    plain = taken["a plain row"]
    for name, seconds in taken.items():
        times = statistics.median(s / p for s, p in zip(seconds, plain, strict=True))
        rate = SENDS / statistics.median(seconds)
        table.add_row(name, f"{rate:,.0f}", f"{times:.2f}")
    console.print(table)


def _steps(hold: str) -> dict[str, Work]:
    async def plain(conn: Connection, recipient: str) -> None:
        await conn.execute(
            """insert into webhook_events (boutique_id, provider, event_key, kind, payload)
               values (private.current_boutique(), 'twilio', %s, 'message', '{}')""",
            (recipient,),
        )

    async def accept(conn: Connection, recipient: str) -> None:
        await wallet.accept(conn, hold=hold, recipient=recipient, tokens=1, message_id=str(uuid4()))

    async def settle(conn: Connection, recipient: str) -> None:
        await wallet.settle(conn, recipient=recipient)

    return {"a plain row": plain, "accept": accept, "settle": settle}
