"""`dukani templates …`: arguments and help."""

from __future__ import annotations

from typing import Annotated

import typer

from dukani.core.languages import Language
from dukani.loading import say_loading

templates_app = typer.Typer(
    help="Message templates, which WhatsApp approves.", no_args_is_help=True
)

Boutique = Annotated[str, typer.Option(help="Its slug.")]


@templates_app.command()
def show(boutique: Boutique) -> None:
    """Every template, word for word as it is registered, and whether the boutique has it."""
    say_loading()
    from dukani.commands import templates

    templates.show(boutique)


@templates_app.command()
def sync(boutique: Boutique) -> None:
    """Ask the provider which are approved, rejected or paused, and keep what it says."""
    say_loading()
    from dukani.commands import templates

    templates.sync(boutique)


@templates_app.command()
def submit(boutique: Boutique) -> None:
    """Send every template that the provider does not have yet to WhatsApp's review."""
    say_loading()
    from dukani.commands import templates

    templates.submit(boutique)


@templates_app.command()
def approved(
    name: Annotated[str, typer.Argument(help="The template's name.")],
    language: Annotated[Language, typer.Argument(help="Of its text.")],
    boutique: Boutique,
    content_sid: Annotated[
        str | None, typer.Option(help="Twilio's ContentSid of it (HX…); Meta has none.")
    ] = None,
) -> None:
    """Note that the provider has approved a template: it may be sent from now on."""
    say_loading()
    from dukani.commands import templates

    templates.approved(boutique, name, language, content_sid)
