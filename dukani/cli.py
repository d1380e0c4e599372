"""The `dukani` command: its subcommands, arguments and help.

This module and `evals/cli.py` import a command's implementation only when the command runs, because
loading takes seconds and `dukani --help` need not wait for it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dukani import __version__
from dukani.bench.cli import app as bench_app
from dukani.commands.audit_cli import audit
from dukani.commands.boutique_cli import boutique_app
from dukani.commands.campaigns_cli import campaigns_app
from dukani.commands.customers_cli import customers_app
from dukani.commands.deploy_cli import deploy_app
from dukani.commands.models_cli import models_app
from dukani.commands.people_cli import auth_app, members_app, platform_app
from dukani.commands.products_cli import products_app
from dukani.commands.push_cli import push_app
from dukani.commands.templates_cli import templates_app
from dukani.commands.wallet_cli import wallet_app
from dukani.core.queues import QUEUES
from dukani.evals.cli import app as eval_app
from dukani.loading import say_loading

app = typer.Typer(
    help="A sales assistant on WhatsApp for every boutique.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(eval_app, name="eval")
app.add_typer(bench_app, name="bench")
app.add_typer(boutique_app, name="boutique")
app.add_typer(members_app, name="members")
app.add_typer(platform_app, name="platform")
app.add_typer(products_app, name="products")
app.add_typer(auth_app, name="auth")
app.add_typer(templates_app, name="templates")
app.add_typer(push_app, name="push")
app.add_typer(campaigns_app, name="campaigns")
app.add_typer(wallet_app, name="wallet")
app.add_typer(customers_app, name="customers")
app.add_typer(models_app, name="models")
app.add_typer(deploy_app, name="deploy")
app.command()(audit)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dukani {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Which version.")
    ] = False,
) -> None:
    """A sales assistant on WhatsApp for every boutique."""


Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to serve on.")]


@app.command()
def demo(
    port: Port = None,
) -> None:
    """Everything on this machine: two boutiques, their phones, and the money."""
    say_loading()
    from dukani.commands import serve as command

    command.demo(port=port)


@app.command()
def serve(
    port: Port = None,
    worker: Annotated[bool, typer.Option(help="Run the jobs in this process too.")] = False,
    sandbox: Annotated[bool, typer.Option(help="Providers played by the sandbox.")] = False,
) -> None:
    """The API: the webhooks that providers call."""
    say_loading()
    from dukani.commands import serve as command

    command.serve(port=port, worker=worker, sandbox=sandbox)


def _known_queues(queues: list[str] | None) -> list[str] | None:
    if unknown := [name for name in queues or () if name not in QUEUES]:
        names = ", ".join(QUEUES)
        raise typer.BadParameter(f"{', '.join(unknown)}: no such queue; there are {names}")
    return queues


@app.command()
def worker(
    queue: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Work on this queue ({', '.join(QUEUES)}); several times for several. None: all.",
            callback=_known_queues,
        ),
    ] = None,
) -> None:
    """The jobs: turns, deliveries, payments."""
    say_loading()
    from dukani.commands.work import work

    work(queue or None)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    say_loading()
    from dukani.commands import fill

    fill.migrate()


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for it.")],
) -> None:
    """Write the database and the media into a folder."""
    say_loading()
    from dukani.commands import backup as command

    command.backup(folder)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `dukani backup` wrote.")],
) -> None:
    """Bring a backup into an empty database."""
    say_loading()
    from dukani.commands import backup as command

    command.restore(folder)


@app.command()
def recovered(
    made_at: Annotated[
        datetime,
        typer.Argument(
            metavar="TIME", help="What the database is as of, in UTC: 2026-11-28T02:00:00."
        ),
    ],
) -> None:
    """Put to rest what was under way, after the host brought the database back to a time."""
    say_loading()
    from dukani.commands import backup as command

    command.recovered(made_at)


@app.command()
def seed() -> None:
    """Add the two demo boutiques, if the database is empty."""
    say_loading()
    from dukani.commands import fill

    fill.seed()


@app.command("add-boutique")
def add_boutique(
    file: Annotated[typer.FileText, typer.Argument(help="Its TOML file; - reads it from stdin.")],
) -> None:
    """Add a boutique, or bring the one with the same number up to date."""
    say_loading()
    from dukani.commands import fill

    fill.add_boutique(file.read())


@app.command("remove-boutique")
def remove_boutique(
    slug: Annotated[str, typer.Argument(help="Its slug.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a boutique; one with paid orders is closed, and its records are kept."""
    if not yes:
        typer.confirm(f"Take away {slug}, its pieces and its customers' chats?", abort=True)
    say_loading()
    from dukani.commands import fill

    fill.remove_boutique(slug)


@app.command()
def chat(
    boutique: Annotated[str, typer.Option(help="zuri (by Twilio) or pwani (by Meta).")] = "zuri",
    phone: Annotated[str, typer.Option(help="Whose phone it is.")] = "+254712345678",
    port: Port = None,
) -> None:
    """Talk to the assistant in the terminal; the path of a picture sends it."""
    say_loading()
    from dukani.commands import look

    look.chat(boutique=boutique, phone=phone, port=port)


@app.command()
def doctor(
    sandbox: Annotated[bool | None, typer.Option(help="Look at the demo, or at the rest.")] = None,
) -> None:
    """Check every setting and connection, and say how to fix what is missing."""
    say_loading()
    from dukani.commands import look

    look.doctor(as_demo=sandbox)


@app.command("settings-example")
def print_settings_example(
    file: Annotated[Path | None, typer.Argument(help="Write to this file.")] = None,
) -> None:
    """Every setting with its meaning and its default, as a `.env` file."""
    from dukani.settings_example import settings_example

    if file is None:
        typer.echo(settings_example(), nl=False)
        return
    file.write_text(settings_example(), encoding="utf-8")


@app.command()
def reseal() -> None:
    """Seal every kept secret with the first of DUKANI_SECURITY__ENCRYPTION_KEYS."""
    say_loading()
    from dukani.commands import reseal as command

    command.reseal()


@app.command("new-key")
def print_new_key() -> None:
    """A key for DUKANI_SECURITY__ENCRYPTION_KEYS."""
    from dukani.core.crypto import new_key

    typer.echo(new_key())
