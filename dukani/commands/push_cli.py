"""`dukani push …`: arguments and help."""

from __future__ import annotations

import typer

push_app = typer.Typer(help="Alerts to browsers while the app is closed.", no_args_is_help=True)


@push_app.callback()
def push() -> None:
    """Alerts to browsers while the app is closed."""


@push_app.command()
def keys() -> None:
    """A key that signs the alerts, as lines for the settings."""
    from dukani.core.clients.web_push import new_vapid_key

    typer.echo(f"DUKANI_PUSH__PRIVATE_KEY={new_vapid_key().text}")
    typer.echo("DUKANI_PUSH__CONTACT=mailto:you@example.com")
