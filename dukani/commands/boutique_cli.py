"""`dukani boutique …`: arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dukani.core.languages import LANGUAGES
from dukani.loading import say_loading

boutique_app = typer.Typer(
    help="A boutique's set-up: what it has, what it lacks, and changes.", no_args_is_help=True
)

Slug = Annotated[str, typer.Argument(help="The boutique's slug, as `list` shows it.")]


@boutique_app.command("list")
def list_boutiques() -> None:
    """Every boutique: whether it is open, its number, how it is paid."""
    say_loading()
    from dukani.commands import boutique

    boutique.list_all()


@boutique_app.command()
def show(slug: Slug) -> None:
    """All that is set up, without any secret."""
    say_loading()
    from dukani.commands import boutique

    boutique.show(slug)


@boutique_app.command()
def check(slug: Slug) -> None:
    """What it still lacks; asks its providers about its credentials. Exits with 1 if it lacks."""
    say_loading()
    from dukani.commands import boutique

    boutique.check(slug)


@boutique_app.command()
def export(
    slug: Slug, file: Annotated[Path, typer.Argument(help="The zip to write.", dir_okay=False)]
) -> None:
    """Everything of it as one zip: a CSV of each table, pictures and media; no secrets."""
    say_loading()
    from dukani.commands import boutique_export

    boutique_export.export(slug, file)


@boutique_app.command("set")
def set_fields(
    slug: Slug,
    name: Annotated[str | None, typer.Option(help="As customers read it.")] = None,
    owner_name: Annotated[str | None, typer.Option(help="The owner's name.")] = None,
    owner_phone: Annotated[str | None, typer.Option(help="Hears of paid orders.")] = None,
    language: Annotated[str | None, typer.Option(help=f"{' or '.join(LANGUAGES)}.")] = None,
    returns_days: Annotated[int | None, typer.Option(min=0, max=365, help="0: never.")] = None,
    tone: Annotated[str | None, typer.Option(help="How the assistant sounds.")] = None,
) -> None:
    """Change what it says of itself; only what is given."""
    say_loading()
    from dukani.commands import boutique

    given = {
        "name": name,
        "owner_name": owner_name,
        "owner_phone": owner_phone,
        "language": language,
    }
    facts = {"returns_days": returns_days, "tone": tone}
    boutique.change(slug, given, facts)


@boutique_app.command()
def hours(
    slug: Slug,
    days: Annotated[
        list[str], typer.Argument(help="As mon-fri=9:00-18:00 sat=9:00-14:00; others are closed.")
    ],
) -> None:
    """Opening hours by weekday, in the boutique's own time."""
    say_loading()
    from dukani.commands import boutique

    boutique.set_hours(slug, days)


@boutique_app.command()
def zones(
    slug: Slug,
    add: Annotated[str | None, typer.Option(help="A place to deliver to.")] = None,
    fee: Annotated[int | None, typer.Option(min=0, help="In whole units of its currency.")] = None,
    also: Annotated[list[str] | None, typer.Option(help="Another name; may be repeated.")] = None,
    pickup: Annotated[bool, typer.Option("--pickup", help="Customers come for it.")] = False,
    remove: Annotated[str | None, typer.Option(help="A zone that is no more.")] = None,
) -> None:
    """Delivery zones and their fees; without options, what there is."""
    say_loading()
    from dukani.commands import boutique

    boutique.zones(slug, add=add, fee=fee, also=also or [], pickup=pickup, remove=remove)


@boutique_app.command()
def channel(
    slug: Slug,
    twilio: Annotated[str | None, typer.Option(help="The number at Twilio, +254….")] = None,
    account_sid: Annotated[str | None, typer.Option(help="Of Twilio's account.")] = None,
    meta: Annotated[str | None, typer.Option(help="The phone number ID at Meta.")] = None,
    waba_id: Annotated[str | None, typer.Option(help="Of the account at Meta.")] = None,
) -> None:
    """Its WhatsApp number. The secret is asked for, tried at the provider, then kept sealed."""
    say_loading()
    from dukani.commands import boutique

    if (twilio is None) == (meta is None):
        raise typer.BadParameter("give --twilio with --account-sid, or --meta")
    if twilio is not None and account_sid is None:
        raise typer.BadParameter("--twilio needs --account-sid")
    secret = typer.prompt("Auth token" if twilio else "Access token", hide_input=True)
    boutique.channel(
        slug, twilio=twilio, account_sid=account_sid, meta=meta, waba_id=waba_id, secret=secret
    )


@boutique_app.command("let-go")
def let_go(slug: Slug) -> None:
    """Let it send from the shared number again, once somebody has looked into the stops."""
    say_loading()
    from dukani.commands import boutique

    boutique.let_go(slug)


@boutique_app.command()
def mpesa(
    slug: Slug,
    shortcode: Annotated[str | None, typer.Option(help="Of the paybill or the store.")] = None,
    till: Annotated[str | None, typer.Option(help="Where there is one.")] = None,
    by_hand: Annotated[
        bool, typer.Option("--by-hand", help="No prompts: customers pay the till or paybill.")
    ] = False,
    paylink_project: Annotated[str | None, typer.Option(help="To go by PayLink.")] = None,
) -> None:
    """How it is paid. Secrets are asked for, tried at Daraja, then kept sealed."""
    say_loading()
    from dukani.commands import boutique

    if by_hand:
        boutique.by_hand(slug, till=till, paybill=None if till else shortcode)
        return
    if shortcode is None:
        raise typer.BadParameter("give --shortcode, or --by-hand with --till")
    names = ["Consumer key", "Consumer secret", "Passkey"]
    if paylink_project:
        names.append("PayLink API key")
    secrets = [typer.prompt(name, hide_input=True) for name in names]
    boutique.mpesa(
        slug, shortcode=shortcode, till=till, secrets=secrets, paylink_project=paylink_project
    )
