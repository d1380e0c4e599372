"""`dukani customers …`: arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dukani.loading import say_loading

customers_app = typer.Typer(help="What is kept of a customer.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The boutique's slug.")]
Who = Annotated[str, typer.Argument(help="Her phone number, or her id.")]


@customers_app.command()
def export(
    slug: Slug,
    who: Who,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The zip to write.")],
) -> None:
    """Everything that is kept of one customer: rows, messages, photos, voice notes."""
    say_loading()
    from dukani.commands import customers

    customers.export(slug, who, file)


@customers_app.command()
def erase(
    slug: Slug,
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase one customer. Orders and payments stay, without whose they were."""
    if not yes:
        typer.confirm(f"Erase {who} at {slug}? This cannot be undone.", abort=True)
    say_loading()
    from dukani.commands import customers

    customers.erase(slug, who)
