"""Which doors are closed because a secret is not set."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from pydantic import SecretStr

from dukani.core.settings import Settings
from dukani.doctor.check import Check, off

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ClosedDoor:
    """A door nobody can come in by until `variable` is set."""

    door: str
    variable: str
    where: str


def closed_doors(settings: Settings) -> list[ClosedDoor]:
    """The doors these settings leave closed."""
    meta = settings.meta
    guards: list[tuple[SecretStr | None, ClosedDoor]] = [
        (
            meta.app_secret,
            ClosedDoor(
                "/webhook/meta",
                "DUKANI_META__APP_SECRET",
                "the app secret: Meta's app dashboard, App settings → Basic",
            ),
        ),
        (
            meta.verify_token,
            ClosedDoor(
                "/webhook/meta (handshake)",
                "DUKANI_META__VERIFY_TOKEN",
                "any word of yours, the same as in Meta's app dashboard, WhatsApp → Configuration",
            ),
        ),
    ]
    return [door for guard, door in guards if not _is_set(guard)]


def log_closed_doors(settings: Settings) -> None:
    """One line for each."""
    for closed in closed_doors(settings):
        log.warning("door_closed", door=closed.door, set_variable=closed.variable)


def check_doors(settings: Settings) -> list[Check]:
    """A line for each closed door; not set is a choice, so none of them is a failure."""
    return [
        off(f"door closed: {closed.door}", "not set", f"Set {closed.variable}: {closed.where}.")
        for closed in closed_doors(settings)
    ]


def _is_set(guard: SecretStr | None) -> bool:
    return guard is not None and bool(guard.get_secret_value().strip())
