"""Whatever a shop's pieces are called, its export reads back as nothing new, and runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.core.store.piece_export import ExportedVariant
from dukani.core.xlsx import XlsxWriter
from dukani.domain.kinds import CATEGORIES
from dukani.tools.piece_lists import exporting, uploading
from dukani.tools.piece_lists.columns import guess
from dukani.tools.piece_lists.comparing import Standing, StandingPiece, Verdict, compare
from dukani.tools.piece_lists.exporting import CsvWriter
from dukani.tools.piece_lists.identity import spelled_alike
from dukani.tools.piece_lists.lines import Reading, clean, read_line
from dukani.tools.piece_lists.words import unquoted

# Letters, marks and signs of all scripts, what spreadsheets run, and what lists are divided by.
SPICE = st.sampled_from([*list("=+-@'\";,|/#\t\n\u00a0"), "8-Jun", "1E5", "S-XL", "36-40", "M=3"])
CHARS = st.characters(exclude_categories=["Cc", "Cs", "Cn"])
PLAIN = st.lists(SPICE | CHARS, min_size=1, max_size=8).map("".join).map(clean).filter(bool)


def words(longest: int) -> st.SearchStrategy[str]:
    return PLAIN.map(lambda text: clean(text[:longest])).filter(bool)


OCCASION = words(12).filter(lambda one: "\n" not in one)


@st.composite
def pieces(draw: st.DrawFn) -> list[ExportedVariant]:
    found: list[ExportedVariant] = []
    for sku in draw(st.lists(words(20), min_size=1, max_size=4, unique_by=str.lower)):
        about = (draw(words(40)), draw(st.sampled_from(CATEGORIES)), draw(st.integers(1, 10**12)))
        of_piece = (
            draw(st.none() | st.integers(0, 10**9)),
            draw(words(12)),
            draw(st.booleans()),
            draw(st.lists(OCCASION, max_size=3, unique=True)),
            draw(st.just("") | words(40)),
            draw(st.booleans()),
        )
        variants = draw(
            st.lists(st.tuples(words(16), words(12)), min_size=1, max_size=3, unique=True)
        )
        for colour, size in variants:
            units = draw(st.integers(0, 1000))
            price = draw(st.none() | st.integers(1, 10**9))
            found.append(ExportedVariant(sku, *about, colour, size, units, price, *of_piece))
    return found


async def exported(variants: Sequence[ExportedVariant], writer: CsvWriter | XlsxWriter) -> bytes:
    async def batches() -> AsyncIterator[Sequence[ExportedVariant]]:
        for one in variants:
            yield [one]

    parts = exporting.written(batches(), writer, currency="KES")
    return b"".join([part async for part in parts])


def tried(data: bytes, there: Sequence[ExportedVariant]) -> list[Verdict]:
    """The verdicts of a trial of the file, in a shop that has these pieces."""
    read = uploading.read_list(data)
    mapping = [field or "" for field in guess(read.columns, {})]
    standing = {sku: _standing(sku, list(its)) for sku, its in groupby(there, lambda it: it.sku)}
    said = [unquoted(cells[0]) for _, cells in read.rows]
    keys = spelled_alike(said, standing)
    reading = Reading(
        mapping,
        "KES",
        colours={sku: {colour for colour, _ in one.variants} for sku, one in standing.items()},
        sizes={sku: {size for _, size in one.variants} for sku, one in standing.items()},
    )
    verdicts: list[Verdict] = []
    lines = zip(keys, read.rows, strict=True)
    for key, its in groupby(lines, lambda pair: pair[0]):
        rows = [read_line(line, cells, reading, sku=key) for _, (line, cells) in its]
        verdicts += compare(rows, standing.get(key), sku=key).verdicts
    return verdicts


def _standing(sku: str, variants: Sequence[ExportedVariant]) -> StandingPiece:
    one = variants[0]
    fields = {
        "name": one.name, "category": one.category, "price": one.price_minor,
        "pattern": one.pattern, "embroidery": one.embroidery, "occasions": one.occasions,
        "description": one.description, "on_sale": one.active, "cost": one.cost_minor,
    }  # fmt: skip
    made = {
        (it.colour, it.size): Standing("v", it.quantity, 0, it.size_price_minor, None, None)
        for it in variants
    }
    return StandingPiece("p", sku, fields, made)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(variants=pieces())
@settings(deadline=None)
async def test_an_export_is_nothing_new(kind: str, variants: list[ExportedVariant]) -> None:
    data = await exported(variants, CsvWriter() if kind == "csv" else XlsxWriter())

    verdicts = tried(data, variants)

    assert [(it.outcome, it.changes, it.why) for it in verdicts] == [
        ("unchanged", [], None) for _ in variants
    ]


@given(variants=pieces())
@settings(deadline=None)
async def test_no_cell_of_an_export_is_run(variants: list[ExportedVariant]) -> None:
    data = await exported(variants, CsvWriter())

    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r＝＋－＠") and cell]
