"""Takes a file in: its lines are kept as they were read, and its columns' fields are guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dukani.core.database import Connection
from dukani.core.errors import InvalidValue
from dukani.core.inert import plain
from dukani.core.store import piece_import_rows, piece_imports
from dukani.core.tables import Row, rows_of_table
from dukani.tools.piece_lists import identity
from dukani.tools.piece_lists.columns import FIELDS, MOST_COLUMNS, guess, header_row, plain_name
from dukani.tools.piece_lists.lines import clean

MOST_LINES = 20_000
_LOOKED_AT = 10  # rows in which the columns may be named
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file's columns, and its lines with the numbers that a spreadsheet shows."""

    columns: list[str]
    rows: list[Row]


def read_list(data: bytes) -> ListFile:
    """Raises UnreadableTable, or InvalidValue for a file without lines or with too many."""
    found = list(islice(rows_of_table(data), MOST_LINES + _LOOKED_AT + 1))
    at = header_row([cells for _, cells in found[:_LOOKED_AT]])
    if len(found) <= at + 1:
        raise _not_taken("It holds no pieces: name the columns in a line, and list pieces below.")
    columns = [name or f"{number}" for number, name in enumerate(found[at][1], 1)]
    rows = [(line, [clean(plain(cell)) for cell in cells]) for line, cells in found[at + 1 :]]
    if len(rows) > MOST_LINES:
        raise _not_taken(f"It has more than {MOST_LINES:,} lines: divide it into several files.")
    used = max(len(cells) for _, cells in rows)
    if len(columns) > MOST_COLUMNS:
        raise _not_taken(f"It has more than {MOST_COLUMNS} columns: keep those of the pieces.")
    columns += [str(number) for number in range(len(columns) + 1, min(used, MOST_COLUMNS) + 1)]
    return ListFile(columns, [(line, cells[: len(columns)]) for line, cells in rows])


def _not_taken(remedy: str) -> InvalidValue:
    return InvalidValue(field="file", remedy=remedy)


async def take_in(
    conn: Connection, read: ListFile, *, file_name: str, started_by: str | None
) -> str:
    """Keep the file's lines as an import that changes nothing yet; its id."""
    await piece_imports.forget_old(conn)
    saved = await piece_imports.saved_columns(conn)
    mapping = [field or "" for field in guess(read.columns, saved)]
    import_id = await piece_imports.create(
        conn,
        file_name=clean(file_name)[-200:] or "list",
        columns=[column[:100] for column in read.columns],
        mapping=mapping,
        lines=len(read.rows),
        started_by=started_by,
    )
    places = await identity.places_of(conn, read.rows, mapping)
    placed = list(zip(places, (cells for _, cells in read.rows), strict=True))
    for start in range(0, len(placed), _AT_ONCE):
        await piece_import_rows.add(
            conn, import_id=import_id, rows=placed[start : start + _AT_ONCE]
        )
    return import_id


async def name_columns(
    conn: Connection, *, import_id: str, mapping: Sequence[str], archive_missing: bool
) -> None:
    """Say what the columns hold; the boutique's next list is read by that. Raises InvalidValue."""
    found = await piece_imports.get(conn, import_id=import_id, lock=True)
    assert found is not None  # looked up by the caller
    _check_mapping(mapping, found.columns)
    await piece_imports.name_columns(
        conn, import_id=import_id, mapping=mapping, archive_missing=archive_missing
    )
    names = zip(found.columns, mapping, strict=True)
    said: Mapping[str, str] = {plain_name(name): field for name, field in names if plain_name(name)}
    await piece_imports.save_columns(conn, said)
    if _names(mapping) != _names(found.mapping):
        await _place_anew(conn, import_id, mapping)


def _names(mapping: Sequence[str]) -> list[int]:
    """The columns by which a line's piece is known."""
    return [mapping.index(field) if field in mapping else -1 for field in ("sku", "name")]


def _check_mapping(mapping: Sequence[str], columns: Sequence[str]) -> None:
    if len(mapping) != len(columns):
        raise InvalidValue(field="mapping", remedy=f"Name a field for each of {len(columns)}.")
    named = [field for field in mapping if field]
    if strange := set(named) - set(FIELDS):
        raise InvalidValue(field="mapping", value=min(strange), remedy=f"Use {', '.join(FIELDS)}.")
    if twice := {field for field in named if named.count(field) > 1}:
        raise InvalidValue(
            field="mapping", value=min(twice), remedy="A field is in one column: choose which."
        )
    if "sku" not in named and "name" not in named:
        raise InvalidValue(field="mapping", remedy="Say which column holds the SKU or the name.")


async def _place_anew(conn: Connection, import_id: str, mapping: Sequence[str]) -> None:
    rows: list[Row] = []
    while page := await piece_import_rows.page(
        conn, import_id=import_id, outcome=None, after=rows[-1][0] if rows else 0, limit=_AT_ONCE
    ):
        rows += [(row.line, row.cells) for row in page]
    places = await identity.places_of(conn, rows, mapping)
    for start in range(0, len(places), _AT_ONCE):
        await piece_import_rows.put_places(
            conn, import_id=import_id, places=places[start : start + _AT_ONCE]
        )
