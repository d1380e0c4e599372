"""`dukani reseal`: every kept secret sealed with the first of our encryption keys."""

from __future__ import annotations

import typer

from dukani.commands.frame import read_settings, with_services
from dukani.core.services import Services
from dukani.identity.app import serves_identity
from dukani.tools import resealing


def reseal() -> None:
    settings = read_settings(quiet=True)

    async def seal(services: Services) -> None:
        counts = await resealing.reseal(services, own_sign_in=serves_identity(settings))
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        typer.echo(f"Sealed with the first key: {told}.")
        typer.echo("The keys behind it may go in an hour, when mails that wait have left.")

    with_services(settings, seal)
