"""`dukani products …`: arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dukani.loading import say_loading

products_app = typer.Typer(help="The pieces of a boutique.", no_args_is_help=True)


@products_app.command("add")
def add(
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help="CSV or TOML, as docs/pieces.csv."),
    ] = None,
    boutique: Annotated[
        str | None, typer.Option(help="Its slug; not needed where there is only one.")
    ] = None,
    name: Annotated[str, typer.Option(help="One piece, without a file: its name.")] = "",
    category: Annotated[str, typer.Option(help="dress, shirt, shoes …")] = "",
    price: Annotated[str, typer.Option(help="In whole units of the currency.")] = "",
    colour: Annotated[str, typer.Option(help="Its colour.")] = "",
    size: Annotated[
        list[str] | None, typer.Option(help="A size and how many there are, as M=3; repeatable.")
    ] = None,
    picture: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="A photo of it; repeatable."),
    ] = None,
    sku: Annotated[str, typer.Option(help="Left out, one is made.")] = "",
    description: Annotated[str, typer.Option(help="What you would tell a customer.")] = "",
) -> None:
    """Put pieces on sale: those of a file with their pictures, or one that is described here.

    Wrong lines of a file are told by their number, and the others go in.
    """
    one = {
        "name": name,
        "category": category,
        "price": price,
        "colour": colour,
        "sku": sku,
        "description": description,
    }
    described = any(one.values()) or size or picture
    if (file is None) != bool(described):
        raise typer.BadParameter("give a FILE, or describe one piece with --name and the others")
    say_loading()
    from dukani.commands import fill

    if file is not None:
        fill.add_pieces(file, boutique=boutique)
    else:
        fill.add_piece(
            {field: value for field, value in one.items() if value},
            sizes=size or [],
            pictures=picture or [],
            boutique=boutique,
        )


@products_app.command("import")
def import_list(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX, as an owner has it.")
    ],
    boutique: Annotated[
        str | None, typer.Option(help="Its slug; not needed where there is only one.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(help="What a column holds, as “Selling price=price”; repeatable."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    archive_missing: Annotated[
        bool, typer.Option("--archive-missing", help="Archive what is not in the file.")
    ] = False,
) -> None:
    """Bring pieces up to date from a spreadsheet; the same file again changes nothing.

    Columns are known by their names, in English or Swahili. Prices are read as people write them.
    Wrong lines are told by their number, and the others go in.
    """
    say_loading()
    from dukani.commands import piece_lists

    piece_lists.import_list(
        file,
        boutique=boutique,
        mapping=mapping or [],
        dry_run=dry_run,
        archive_missing=archive_missing,
    )


@products_app.command("export")
def export_list(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to: a .csv or .xlsx.")],
    boutique: Annotated[
        str | None, typer.Option(help="Its slug; not needed where there is only one.")
    ] = None,
) -> None:
    """Write all pieces into a spreadsheet, which imports back as nothing new."""
    say_loading()
    from dukani.commands import piece_lists

    piece_lists.export_list(file, boutique=boutique)


@products_app.command()
def prices(
    boutique: Annotated[
        str | None, typer.Option(help="Its slug; not needed where there is only one.")
    ] = None,
    hours: Annotated[float, typer.Option(min=0.01, help="How far to look back.")] = 24.0,
    put_back: Annotated[
        bool, typer.Option("--put-back", help="Let each be what it was then.")
    ] = False,
) -> None:
    """Which prices changed lately, what they were, and who ordered or was told of the piece."""
    say_loading()
    from dukani.commands import prices as command

    command.prices(boutique=boutique, hours=hours, put_back=put_back)
