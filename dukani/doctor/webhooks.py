"""Finds webhooks that are closed because a secret is not set."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from pydantic import SecretStr

from dukani.core.settings import Settings
from dukani.doctor.check import Check, off

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ClosedWebhook:
    """A webhook that answers 503 until `variable` is set."""

    webhook: str
    variable: str
    where: str


def closed_webhooks(settings: Settings) -> list[ClosedWebhook]:
    """The webhooks these settings leave closed."""
    meta = settings.meta
    guards: list[tuple[SecretStr | None, ClosedWebhook]] = [
        (
            meta.app_secret,
            ClosedWebhook(
                "/webhook/meta",
                "DUKANI_META__APP_SECRET",
                "the app secret: Meta's app dashboard, App settings → Basic",
            ),
        ),
        (
            meta.verify_token,
            ClosedWebhook(
                "/webhook/meta (handshake)",
                "DUKANI_META__VERIFY_TOKEN",
                "any word of yours, the same as in Meta's app dashboard, WhatsApp → Configuration",
            ),
        ),
    ]
    return [webhook for guard, webhook in guards if not _is_set(guard)]


def log_closed_webhooks(settings: Settings) -> None:
    """Log one line for each closed webhook."""
    for closed in closed_webhooks(settings):
        log.warning("webhook_closed", webhook=closed.webhook, set_variable=closed.variable)


def check_webhooks(settings: Settings) -> list[Check]:
    """A check for each closed webhook; closing one is a choice, so none is a failure."""
    return [
        off(
            f"webhook closed: {closed.webhook}",
            "not set",
            f"Set {closed.variable}: {closed.where}.",
        )
        for closed in closed_webhooks(settings)
    ]


def _is_set(guard: SecretStr | None) -> bool:
    return guard is not None and bool(guard.get_secret_value().strip())
