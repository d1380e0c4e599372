"""`dukani campaigns …`: arguments and help."""

from __future__ import annotations

from typing import Annotated

import typer

from dukani.loading import say_loading

campaigns_app = typer.Typer(help="A boutique's campaigns.", no_args_is_help=True)

CampaignId = Annotated[str, typer.Argument(help="The campaign's id.")]


@campaigns_app.command()
def preview(campaign: CampaignId) -> None:
    """Who gets it and who does not, six pieces of ten customers, the cost and the end."""
    say_loading()
    from dukani.commands import campaigns

    campaigns.show_preview(campaign)


@campaigns_app.command()
def send(campaign: CampaignId) -> None:
    """Send a draft at its hour, or now; then show how far it has come."""
    say_loading()
    from dukani.commands import campaign_progress

    campaign_progress.send(campaign)


@campaigns_app.command()
def status(campaign: CampaignId) -> None:
    """How far it has come, until it ends; Ctrl-C stops looking, not sending."""
    say_loading()
    from dukani.commands import campaign_progress

    campaign_progress.show(campaign)
