"""`dukani audit`: arguments and help."""

from __future__ import annotations

from typing import Annotated

import typer

from dukani.loading import say_loading


def audit(
    boutique: Annotated[str, typer.Option(help="Its slug; none: all boutiques.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    still_min: Annotated[
        float,
        typer.Option(min=0, help="Minutes for which what takes several steps may be under way."),
    ] = 60.0,
    within_s: Annotated[
        float, typer.Option(min=0.1, help="Seconds a check may take before it is given up.")
    ] = 60.0,
) -> None:
    """Whether money, stock, consent and tenants are as they must be. Reads only."""
    if not as_json:
        say_loading()
    from dukani.commands import audit as command

    command.audit(slug=boutique, as_json=as_json, still_min=still_min, within_s=within_s)
