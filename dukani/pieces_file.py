"""Parses files of pieces to add to a boutique: CSV as a spreadsheet saves it, or TOML.

A CSV line is one colour and size of a piece, and the lines of one `sku` are one piece; in TOML each
`[[piece]]` is a piece. `docs/pieces.csv` and `docs/pieces.toml` show every field. Errors name their
line, and do not keep the other pieces out.
"""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from dukani.core.colours import COLOURS
from dukani.core.errors import CallerError
from dukani.core.money import to_minor
from dukani.core.spreadsheets import columns_of, rows_of
from dukani.domain.kinds import CATEGORIES
from dukani.tools.catalogue import NewProduct
from dukani.tools.product_editing import new_sku

COLUMNS = (
    "sku", "name", "category", "price", "colour", "size", "units", "picture", "pattern",
    "occasions", "description",
)  # fmt: skip
_NEEDED = ("sku", "name", "category", "price", "colour", "size", "units")
_SEPARATORS = re.compile(r"[,;|/]")


class BadPiecesFile(CallerError):
    """This is no list of pieces."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class Problem:
    """An error, with its line."""

    line: int
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to add; `pictures` are colour → files, relative to the file of pieces."""

    line: int
    new: NewProduct
    pictures: Mapping[str, Sequence[Path]]


@dataclass(frozen=True, slots=True)
class Pieces:
    good: list[Piece]
    bad: list[Problem]


def _category(name: str) -> str:
    return _one_of(name, CATEGORIES, strict=True)


def _colour(name: str) -> str:
    """The colour; new names ("sunset") are allowed, but typing errors of known ones are not."""
    return _one_of(name, COLOURS, strict=False)


def _one_of(name: str, known: Sequence[str], *, strict: bool) -> str:
    plain = " ".join(name.lower().split())
    near = difflib.get_close_matches(plain, known, n=1, cutoff=0.75)
    if plain in known or not (strict or near):
        return plain
    meant = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"
    raise ValueError(f"{name!r} is not known: {meant}")


def _listed(value: Any) -> Any:
    return [part.strip() for part in _SEPARATORS.split(value)] if isinstance(value, str) else value


def _alone(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _figure(value: Any) -> Any:
    """A number as spreadsheets write it: "4,500" or "4 500"."""
    return value.replace(",", "").replace(" ", "") if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Colour = Annotated[Text, AfterValidator(_colour)]
Size = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12)]
Units = Annotated[int, Field(ge=0, le=100_000)]
Files = Annotated[tuple[Text, ...], BeforeValidator(_alone)]
Words = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Price = Annotated[int, BeforeValidator(_figure), Field(gt=0, le=100_000_000)]


