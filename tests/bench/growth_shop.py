"""A shop of a given size with everything that a turn needs, in a database of its own.

The turns are the service's: a message comes in by the webhook, is handled and answered, all in this
process; Twilio, its files and the eye are the only things beyond. Everybody who speaks has talked
before.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import numpy as np
import psutil
import psycopg
from PIL import Image

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.local_reader import LocalReader
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import credentials
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler
from dukani.tools.catalogue import add_product
from tests.fakes.providers import FakeProviders
from tests.journeys.conftest import PIECES
from tests.journeys.talk import ADDRESS
from tests.wiring import TWILIO_NUMBER, Caller, a_line, doors_of, some_services

ROWS = Path(__file__).with_name("growth_rows.sql")
POOL_SIZE = 1
PHOTO = "photo"
# What is played, in this order by each speaker.
KINDS: Mapping[str, tuple[str, ...]] = {
    "a question": ("what time do you open?",),
    "a search": ("do you have a blue dress for the office?",),
    "a photo": (PHOTO,),
    "a purchase": (
        "I'll take the Amani Wrap Dress in blue, size M",
        "checkout",
        ADDRESS,
        "yes",
    ),
}
_UNLIMITED = 1_000_000  # pieces of what is bought, and messages a minute


@dataclass(frozen=True, slots=True)
class Size:
    """What there is. Products and customers are each boutique's, messages each speaker's."""

    boutiques: int = 1
    products: int = 100
    customers: int = 100
    messages: int = 10


@dataclass(frozen=True, slots=True)
class Touched:
    """What the server read of tables and indexes."""

    rows: Counter[str] = field(default_factory=Counter)  # by table
    whole: Counter[str] = field(default_factory=Counter)  # of these, read by reading all of it
    pages: Counter[str] = field(default_factory=Counter)

    def __sub__(self, before: Touched) -> Touched:
        return Touched(
            self.rows - before.rows, self.whole - before.whole, self.pages - before.pages
        )

    def shared_by(self, messages: int) -> Touched:
        """Of one of so many messages, rounded."""

        def share(counted: Counter[str]) -> Counter[str]:
            return Counter({name: round(n / messages) for name, n in counted.items()})

        return Touched(share(self.rows), share(self.whole), share(self.pages))


_COUNTED = """
select r.schemaname || '.' || r.relname as name, r.seq_tup_read as whole,
  r.seq_tup_read + coalesce(r.idx_tup_fetch, 0) as rows,
  coalesce(o.heap_blks_read + o.heap_blks_hit, 0)
    + coalesce(o.idx_blks_read + o.idx_blks_hit, 0)
    + coalesce(o.toast_blks_read + o.toast_blks_hit, 0)
    + coalesce(o.tidx_blks_read + o.tidx_blks_hit, 0) as pages
from pg_stat_user_tables r join pg_statio_user_tables o using (relid)
"""


@dataclass
class Shop:
    services: Services
    boutique_id: str
    superuser_url: str
    caller: Caller
    handler: TurnHandler
    conversations: Mapping[str, str]  # of those who speak: phone → id

    async def play(self, kind: str, speaker: int) -> float:
        """Seconds that the kind's messages took, from the webhook to the last answer sent."""
        took = 0.0
        phone = f"+25478{speaker:07d}"
        for words in KINDS[kind]:
            began = time.perf_counter()
            await self._write(words, phone)
            await self.handler.handle(
                boutique_id=self.boutique_id, conversation_id=self.conversations[phone]
            )
            took += time.perf_counter() - began
        return took

    async def _write(self, words: str, phone: str) -> None:
        fields = {"From": f"whatsapp:{phone}", "WaId": phone[1:], "MessageSid": f"SM{uuid4().hex}"}
        if words == PHOTO:
            where = "https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM1/Media/ME0"
            fields |= {"NumMedia": "1", "Body": ""}
            fields |= {"MediaUrl0": where, "MediaContentType0": "image/jpeg"}
        else:
            fields |= {"Body": words}
        answer = await self.caller.twilio(**fields)
        assert answer.status_code == 200, answer.text

    async def touched(self) -> Touched:
        """All that the server read so far, by the connections' own count."""
        await self._tell_the_counters()
        seen = Touched()
        with psycopg.connect(self.superuser_url) as conn:
            for name, whole, rows, pages in conn.execute(_COUNTED.encode()):
                seen.rows[name], seen.whole[name], seen.pages[name] = rows, whole, pages
        return seen

    async def _tell_the_counters(self) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(POOL_SIZE):
                conn = await stack.enter_async_context(self.services.database.system_connection())
                await conn.execute("select pg_stat_force_next_flush()", prepare=False)

    def server_s(self) -> float:
        """The processor's seconds of the connections' processes."""
        with psycopg.connect(self.superuser_url) as conn:
            pids = conn.execute(
                "select pid from pg_stat_activity where usename = 'dukani_app'"
                " and datname = current_database()"
            ).fetchall()
        times = [psutil.Process(pid).cpu_times() for (pid,) in pids]
        return sum(float(t.user + t.system) for t in times)

    def purchases(self) -> int:
        """Orders that the speakers placed."""
        with psycopg.connect(self.superuser_url) as conn:
            row = conn.execute(
                "select count(*) from orders o join customers c on c.id = o.customer_id"
                " where c.phone like '+25478%' and o.payment_status = 'pending'"
            ).fetchone()
        assert row is not None
        return int(row[0])


