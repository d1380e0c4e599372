"""Reads the settings, runs all checks and prints the table."""

from __future__ import annotations

import asyncio

from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from dukani.core.observability.logs import set_up_logging
from dukani.core.setting_names import misnamed_here, problems_of
from dukani.core.settings import Settings
from dukani.doctor.check import Check, bad, healthy
from dukani.doctor.examination import examine
from dukani.doctor.table import summary, table_of
from dukani.doctor.webhooks import check_webhooks
from dukani.running import build_senses, demo_settings

DEMO = "Nothing is set for real providers: looking at the demo (--no-sandbox for the rest).\n"


def print_examination(console: Console, *, as_demo: bool | None) -> bool:
    """Print the results; whether no check failed.

    `as_demo` checks the demo; None: the demo if nothing is set for real providers.
    """
    set_up_logging(level="ERROR", as_json=False)
    try:
        settings = Settings()
    except (ValidationError, SettingsError) as error:
        checks = unreadable_settings(error)
    else:
        if as_demo is None and (as_demo := nothing_is_set(settings)):
            console.print(DEMO, markup=False)
        chosen = demo_settings(settings) if as_demo else settings
        with console.status("Looking …"):
            checks = asyncio.run(examine(chosen, build_senses()))
        if as_demo:
            checks += check_webhooks(settings)
    checks = [*check_names(), *checks]
    console.print(table_of(checks))
    console.print(f"\n{summary(checks)}", markup=False, highlight=False)
    return healthy(checks)


def nothing_is_set(settings: Settings) -> bool:
    """Whether nothing is set for real providers."""
    real = (settings.database.url, settings.meta.app_secret, settings.paylink.url)
    return (
        settings.environment != "production"
        and not settings.security.encryption_keys
        and real == (None, None, None)
    )


def unreadable_settings(error: ValidationError | SettingsError) -> list[Check]:
    """A check for each variable with an invalid value, which is not shown: it may be a secret."""
    return [bad(*problem) for problem in problems_of(error)]


def check_names() -> list[Check]:
    """A check for each misspelt variable, whose value has no effect."""
    return [
        bad(
            wrong.name,
            "no setting has this name, so it changes nothing",
            f"Did you mean {wrong.nearest}?" if wrong.nearest else "Remove it.",
        )
        for wrong in misnamed_here()
    ]