class _Entry(BaseModel):
    """A piece in TOML, or made of the lines of a CSV file."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    sku: Annotated[Text, Field(max_length=40)]
    name: Annotated[Text, Field(max_length=120)]
    category: Annotated[Text, AfterValidator(_category)]
    price: Price  # whole units of the boutique's currency
    stock: Annotated[dict[Colour, dict[Size, Units]], Field(min_length=1)]
    pictures: dict[Colour, Files] = Field(default_factory=dict)
    pattern: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True)] = "plain"
    embroidery: bool = False
    occasions: Words = ()
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""


def read_pieces(text: str, *, folder: Path, is_toml: bool, currency: str) -> Pieces:
    """The pieces in a file, with pictures in `folder`. Raises BadPiecesFile."""
    rows = _toml_entries(text) if is_toml else _csv_entries(text)
    pieces = Pieces([], [])
    seen: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Problem):
            pieces.bad.append(row)
            continue
        read = _read(*row, folder=folder, currency=currency)
        if isinstance(read, Problem):
            pieces.bad.append(read)
        elif read.new.sku in seen:
            why = f"sku {read.new.sku!r} stands on line {seen[read.new.sku]} already"
            pieces.bad.append(Problem(read.line, why))
        else:
            seen[read.new.sku] = read.line
            pieces.good.append(read)
    return pieces


def read_piece(
    fields: Mapping[str, str], *, sizes: Sequence[str], pictures: Sequence[Path], currency: str
) -> Pieces:
    """The one piece that is described by its fields, its colour and sizes as `M=3`."""
    own = {name: value for name, value in fields.items() if name != "colour"}
    missing = [name for name in ("name", "category", "price", "colour") if not fields.get(name)]
    if missing or not sizes:
        lacks = ", ".join(f"--{name}" for name in (*missing, *(() if sizes else ("size",))))
        return Pieces([], [Problem(1, f"it lacks {lacks}")])
    try:
        colour = _colour(fields["colour"])
        units = dict(_size_and_units(said) for said in sizes)
        own.setdefault("sku", new_sku(_category(fields["category"])))
    except ValueError as error:
        return Pieces([], [Problem(1, str(error))])
    files = {colour: tuple(str(path.resolve()) for path in pictures)} if pictures else {}
    entry = {**own, "stock": {colour: units}, "pictures": files}
    read = _read(1, entry, folder=Path(), currency=currency)
    return Pieces([], [read]) if isinstance(read, Problem) else Pieces([read], [])


def _size_and_units(said: str) -> tuple[str, int]:
    size, _, units = said.partition("=")
    if not size.strip() or not units.strip().isdecimal():
        raise ValueError(f"size {said!r}: write the size and how many there are, as M=3")
    return size.strip(), int(units)


def _read(line: int, fields: Mapping[str, Any], *, folder: Path, currency: str) -> Piece | Problem:
    try:
        entry = _Entry.model_validate(fields)
    except ValidationError as error:
        return Problem(line, "; ".join(_error_text(problem) for problem in error.errors()))
    pictures = {
        colour: [folder / name for name in names] for colour, names in entry.pictures.items()
    }
    if strangers := set(pictures) - set(entry.stock):
        return Problem(line, f"a picture of {', '.join(sorted(strangers))}, which is not in stock")
    missing = [str(f) for files in pictures.values() for f in files if not f.is_file()]
    if missing:
        return Problem(line, f"there is no picture {', '.join(missing)}")
    told = entry.model_dump(exclude={"price", "pictures"})
    new = NewProduct(**told, price_minor=to_minor(entry.price, currency))
    return Piece(line, new, pictures)


def _error_text(problem: Any) -> str:
    where = ".".join(str(part) for part in problem["loc"] if part != "[key]")
    return f"{where}: {problem['msg'].removeprefix('Value error, ')}"


def _toml_entries(text: str) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPiecesFile(f"this is not TOML: {error}") from None
    found = table.get("piece")
    if not isinstance(found, list) or set(table) != {"piece"}:
        raise BadPiecesFile("write each piece below a line [[piece]], and nothing else")
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("[[piece]]")]
    lines = starts if len(starts) == len(found) else [1] * len(found)
    yield from zip(lines, found, strict=True)


def _csv_entries(text: str) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    try:
        yield from _entries_of_table(text)
    except csv.Error as error:
        raise BadPiecesFile(f"this is no table: {error}") from error


def _entries_of_table(text: str) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    """The pieces, in the order of their first rows; then the problems of unreadable rows."""
    header = columns_of(text)
    lacking = [name for name in _NEEDED if name not in header]
    unknown = [name for name in header if name and name not in COLUMNS]
    if lacking or unknown:
        wrong = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(unknown)}"
        raise BadPiecesFile(f"the first line {wrong}; its columns are {','.join(COLUMNS)}")
    entries: dict[str, tuple[int, dict[str, Any]]] = {}
    for line, cells in rows_of(text):
        problem = _add_row(entries, line, cells)
        if problem:
            yield problem
    yield from entries.values()


def _add_row(
    entries: dict[str, tuple[int, dict[str, Any]]], line: int, cells: dict[str, str]
) -> Problem | None:
    """Add a row's colour and size to the piece of its sku; returns the row's problem, if any."""
    missing = [name for name in ("sku", "colour", "size", "units") if name not in cells]
    if missing:
        return Problem(line, f"{', '.join(missing)}: empty")
    if not cells["units"].isdecimal():
        return Problem(line, f"units: {cells['units']!r} is no whole number")
    try:
        colour = _colour(cells["colour"])
    except ValueError as error:
        return Problem(line, f"colour: {error}")
    own = {k: v for k, v in cells.items() if k not in ("colour", "size", "units", "picture")}
    first, entry = entries.setdefault(cells["sku"], (line, {"stock": {}, "pictures": {}} | own))
    differing = [k for k, v in own.items() if k in entry and entry[k] != v]
    if differing:
        return Problem(line, f"{', '.join(differing)}: not as on line {first} of the same sku")
    entry.update(own)
    sizes = entry["stock"].setdefault(colour, {})
    if cells["size"] in sizes:
        return Problem(line, f"{colour} {cells['size']} of {cells['sku']!r} stands twice")
    sizes[cells["size"]] = int(cells["units"])
    if "picture" in cells:
        known = entry["pictures"].setdefault(colour, [])
        known += [name for name in _listed_files(cells["picture"]) if name not in known]
    return None


def _listed_files(cell: str) -> list[str]:
    """The pictures of a colour, separated by "|": file names may contain commas and slashes."""
    return [name.strip() for name in cell.split("|") if name.strip()]
