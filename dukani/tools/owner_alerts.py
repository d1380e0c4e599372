"""Chooses the approved template that takes an alert to the owner outside WhatsApp's 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dukani.core.clients.templates import Template
from dukani.core.database import Connection
from dukani.core.store import owner_sessions
from dukani.core.store.boutiques import Boutique
from dukani.domain.alerts import AlertKind
from dukani.domain.templates import OF_AN_ALERT
from dukani.tools.approved_templates import filled, registered
from dukani.tools.sending_rules import is_window_open


@dataclass(frozen=True, slots=True)
class AlertTemplate:
    template: Template
    text: str  # as the owner reads it


async def alert_template(
    conn: Connection, boutique: Boutique, note: str, *, alert: AlertKind
) -> AlertTemplate | None:
    """The template with the note on one line.

    None when the owner wrote to her shop within 24 hours, for then the note itself reaches her, and
    when no template is approved: then the note is tried all the same, because the provider knows
    better than we when she wrote last.
    """
    session = await owner_sessions.get(conn)
    if is_window_open(session.last_inbound_at, datetime.now(UTC)):
        return None
    template = OF_AN_ALERT[alert]
    found = await registered(
        conn, template, provider=boutique.whatsapp_provider, language=boutique.language
    )
    if found is None:
        return None
    values = {"shop": boutique.name, "note": _on_one_line(note)}
    return AlertTemplate(filled(template, found, values), template.text(found.language, values))


def _on_one_line(note: str) -> str:
    """The note's lines in a row; it ends like a sentence, as the template goes on after it."""
    line = " · ".join(line.strip() for line in note.splitlines() if line.strip())
    return line if line.endswith((".", "!", "?")) else f"{line}."