class _Eye:
    """Sees the same dress in every photo."""

    model = "scripted-1"

    def __init__(self) -> None:
        vector = np.random.default_rng(1).standard_normal(512).astype(np.float32)
        self._vector = vector / np.linalg.norm(vector)

    async def look(self, image: bytes) -> PhotoAnalysis:
        return PhotoAnalysis(
            category="dress", confidence=0.95, vector=self._vector, model=self.model
        )


async def seed(services: Services) -> str:
    """The id of a boutique with a number at Twilio, M-Pesa and six pieces."""
    boutique_id = await a_line(services, "twilio", TWILIO_NUMBER)
    async with services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider="daraja",
            account="600101",
            secrets={"consumer_key": "key", "consumer_secret": "secret", "passkey": "pass"},
            box=services.secrets,
        )
    async with services.database.tenant_connection(boutique_id) as conn:
        for piece in PIECES:
            await add_product(conn, piece, boutique_id=boutique_id)
    return boutique_id


def grow(superuser_url: str, boutique_id: str, size: Size, *, speakers: int) -> None:
    """Add the rows of `size`; nothing is vacuumed or analyzed."""
    sizes = asdict(size) | {"speakers": speakers, "shop": boutique_id}
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set local session_replication_role = replica")
        conn.execute("set local synchronous_commit = off")
        conn.execute("set local work_mem = '128MB'")
        conn.execute("set local maintenance_work_mem = '512MB'")
        for name, value in sizes.items():
            conn.execute("select set_config(%s, %s, true)", (f"grown.{name}", str(value)))
        conn.execute(
            "update product_variants set quantity = %s where boutique_id = %s",
            (_UNLIMITED, boutique_id),
        )
        made_again = [] if _is_small(size) else _without_indexes(conn)
        conn.execute(ROWS.read_bytes())
        for index in made_again:
            conn.execute(index)


def analyze(superuser_url: str) -> None:
    """As the server does by itself within a minute of a table's growth."""
    with psycopg.connect(superuser_url, autocommit=True) as conn:
        conn.execute("vacuum (analyze)")


def _is_small(size: Size) -> bool:
    return size.boutiques * (size.products + size.customers) < 20_000


def _without_indexes(conn: psycopg.Connection) -> list[bytes]:
    """Drop what can be built faster afterwards; what builds it."""
    found = conn.execute(
        """select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index x
        where indrelid::regclass::text in ('products', 'product_variants', 'messages',
          'customer_totals', 'webhook_events', 'domain_events')
        and not exists (select from pg_constraint c where c.conindid = x.indexrelid)"""
    ).fetchall()
    for name, _ in found:
        conn.execute(f"drop index {name}".encode())
    return [definition.encode() for _, definition in found]


@asynccontextmanager
async def open_shop(
    database: Database, superuser_url: str, folder: Path, key: str
) -> AsyncIterator[Shop]:
    """The seeded shop of a database; `key` opens its secrets."""
    providers = FakeProviders()
    providers.media["ME0"] = _a_jpeg()
    http = httpx.AsyncClient(transport=httpx.MockTransport(providers.answer))
    with psycopg.connect(superuser_url) as conn:
        [(boutique_id,)] = conn.execute(
            "select id::text from boutiques where slug not like 'grown-%'"
        ).fetchall()
        speakers = dict(
            conn.execute(
                "select c.phone, v.id::text from conversations v join customers c"
                " on (c.boutique_id, c.id) = (v.boutique_id, v.customer_id)"
                " where c.boutique_id = %s and c.phone like '+25478%%'",
                (boutique_id,),
            ).fetchall()
        )
    given = {
        "conversation": {"quiet_time_s": 0.0},
        "security": {"encryption_keys": [key]},
        "limits": {"boutique_per_minute": _UNLIMITED, "sender_per_minute": _UNLIMITED},
    }
    async with (
        some_services(database, folder, http=http, **given) as services,
        doors_of(services) as client,
    ):
        handler = TurnHandler(services, Senses(reader=LocalReader(), eye=_Eye()))
        yield Shop(services, boutique_id, superuser_url, Caller(client), handler, speakers)


def _a_jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "blue").save(out, "JPEG")
    return out.getvalue()
