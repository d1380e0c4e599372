"""`dukani wallet …`: arguments and help."""

from __future__ import annotations

from typing import Annotated

import typer

from dukani.loading import say_loading

wallet_app = typer.Typer(help="A boutique's message tokens.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The boutique's slug.")]
Tokens = Annotated[int, typer.Argument(min=1, max=10**6, help="How many.")]


@wallet_app.command()
def show(slug: Slug) -> None:
    """What there is, what is set aside, and the last moves."""
    say_loading()
    from dukani.commands import wallet

    wallet.show(slug)


@wallet_app.command("top-up")
def top_up(
    slug: Slug,
    tokens: Tokens,
    phone: Annotated[str | None, typer.Option(help="Who pays. None: the boutique's owner.")] = None,
) -> None:
    """Ask the owner's phone to pay for tokens; they are there when it is paid."""
    say_loading()
    from dukani.commands import wallet

    wallet.top_up(slug, tokens, phone)


@wallet_app.command()
def grant(
    slug: Slug,
    tokens: Tokens,
    note: Annotated[str, typer.Option(help="Why; the owner reads it.")] = "",
    key: Annotated[
        str | None, typer.Option(help="Given once for each key. None: given each time.")
    ] = None,
) -> None:
    """Give tokens, at the platform's expense."""
    say_loading()
    from dukani.commands import wallet

    wallet.grant(slug, tokens, note=note, key=key)
