"""What a backup holds, written last: a folder without it is no backup."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from dukani.core.errors import ConfigurationError

FILE = "manifest.json"
DUMP = "database.dump"
MEDIA = "media"
FORMAT = 1


class Role(BaseModel):
    """A role of the server, which a database's dump does not hold."""

    name: str
    login: bool
    inherit: bool
    bypass_rls: bool
    member_of: list[str]


class Manifest(BaseModel):
    format: int = FORMAT
    version: str  # of the program
    made_at: str  # UTC
    server_major: int
    migrations: list[str]
    roles: list[Role]
    rows: dict[str, int]  # of each table, in the snapshot that was dumped
    sums: dict[str, str]  # SHA-256 of each file
    media_elsewhere: str | None = None  # the bucket that holds the media


def read(folder: Path) -> Manifest:
    """Raises ConfigurationError when the folder is no whole backup of a form that is known."""
    path = folder / FILE
    if not path.is_file():
        raise ConfigurationError(f"{folder} is no backup: it has no {FILE}")
    try:
        manifest = Manifest.model_validate_json(path.read_text())
    except ValidationError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.errors()[0]['msg']}") from error
    if manifest.format != FORMAT:
        raise ConfigurationError(
            f"{path} is of form {manifest.format}: restore it with Dukani {manifest.version}"
        )
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raises ConfigurationError on a file that is missing or not as it was written."""
    for name, wanted in manifest.sums.items():
        path = folder / name
        if not path.is_file():
            raise ConfigurationError(f"{path} is missing: take another backup")
        if sum_of(path) != wanted:
            raise ConfigurationError(f"{path} is not as it was written: take another backup")


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
