"""Reads evaluation files; errors name the line and the field."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dukani.core.errors import CallerError

Parsed = TypeVar("Parsed", bound=BaseModel)


class BadEvalFile(CallerError):
    """An evaluation file cannot be used."""

    http_status = 422


def read_text(path: Path) -> str:
    """The file's text. Raises BadEvalFile."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadEvalFile(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadEvalFile(f"{path}: byte {error.start} is not UTF-8") from error


def read_json(path: Path) -> Any:
    """The value in a JSON file. Raises BadEvalFile."""
    return _decoded(read_text(path), str(path))


def read_json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Line number and value of every line that is not empty. Raises BadEvalFile."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if line.strip():
            yield number, _decoded(line, f"{path} line {number}")


def _decoded(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f" line {error.lineno}" if "\n" in text else ""
        raise BadEvalFile(f"{where}{place}: {error.msg} (column {error.colno})") from error


def parse(model: type[Parsed], value: Any, where: str) -> Parsed:
    """The value as `model`. Raises BadEvalFile naming each field that is wrong."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        wrong = "; ".join(
            f"{_field(e['loc'])}: {e['msg']}{_shown(e['input'])}" for e in error.errors()[:5]
        )
        raise BadEvalFile(f"{where}: {wrong}") from error


def _field(location: tuple[int | str, ...]) -> str:
    """The path of a field: `dialogues[2].turns[0].event`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".") or "the whole"


def _shown(given: Any) -> str:
    return f", not {given!r}" if isinstance(given, str | int | float | None) else ""


def read_labels(folder: Path, *, limit: int | None = None) -> list[tuple[Path, str]]:
    """Photo and class of each row of `labels.csv` (columns `file` and `class`).

    With a `limit`, that many rows spread over the file. Raises BadEvalFile.
    """
    path = folder / "labels.csv"
    rows = list(enumerate(csv.DictReader(read_text(path).splitlines()), start=2))
    if not rows:
        raise BadEvalFile(f"{path}: no photos are listed")
    if limit is not None and 0 < limit < len(rows):
        rows = [rows[place * len(rows) // limit] for place in range(limit)]
    return [_labelled(folder, row, f"{path} line {number}") for number, row in rows]


def _labelled(folder: Path, row: dict[str, str | None], where: str) -> tuple[Path, str]:
    for column in ("file", "class"):
        if not row.get(column):
            raise BadEvalFile(f"{where}: the column {column!r} is missing or empty")
    photo = folder / str(row["file"]).strip()
    if not photo.is_file():
        raise BadEvalFile(f"{where}: {photo} is not there")
    return photo, str(row["class"]).strip()
