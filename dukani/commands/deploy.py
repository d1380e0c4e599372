"""`dukani deploy supabase`: looks, tells the plan, does it, and looks again."""

from __future__ import annotations

import typer

from dukani.commands.frame import console, errors, fail, read_settings
from dukani.core.errors import ConfigurationError
from dukani.core.supabase.deploying import Plan, deploy, faults, look

NO_URL = "DUKANI_DATABASE__URL is not set: it is under Connect in the project, Session pooler"


def supabase(*, check: bool, yes: bool) -> None:
    """Exits with 1 when something lacks under `check`, or is open that should not be."""
    settings = read_settings(quiet=True)
    bucket = settings.storage.bucket
    try:
        if settings.database.url is None:
            raise ConfigurationError(NO_URL)
        url = settings.database.url.get_secret_value()
        plan = look(url, bucket=bucket)
        _tell(plan, bucket)
        if check:
            wrong = [] if plan.migrations else faults(url)
            raise typer.Exit(1 if _told(wrong) or not plan.empty else 0)
        if not plan.empty and not yes:
            typer.confirm("Do this?", abort=True)
        deploy(url, plan, bucket=bucket)
        wrong = faults(url)
    except ConfigurationError as error:
        fail(error)
    if _told(wrong):
        raise typer.Exit(1)
    console.print("The project is at this version, and closed to strangers.")


def _tell(plan: Plan, bucket: str) -> None:
    if plan.empty:
        console.print("Nothing is to be done.")
    for line in plan.lines(bucket):
        console.print(line, markup=False)


def _told(wrong: list[str]) -> bool:
    for line in wrong:
        errors.print(f"✗ {line}", style="red", markup=False)
    return bool(wrong)
