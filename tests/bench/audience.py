"""What it costs to preview a campaign and to write its recipients down, by the number of customers.

A customer must cost the same in a large audience as in a small one, and memory must not grow with
them: the ratio of two sizes is what counts, not the seconds. The floor of writing down is a bare
insert of as many rows of a recipient and her link.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table

from dukani.campaigns.planning import plan
from dukani.campaigns.preview import preview
from dukani.campaigns.written import documents_of
from dukani.core import loop, migrations
from dukani.core.database import Database
from dukani.core.embedded import EmbeddedServer
from dukani.core.store import campaign_occurrences, campaigns
from dukani.domain.campaigns import CampaignMessage, WrittenCampaign
from tests.bench.boutiques import MODEL, add_shop

PREVIEWED = (5_000, 50_000)
WRITTEN = (10_000, 100_000)
PIECES = 200
MOST_TIMES = 1.5  # a customer of the large audience, by one of the small

_CUSTOMERS = """
insert into customers (boutique_id, phone, name)
select %(b)s, '+2547' || lpad(n::text, 8, '0'), 'Njeri ' || n
from generate_series(1 + (select count(*) from customers), %(n)s) n;
insert into consents (boutique_id, customer_id, purpose, granted, source)
select boutique_id, id, 'marketing', true, 'bench' from customers c
where not exists (select from customer_profiles p where p.customer_id = c.id);
insert into customer_profiles (boutique_id, customer_id, color_family_pref, style_model,
  style_centroid, embroidery_density_pref, embroidery_type_pref, occasion_affinity,
  mean_price_minor, price_band, units)
select boutique_id, id, (array['Warm', 'Cool', 'Neutral', 'Jewel'])[1 + n % 4], %(model)s,
  (select e.vector from product_embeddings e where e.model = %(model)s offset n % 100 limit 1),
  'none', '{}', '{"office": 0.6}', 100000 + n % 900 * 1000, 'mid', 2
from (select *, row_number() over (order by id) as n from customers) c
where not exists (select from customer_profiles p where p.customer_id = c.id);
analyze customers; analyze consents; analyze customer_profiles
"""
_BARE = """
create temporary table bare_recipients (like campaign_recipients including all);
create temporary table bare_links (like catalog_links including all);
insert into bare_recipients select * from campaign_recipients;
insert into bare_links select * from catalog_links
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """`ms` for each customer; `mb` that the process grew by at most."""

    what: str
    customers: int
    ms: float
    mb: float
    bare_ms: float | None = None


def main(console: Console) -> None:
    costs = loop.run(measured(console))
    table = Table(title="Audiences: what a customer costs, in small ones and in large")
    for heading in ("", "customers", "ms each", f"× the small (≤ {MOST_TIMES})", "MB more at most",
                    "× bare inserts"):  # fmt: skip
        table.add_column(heading, no_wrap=True)
    small: dict[str, float] = {}
    for cost in costs:
        first = small.setdefault(cost.what, cost.ms)
        bare = "" if cost.bare_ms is None else f"{cost.ms / cost.bare_ms:.1f}"
        figures = (f"{cost.ms:.3f}", f"{cost.ms / first:.2f}", f"{cost.mb:.0f}", bare)
        table.add_row(cost.what, f"{cost.customers:,}", *figures)
    console.print(table)


async def measured(
    console: Console,
    previewed: Sequence[int] = PREVIEWED,
    written: Sequence[int] = WRITTEN,
) -> list[Cost]:
    with tempfile.TemporaryDirectory(prefix="dukani-audience-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            superuser = server.url("audience", user="postgres")
            migrations.create_database(server.url("postgres", user="postgres"), "audience")
            migrations.migrate(superuser, bootstrap=True)
            boutique = add_shop(superuser, PIECES)
            costs: list[Cost] = []
            async with Database(server.url("audience")) as database:
                for count in sorted({*previewed, *written}):
                    _grow(superuser, boutique, count)
                    console.print(f"[dim]{count:,} customers[/dim]")
                    if count in previewed:
                        costs.append(await _previewed(database, boutique, count))
                    if count in written:
                        costs.append(await _written(database, superuser, boutique, count))
            return sorted(costs, key=lambda cost: (cost.what, cost.customers))
        finally:
            server.stop()


def _grow(superuser: str, boutique: str, count: int) -> None:
    with psycopg.connect(superuser, autocommit=True, cursor_factory=psycopg.ClientCursor) as conn:
        values = {"b": boutique, "n": count, "model": MODEL}
        for statement in _CUSTOMERS.replace("% ", "%% ").split(";"):
            conn.execute(statement.encode(), values)


CAMPAIGN = WrittenCampaign(name="Bench", message=CampaignMessage(template="new_pieces"))


async def _previewed(database: Database, boutique: str, count: int) -> Cost:
    grown, began = _peak_mb(), time.perf_counter()
    found = await preview(database, CAMPAIGN, boutique_id=boutique)
    seconds = time.perf_counter() - began
    assert found.audience == count and found.recipients > count / 2
    return Cost("preview", count, 1000 * seconds / count, _peak_mb() - grown)


async def _written(database: Database, superuser: str, boutique: str, count: int) -> Cost:
    async with database.tenant_connection(boutique) as conn:
        campaign = await campaigns.create(conn, documents_of(CAMPAIGN))
        occurrence = await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=datetime.now(UTC)
        )
    grown, began = _peak_mb(), time.perf_counter()
    done = await plan(database, boutique_id=boutique, occurrence_id=occurrence.id)
    seconds = time.perf_counter() - began
    grown = _peak_mb() - grown
    assert done.planned_at and done.audience_size == count
    with psycopg.connect(superuser) as conn:
        began = time.perf_counter()
        for statement in _BARE.split(";"):
            conn.execute(statement.encode())
        bare = time.perf_counter() - began
        conn.rollback()
        conn.execute("truncate campaigns cascade")
    return Cost("recipients written down", count, 1000 * seconds / count, grown,
                1000 * bare / count)  # fmt: skip


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
