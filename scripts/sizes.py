"""Writes the sizes and the costs into `docs/scaling.md`, from what was measured.

python -m scripts.sizes

Each figure is a formula over `MEASURED`, which `python -m scripts.scale --cost` printed, and over
`ASSUMED`, which nobody can measure here: how busy a shop is, and what providers charge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from dukani.core.settings import ROOT

DOCUMENT = ROOT / "docs" / "scaling.md"
BOUTIQUES = (1, 10, 100, 1_000, 10_000, 100_000)
DAY_S, YEAR = 86_400, 365


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one conversation in which something is bought; processor time in seconds."""

    turns: float
    messages_out: float
    bytes: float
    worker_s: float
    api_s: float
    database_s: float
    input_tokens: float  # of a turn
    output_tokens: float
    of_an_api: int  # connections
    of_a_worker: int


@dataclass(frozen=True, slots=True)
class Assumed:
    """`busiest_hour` is a share of the day's conversations; prices are US dollars."""

    conversations: int  # of a boutique a day
    busiest_hour: float
    burst: float  # the busiest minute, by the hour's mean
    full: float  # the share of a processor that is planned to be used then
    most_turns: float  # a second, that one database's queue is planned for
    input_price: float  # of a million tokens of Gemini 2.5 Flash (dukani/evals/prices.toml)
    output_price: float
    marketing: float  # a template's message to Kenya (the wallet's rates, July 2025)
    utility: float
    core_month: float  # a virtual core with 2 GB, of a month


# 60 sales on two cores that did other work too (load 25), which makes processor time dear: the same
# turn took half of it at load 9. The tokens are of `dukani eval dialogues --mind gemini`.
MEASURED = Measured(
    turns=6.0, messages_out=7.0, bytes=61_577, worker_s=0.207, api_s=0.074, database_s=0.211,
    input_tokens=1407, output_tokens=18, of_an_api=6, of_a_worker=9,
)  # fmt: skip
ASSUMED = Assumed(
    conversations=30, busiest_hour=0.2, burst=2.0, full=0.5, most_turns=200.0,
    input_price=0.30, output_price=2.50, marketing=0.0225, utility=0.0040, core_month=15.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """What so many boutiques need in their busiest minute; `gigabytes` after a year."""

    boutiques: int
    turns_a_second: float
    installations: int
    apis: int
    workers: int
    connections: int
    database_cores: int
    gigabytes: float


def size_of(boutiques: int, found: Measured = MEASURED, given: Assumed = ASSUMED) -> Size:
    """Of everything; each installation has at least one API and worker, two from 10 boutiques."""
    a_day = boutiques * given.conversations
    begun_a_second = a_day * given.busiest_hour * given.burst / 3600
    turns = begun_a_second * found.turns
    installations = ceil(turns / given.most_turns)
    least = installations * (1 if boutiques < 10 else 2)
    apis = max(least, ceil(begun_a_second * found.api_s / given.full))
    workers = max(least, ceil(begun_a_second * found.worker_s / given.full))
    return Size(
        boutiques,
        turns,
        installations,
        apis,
        workers,
        apis * found.of_an_api + workers * found.of_a_worker,
        max(installations, ceil(begun_a_second * found.database_s / given.full)),
        a_day * YEAR * found.bytes / 1e9,
    )


def costs_of_a_thousand(
    found: Measured = MEASURED, given: Assumed = ASSUMED
) -> Sequence[tuple[str, str, float]]:
    """(what, how it is counted, US dollars) of 1,000 conversations in which something is bought."""
    turns = 1000 * found.turns
    model = turns * (
        found.input_tokens * given.input_price + found.output_tokens * given.output_price
    )
    cpu_s = 1000 * (found.worker_s + found.api_s + found.database_s)
    a_core = given.core_month / (30 * DAY_S * given.full * _evenness(given))
    return (
        ("model, without a key", "this machine reads", 0.0),
        (
            "model, Gemini 2.5 Flash",
            f"{turns:,.0f} turns × ({found.input_tokens:,.0f} tokens in × ${given.input_price:.2f}"
            f" + {found.output_tokens:,.0f} out × ${given.output_price:.2f}) / 1,000,000",
            model / 1e6,
        ),
        (
            "replies on WhatsApp",
            f"{1000 * found.messages_out:,.0f} messages within 24 hours of the customer's: free",
            0.0,
        ),
        ("one template each, of utility", f"1,000 × ${given.utility:.4f}", 1000 * given.utility),
        (
            "one offer each, of a campaign",
            f"1,000 × ${given.marketing:.4f}",
            1000 * given.marketing,
        ),
        (
            "compute",
            f"{cpu_s:,.0f} s of a core that costs ${given.core_month:.0f} a month and is planned"
            f" for the busiest minute: {given.full * _evenness(given):.0%} used",
            cpu_s * a_core,
        ),
    )


def _evenness(given: Assumed) -> float:
    """The mean of a day by its busiest minute."""
    return 3600 / (DAY_S * given.busiest_hour * given.burst)


def sizes_table() -> str:
    rows = (
        f"| {s.boutiques:,} | {s.turns_a_second:,.2f} | {s.installations} | {s.apis} | {s.workers}"
        f" | {s.connections:,} | {s.database_cores} | {s.gigabytes:,.1f} |"
        for s in map(size_of, BOUTIQUES)
    )
    return _table(
        "| boutiques | turns a second, at most | databases | APIs | workers | connections"
        " | cores of the databases | GB a year |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
        rows,
    )


def costs_table() -> str:
    rows = (f"| {what} | {how} | {usd:,.2f} |" for what, how, usd in costs_of_a_thousand())
    return _table("| what | how it is counted | US$ |", "|---|---|---:|", rows)


def _table(heads: str, line: str, rows: Iterable[str]) -> str:
    return "\n".join((heads, line, *rows)) + "\n"


def with_tables(text: str) -> str:
    """The document with both tables between their marks. Raises ValueError if a mark is gone."""
    for name, table in (("sizes", sizes_table()), ("costs", costs_table())):
        begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
        head, rest = text[: text.index(begin) + len(begin)], text[text.index(end) :]
        text = head + table + rest
    return text


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
