"""Mails leave by a job, so that one survives a restart and a mail service that is away.

A mail may hold a link that signs a person in: it is sealed in its job, which logs and people show.
"""

from __future__ import annotations

import secrets

import structlog

from dukani.core.clients.mail import Mail, build_mailer
from dukani.core.crypto import SecretBox
from dukani.core.database import Connection
from dukani.core.errors import ProviderRefused
from dukani.core.jobs import defer_mail
from dukani.core.services import Services

log = structlog.get_logger()


async def queue_mail(conn: Connection, box: SecretBox, mail: Mail) -> None:
    """Defer the mail on the caller's transaction. Needs the identity's or the system's rights."""
    sealed = box.seal({"to": mail.to, "subject": mail.subject, "text": mail.text})
    await defer_mail(conn, mail_id=secrets.token_hex(16), sealed=sealed)


async def send_mail(services: Services, *, mail_id: str, sealed: str) -> None:
    """Send it; the same id twice is one mail there. What is refused is logged, all else raised."""
    mailer = build_mailer(services.http, services.settings.mail)
    if mailer is None:
        log.error("mail_not_configured", remedy="set DUKANI_MAIL__API_KEY")
        return
    try:
        await mailer.send(Mail(**services.secrets.open(sealed)), mail_id=mail_id)
    except ProviderRefused as error:
        log.error("mail_not_sent", reason=str(error))
