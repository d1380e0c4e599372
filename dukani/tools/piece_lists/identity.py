"""Which piece each line of a list is of, and in which order its lines are worked on.

By its SKU, in whichever letters: of two spellings the shop's own counts, else the list's first. A
list without SKUs is known by its names: a piece of that name is meant, and a new one gets a SKU
made of its name, so that the same list again is the same pieces.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from dukani.core.database import Connection
from dukani.core.store import piece_bulk
from dukani.core.store.piece_import_rows import Place
from dukani.core.tables import Row
from dukani.tools.piece_lists.words import unquoted


async def places_of(conn: Connection, rows: Sequence[Row], mapping: Sequence[str]) -> list[Place]:
    """The place of each line; the lines of one piece stand beside each other."""
    if "sku" in mapping:
        said = [unquoted(_cell(cells, mapping, "sku")) for _, cells in rows]
        there = await piece_bulk.spellings(conn, skus=sorted(set(said)))
        keys = spelled_alike(said, there)
    else:
        said = [" ".join(_cell(cells, mapping, "name").split()) for _, cells in rows]
        known = await piece_bulk.skus_of_names(conn, names=sorted(set(said)))
        keys = [known.get(name.lower()) or sku_of_name(name) for name in said]
    return in_order([line for line, _ in rows], keys)


def _cell(cells: Sequence[str], mapping: Sequence[str], field: str) -> str:
    at = mapping.index(field) if field in mapping else len(cells)
    return cells[at] if at < len(cells) else ""


def spelled_alike(said: Sequence[str], there: Iterable[str]) -> list[str]:
    """The SKUs as the shop spells them, else as the list does first."""
    own = set(there)
    first: dict[str, str] = {sku.lower(): sku for sku in own}
    for sku in said:
        first.setdefault(sku.lower(), sku)
    return [sku if sku in own else first[sku.lower()] for sku in said]


def sku_of_name(name: str) -> str:
    """A SKU for a piece that is known by its name alone; '' without a name."""
    if not name:
        return ""
    digest = hashlib.sha256(name.lower().encode()).digest()
    return "N-" + base64.b32encode(digest)[:8].decode()


def in_order(lines: Sequence[int], keys: Sequence[str]) -> list[Place]:
    """A line without a key is a piece by itself, which is refused."""
    alone = [key or _alone(line) for line, key in zip(lines, keys, strict=True)]
    firsts: Mapping[str, int] = {
        key: line for line, key in reversed(list(zip(lines, alone, strict=True)))
    }
    placed = sorted((firsts[key], line) for line, key in zip(lines, alone, strict=True))
    position = {line: number for number, (_, line) in enumerate(placed, 1)}
    return [
        Place(line, key, firsts[key], position[line])
        for line, key in zip(lines, alone, strict=True)
    ]


def _alone(line: int) -> str:
    return f" {line}"  # no SKU begins with a blank


def sku_of(key: str) -> str:
    """The SKU of a line's piece; '' for a line that names none."""
    return "" if key.startswith(" ") else key
