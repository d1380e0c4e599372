"""Writes the boutique's pieces as a list that reads back as nothing new."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence

from dukani.core.inert import inert
from dukani.core.store.piece_export import ExportedVariant
from dukani.core.xlsx import XlsxWriter
from dukani.tools.piece_lists import words
from dukani.tools.piece_lists.lines import clean, read_pattern
from dukani.tools.piece_lists.prices import write_price
from dukani.tools.piece_lists.why import FIELD_NAMES

COLUMNS = (
    "sku", "name", "category", "price", "colour", "size", "units", "units_at_export",
    "size_price", "cost", "pattern", "embroidery", "occasions", "description", "on_sale",
)  # fmt: skip
HEADER = [FIELD_NAMES[column][0] for column in COLUMNS]


def exported_row(variant: ExportedVariant, *, currency: str) -> list[str]:
    override = variant.size_price_minor
    return [
        words.spelled([clean(variant.sku)], words.read_sku),
        clean(variant.name),
        variant.category,
        write_price(variant.price_minor, currency=currency),
        words.spelled([variant.colour], words.read_colours),
        words.spelled([variant.size], _sizes),
        str(variant.quantity),
        str(variant.quantity),
        "" if override is None else write_price(override, currency=currency),
        _cost(variant.cost_minor, currency),
        words.spelled([variant.pattern], lambda cell: [read_pattern(cell)]),
        "yes" if variant.embroidery else "no",
        words.spelled(variant.occasions, lambda cell: words.read_words(cell, "occasions")),
        clean(variant.description),
        "yes" if variant.active else "no",
    ]


def _cost(minor: int | None, currency: str) -> str:
    return "" if minor is None else write_price(minor, currency=currency) if minor else "0"


def _sizes(cell: str) -> list[str]:
    return [f"{said.size}{'' if said.units is None else '='}" for said in words.read_sizes(cell)]


class CsvWriter:
    """Rows as CSV in UTF-8 with the mark by which Excel knows it."""

    media_type = "text/csv; charset=utf-8"

    def start(self) -> bytes:
        return b"\xef\xbb\xbf"

    def rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        written = io.StringIO()
        csv.writer(written).writerows([inert(cell) for cell in row] for row in rows)
        return written.getvalue().encode()

    def end(self) -> bytes:
        return b""


async def written(
    batches: AsyncIterator[Sequence[ExportedVariant]],
    writer: CsvWriter | XlsxWriter,
    *,
    currency: str,
) -> AsyncIterator[bytes]:
    """The list, piece after piece: never all of it in memory."""
    yield writer.start() + writer.rows([HEADER])
    async for batch in batches:
        rows = [exported_row(one, currency=currency) for one in batch]
        if isinstance(writer, XlsxWriter):
            rows = [[inert(cell) for cell in row] for row in rows]
        yield writer.rows(rows)
    yield writer.end()
