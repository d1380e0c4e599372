"""`dukani models …`: arguments and help."""

from __future__ import annotations

from typing import Annotated

import typer

from dukani.loading import say_loading

models_app = typer.Typer(help="The models this machine sees with.", no_args_is_help=True)


@models_app.command("pull")
def pull(
    source: Annotated[
        str | None,
        typer.Option("--from", help="A mirror of Hugging Face; else DUKANI_MODELS__SOURCE."),
    ] = None,
) -> None:
    """Download CLIP (600 MB), or go on where an earlier download was broken off."""
    say_loading()
    from dukani.commands import models

    models.pull(source)


@models_app.command("status")
def status() -> None:
    """How far each boutique's pictures are with the model that was pulled."""
    say_loading()
    from dukani.commands import models

    models.status()


@models_app.command("list")
def list_models() -> None:
    """Which models are here, and whether they are used."""
    say_loading()
    from dukani.commands import models

    models.list_models()
