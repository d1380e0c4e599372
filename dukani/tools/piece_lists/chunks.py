"""Compares some lines of a list with what there is, and writes what they change, all at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from dukani.core.database import Connection
from dukani.core.store import piece_bulk, piece_import_pictures
from dukani.core.store.piece_bulk import BulkProduct, ListedVariant, NewVariant
from dukani.core.store.piece_import_rows import ImportRow
from dukani.tools.catalogue import variant_sku
from dukani.tools.piece_lists.comparing import (
    ATTRIBUTES,
    PieceStep,
    Standing,
    StandingPiece,
    VariantStep,
    compare,
)
from dukani.tools.piece_lists.identity import sku_of
from dukani.tools.piece_lists.lines import Reading, ReadLine, clean, read_line
from dukani.tools.piece_lists.why import Refused

_OF_NEW = {
    "pattern": "plain", "embroidery": False, "occasions": [], "description": "", "on_sale": True,
    "cost": None,
}  # fmt: skip


async def steps_for(
    conn: Connection,
    rows: Sequence[ImportRow],
    *,
    mapping: Sequence[str],
    currency: str,
    lock: bool,
) -> list[PieceStep]:
    """What the lines come to, piece by piece. With `lock` nobody else changes these pieces."""
    standing = await _standing(conn, sorted({row.key for row in rows}), lock=lock)
    reading = Reading(
        mapping,
        currency,
        colours={sku: {colour for colour, _ in it.variants} for sku, it in standing.items()},
        sizes={sku: {size for _, size in it.variants} for sku, it in standing.items()},
    )
    return [
        compare([_read(row, reading) for row in lines], standing.get(key), sku=key)
        for key, lines in groupby(rows, key=lambda row: row.key)
    ]


def _read(row: ImportRow, reading: Reading) -> ReadLine | tuple[int, Refused]:
    try:
        return read_line(row.line, row.cells, reading, sku=sku_of(row.key))
    except Refused as refused:
        return row.line, refused


async def _standing(
    conn: Connection, skus: Sequence[str], *, lock: bool
) -> dict[str, StandingPiece]:
    products = await piece_bulk.by_skus(conn, skus=skus, lock=lock)
    ids = [product.id for product in products]
    variants: dict[str, dict[tuple[str, str], Standing]] = defaultdict(dict)
    for one in await piece_bulk.variants_of(conn, product_ids=ids, lock=lock):
        variants[one.product_id][one.colour, one.size] = Standing(
            one.id,
            one.quantity,
            one.reserved,
            one.price_minor,
            one.listed_units,
            one.listed_before,
        )
    return {
        product.sku: StandingPiece(
            product.id, product.sku, _fields(product), variants.get(product.id, {})
        )
        for product in products
    }


def _fields(product: BulkProduct) -> dict[str, Any]:
    fields = {column: getattr(product, name) for column, name in ATTRIBUTES.items()}
    # As a list would say them: what cannot be written into a cell is no difference.
    return fields | {name: clean(fields[name]) for name in ("name", "description")}


async def write(conn: Connection, steps: Sequence[PieceStep], *, import_id: str) -> None:
    """Carries the steps out. Raises UniqueViolation for a piece that came up meanwhile."""
    ids = await _write_products(conn, steps)
    made = [
        NewVariant(
            ids[step.sku],
            variant.colour,
            variant.size,
            variant_sku(step.sku, variant.colour, variant.size),
            variant.price_minor,
            variant.listed_units,
            variant.listed_before,
        )
        for step, variant in _variants(steps)
        if variant.id is None
    ]
    new_ids = await piece_bulk.add_variants(conn, made) if made else {}
    known = [variant for _, variant in _variants(steps) if variant.id is not None]
    if known:
        await piece_bulk.note_listed(conn, [
            ListedVariant(str(one.id), one.price_minor, one.listed_units, one.listed_before)
            for one in known
        ])  # fmt: skip
    opening = {
        new_ids[ids[step.sku], variant.colour, variant.size]: variant.delta
        for step, variant in _variants(steps)
        if variant.id is None and variant.delta
    }
    counted = {str(one.id): one.delta for one in known if one.delta}
    for reason, deltas in (("opening", opening), ("adjustment", counted)):
        if deltas:
            await piece_bulk.move_stock(conn, reason=reason, deltas=deltas)
    links = [
        (ids[step.sku], colour, link[:2000], line)
        for step in steps
        for line, colour, link in step.links
    ]
    if links:
        await piece_import_pictures.add(conn, import_id=import_id, pictures=links)


async def _write_products(conn: Connection, steps: Sequence[PieceStep]) -> dict[str, str]:
    """The ids of all products of the steps: SKU → id."""
    ids = {step.sku: step.id for step in steps if step.id is not None}
    new = [_as_row(step.sku, _OF_NEW | dict(step.fields)) for step in steps
           if step.id is None and step.fields is not None]  # fmt: skip
    if new:
        ids |= await piece_bulk.add_products(conn, new)
    changed = [_as_row(step.sku, step.fields) for step in steps
               if step.id is not None and step.fields is not None]  # fmt: skip
    if changed:
        await piece_bulk.change_products(conn, changed)
    costs = {
        ids[step.sku]: step.cost for step in steps if step.cost is not None and step.sku in ids
    }
    if costs:
        await piece_bulk.add_costs(conn, costs)
    return ids


def _as_row(sku: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"sku": sku, **fields, "occasions": json.dumps(fields["occasions"])}


def _variants(steps: Sequence[PieceStep]) -> list[tuple[PieceStep, VariantStep]]:
    return [(step, variant) for step in steps for variant in step.variants]
