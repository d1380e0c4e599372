"""`dukani deploy …`: bring a hosted service to this version."""

from __future__ import annotations

from typing import Annotated

import typer

from dukani.loading import say_loading

deploy_app = typer.Typer(help="Bring a hosted service to this version.", no_args_is_help=True)


@deploy_app.callback()
def deploy() -> None:
    """A subcommand for each service."""


@deploy_app.command()
def supabase(
    check: Annotated[bool, typer.Option("--check", help="Only look.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Tables, policies, what is live, and the bucket, in the project of DUKANI_DATABASE__URL."""
    say_loading()
    from dukani.commands import deploy as command

    command.supabase(check=check, yes=yes)
