"""The commands that fill the database: migrate, seed, and add or remove boutiques and pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from dukani.boutique_file import read_boutique
from dukani.commands.frame import console, fail, opened, read_settings, with_services
from dukani.core.errors import DukaniError
from dukani.core.services import Services
from dukani.pieces_file import BadPiecesFile
from dukani.running import build_senses, demo_settings, with_demo_key
from dukani.sandbox.seed import seed_if_needed
from dukani.shopkeeping import DescribedPiece, PiecesFile, close_shop, fill_shop, open_shop


def migrate() -> None:
    with opened(read_settings()) as database:
        applied = database.applied
    for name in applied:
        console.print(f"applied {name}")
    console.print("The database is up to date.")


def seed() -> None:
    with_services(
        demo_settings(read_settings()), lambda s: seed_if_needed(s, build_senses().eye, console)
    )


def add_boutique(toml: str) -> None:
    try:
        boutique = read_boutique(toml)
    except DukaniError as error:
        fail(error)
    settings = with_demo_key(read_settings(quiet=True))
    with_services(settings, lambda s: open_shop(s, boutique, typer.echo))


def remove_boutique(slug: str) -> None:
    settings = with_demo_key(read_settings(quiet=True))
    with_services(settings, lambda s: close_shop(s, slug, typer.echo))


def add_pieces(file: Path, *, boutique: str | None) -> None:
    """Add the pieces; exits with 1 when a line of the file could not be added."""
    try:
        listed = PiecesFile(file, file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        fail(BadPiecesFile(f"{file} is not UTF-8 text: save it as “CSV UTF-8”"))
    _fill(listed, boutique)


def add_piece(
    fields: Mapping[str, str],
    *,
    sizes: Sequence[str],
    pictures: Sequence[Path],
    boutique: str | None,
) -> None:
    """Add one piece; exits with 1 when it could not be added."""
    _fill(DescribedPiece(fields, sizes, pictures), boutique)


def _fill(listed: PiecesFile | DescribedPiece, boutique: str | None) -> None:
    settings = with_demo_key(read_settings(quiet=True))
    whole: list[bool] = []

    async def put_in(services: Services) -> None:
        eye = build_senses().eye
        whole.append(await fill_shop(services, eye, listed, typer.echo, slug=boutique))

    with_services(settings, put_in)
    raise typer.Exit(0 if all(whole) else 1)
