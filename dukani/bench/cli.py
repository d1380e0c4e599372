"""The command line of `dukani bench`: arguments and help; `commands.py` does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from dukani.loading import say_loading

app = typer.Typer(help="Measure the service under load.", no_args_is_help=True)

MOST_SHOPPERS = 5000


@app.callback()
def about() -> None:
    """Measure the service under load."""


def _counts(text: str) -> str:
    parts = text.split(",")
    if not all(part.strip().isdigit() and 1 <= int(part) <= MOST_SHOPPERS for part in parts):
        raise typer.BadParameter(f"{text!r}: numbers from 1 to {MOST_SHOPPERS}, as in 100,500,2000")
    return text


@app.command()
def load(
    shoppers: Annotated[
        str, typer.Option(help="So many at once; several, one after another.", callback=_counts)
    ] = "100",
    minutes: Annotated[float, typer.Option(min=0.1, max=30, help="Of each number.")] = 2.0,
    stories: Annotated[
        int | None, typer.Option(min=1, help="Begin no more than so many, of each number.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=8, help="Worker processes.")] = 1,
    boutiques: Annotated[int, typer.Option(min=1, max=50, help="Shops they write to.")] = 4,
    pause: Annotated[
        float, typer.Option(min=0.5, max=120, help="Median seconds before somebody writes.")
    ] = 8.0,
    mind: Annotated[
        Literal["gemini", "local"], typer.Option(help="gemini: the sandbox's, as late as Google's.")
    ] = "gemini",
    model_s: Annotated[float, typer.Option(min=0, help="Median seconds of the model.")] = 1.2,
    provider_s: Annotated[
        float, typer.Option(min=0, help="Median seconds of WhatsApp's and M-Pesa's side.")
    ] = 0.15,
    seed: Annotated[int, typer.Option(help="Of the shoppers and of the seconds.")] = 1,
    profile: Annotated[
        Path | None,
        typer.Option(help="Write the first worker's profile into this file. Slows it down."),
    ] = None,
) -> None:
    """Shoppers who each buy by chat, from the greeting to the receipt; then the audit."""
    say_loading()
    from dukani.bench import commands
    from dukani.bench.options import Options

    commands.load(
        Options(
            shoppers=tuple(int(part) for part in shoppers.split(",")),
            minutes=minutes,
            stories=stories,
            workers=workers,
            boutiques=boutiques,
            pause_s=pause,
            mind=mind,
            model_s=model_s,
            provider_s=provider_s,
            seed=seed,
            profile=profile,
        )
    )
