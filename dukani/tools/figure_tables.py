"""Figures as tables for a spreadsheet (CSV, UTF-8 with its mark, sums in whole currency units)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from dukani.core.inert import inert
from dukani.core.money import minor_per_unit
from dukani.core.store.figures.counting import ANSWERED_WITHIN_S
from dukani.tools.figures import Figures

What = Literal["sales", "kinds", "chats", "answers", "models"]
Cell = str | int | None


def table(figures: Figures, what: What, *, currency: str) -> bytes:
    """The table with its head; its columns' names are stable."""
    rows = {
        "sales": _sales,
        "kinds": _kinds,
        "chats": _chats,
        "answers": _answers,
        "models": _models,
    }[what](figures, currency)
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _sales(figures: Figures, currency: str) -> Iterator[Sequence[Cell]]:
    yield ("from", "to", "chat_orders", "chat_revenue", "shop_sales", "shop_revenue",
           "refunded", "currency")  # fmt: skip
    for one in figures.points:
        yield (
            str(one.first), str(one.last), one.orders, _money(one.orders_minor, currency),
            one.counter_sales, _money(one.counter_minor, currency),
            _money(one.refunds_minor, currency), currency,
        )  # fmt: skip


def _kinds(figures: Figures, currency: str) -> Iterator[Sequence[Cell]]:
    yield ("kind", "pieces", "revenue", "pieces_before", "revenue_before", "currency")
    for one in figures.kinds:
        yield (
            one.category, one.pieces, _money(one.minor, currency), one.before_pieces,
            _money(one.before_minor, currency), currency,
        )  # fmt: skip


def _chats(figures: Figures, _: str) -> Iterator[Sequence[Cell]]:
    yield ("stage", "chats", "chats_before")
    for stage in ("sessions", "shown", "in_cart", "quoted", "paid", "with_person",
                  "misunderstanding"):  # fmt: skip
        yield stage, getattr(figures.now, stage), getattr(figures.before, stage)


def _answers(figures: Figures, _: str) -> Iterator[Sequence[Cell]]:
    yield "within_seconds", "assistant", "person"
    now = figures.now
    yield from zip(
        (*ANSWERED_WITHIN_S, None), now.assistant_answers, now.person_answers, strict=True
    )


def _models(figures: Figures, _: str) -> Iterator[Sequence[Cell]]:
    yield "model", "calls", "input_tokens", "output_tokens", "usd"
    for one in figures.models:
        usd = None if one.usd_micro is None else f"{Decimal(one.usd_micro).scaleb(-6):.6f}"
        yield one.model, one.calls, one.input_tokens, one.output_tokens, usd


def _money(minor: int, currency: str) -> str:
    return str(Decimal(minor) / minor_per_unit(currency))
